import type { HostObservation } from '../vocabulary/observation.ts';
import { plural } from '../vocabulary/plural.ts';
import { HOUR } from '../vocabulary/setup.ts';
import { holdsOn, isCalling, replyReaching } from './agents.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { eachConcerned, rule, type StepFinding } from './step-finding.ts';
import { ofRef } from './wording.ts';

function judge(moment: Moment, was: HostObservation, is: HostObservation): StepFinding {
	if (!isCalling(was, 'end')) return false;
	const stays = isCalling(is, 'end') && holdsOn(was, is);
	if (!stays) {
		if (is.doing.kind === 'idle' && is.execution === null) return is.agent === 'alive';
		return `The agent on host "${is.id}" ended ${ofRef(was.execution)}, but it is not free for the next task.`;
	}
	const who = `The agent on host "${is.id}" still calls for the end of ${ofRef(was.execution)}`;
	if (replyReaching(moment, 'end')?.host === is.id) return `${who}, but it had its answer.`;
	if (moment.after.minute - moment.before.minute >= HOUR) return `${who}, but an hour has passed.`;
	const attempts = moment.setup.policy.call_attempts;
	if (is.doing.kind === 'calling' && is.doing.sent > attempts)
		return `${who}, but it may send it ${plural(attempts, 'time')} at the most.`;
	const { event } = moment;
	if (event.kind === 'call-abandoned' && event.host === is.id)
		return `${who}, but it had given up.`;
	return false;
}

/** L4. */
export const agentMovesOn: Guarantee<null> = {
	id: 'L4',
	name: 'agent-moves-on',
	kind: 'liveness',
	statement:
		'After the answer to its end, or after giving up on it, the agent is free for the next task, within the bound of its retry policy.',
	witness: [
		{
			name: 'answered',
			sentence: 'The answer to an end reached its agent.',
			at: (moment) => replyReaching(moment, 'end') !== null,
		},
		{
			name: 'gave-up',
			sentence: 'The agent gave up on its end.',
			at: (moment) => replyReaching(moment, 'end') === null,
		},
	],
	fairness: 'Messages sent again and again are delivered at last, or the agent gives up on them.',
	begin: () => null,
	step(memory, moment) {
		return rule(memory, memory, eachConcerned(moment, judge));
	},
	owed(_memory, _setup, seen) {
		for (const host of seen.hosts)
			if (host.agent === 'alive' && isCalling(host, 'end'))
				return `The agent on host "${host.id}" calls for the end of ${ofRef(host.execution)} for ever.`;
		return null;
	},
};
