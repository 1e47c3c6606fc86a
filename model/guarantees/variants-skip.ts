import type { Position } from '../vocabulary/command.ts';
import type { HostObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import { isCalling, replyReaching, runsOn } from './agents.ts';
import { commandAt, type Plan, planOn } from './commands.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { witnessed } from './situation.ts';
import { eachHost, rule, type StepFinding } from './step-finding.ts';
import { ofRun, place } from './wording.ts';

const isListed = (plan: Plan, position: Position): boolean =>
	commandAt(plan, position)?.listed === true;

function judge(moment: Moment, was: HostObservation, is: HostObservation): StepFinding {
	if (is.doing.kind !== 'running' && is.background.length === 0) return false;
	if (runsOn(was, is) && same(was.background, is.background)) return false;
	const plan = planOn(moment.setup, is);
	if (plan === undefined) return false;
	const skipped =
		is.doing.kind === 'running' && !isListed(plan, is.doing.position)
			? is.doing.position
			: is.background.find((position) => !isListed(plan, position));
	if (skipped !== undefined)
		return `Host "${is.id}" runs ${place(skipped)} of ${ofRun(is)}, but that is no command that is listed for its variant.`;
	return plan.skips && isCalling(was, 'start') && replyReaching(moment, 'start') !== null;
}

/** C3. */
export const variantsSkip: Guarantee<null> = {
	id: 'C3',
	name: 'variants-skip',
	kind: 'configuration',
	statement:
		'A command that is not listed for the build variant of its task does not run and cannot cause anything.',
	witness: witnessed('A task ran of which some command is not listed for its variant.'),
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		return rule(memory, memory, eachHost(moment, judge));
	},
};
