import type { TaskObservation } from '../vocabulary/observation.ts';
import { runsNow } from './agents.ts';
import { isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { type Silent, silentAfter } from './silence.ts';
import { witnessed } from './situation.ts';
import { eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { ofTask } from './wording.ts';

function judge(_moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	if (is.execution !== was.execution || !isInProgress(was)) return isInProgress(is);
	if (is.status === 'undispatched')
		return `${ofTask(is)} was ${was.status}, but it is undispatched again without having ended.`;
	return false;
}

/** An hour is longer than G, so the monitor ends what is silent at its next run: also what looks as before. */
function judgeMonitor(silent: Silent, { before, event, after }: Moment): StepFinding {
	// A server that died meanwhile looks again when it is back.
	if (silent === null || event.kind !== 'monitor-runs' || after.server === 'down') return false;
	for (let place = 0; place < silent.length; place++) {
		const was = before.tasks[place];
		const is = after.tasks[place];
		if (silent[place] !== true || was === undefined || is === undefined) continue;
		if (is.execution === was.execution && isInProgress(is))
			return `No heartbeat of ${ofTask(is)} was accepted for an hour or more, but the monitor ran and did not end it: it is still ${is.status}.`;
	}
	return false;
}

/** L2. */
export const everyExecutionEnds: Guarantee<Silent> = {
	id: 'L2',
	name: 'every-execution-ends',
	kind: 'liveness',
	statement:
		'An execution that was dispatched reaches success or failed, whatever becomes of its agent.',
	witness: witnessed('An execution was dispatched.'),
	fairness:
		'Messages sent again and again are delivered at last, a crashed app server comes back, commands end, and the monitor runs again and again as hours pass.',
	begin: () => null,
	step(silent, moment) {
		const finding = worse(eachTask(moment, judge), judgeMonitor(silent, moment));
		return rule(silent, silentAfter(silent, moment), finding);
	},
	owed(_memory, _setup, seen) {
		for (const task of seen.tasks)
			if (isInProgress(task) && !runsNow(seen, task))
				return `${ofTask(task)} was dispatched to host "${task.host}", but it never ended: it is still ${task.status}.`;
		return null;
	},
};
