import { same } from '../vocabulary/same.ts';
import { ignoredFlagsOf } from './commands.ts';
import { failureAt, type Unnoticed, unnoticedAfter } from './failures.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { markCaller, markIsCalled } from './marks.ts';
import { rule, type StepFinding, worse } from './step-finding.ts';
import { ofCommand, ofRef } from './wording.ts';

interface Memory {
	readonly unnoticed: Unnoticed;
	/** The report of ignored flags was seen to be right. */
	readonly read: boolean;
}

function judgeReport({ read }: Memory, { setup, before, after }: Moment): StepFinding {
	if (read && before.ignored_flags === after.ignored_flags) return false;
	const due = ignoredFlagsOf(setup);
	if (same(due, after.ignored_flags)) return !read && due.length > 0;
	const names = due.map(
		({ func, group, block, step }) =>
			`"${func}" at ${group === undefined ? '' : `"${group}" `}${block} command ${step}`,
	);
	return `The flag has no effect on ${due.length} function calls (${names.join(', ')}), but ${after.ignored_flags.length} are reported, or others.`;
}

/** The flag of a member counts, the flag of its call does not. */
function judgeFailure(unnoticed: Unnoticed, moment: Moment): StepFinding {
	const failed = failureAt(unnoticed, moment);
	if (failed === null || failed.position.member === null) return false;
	if (failed.flagged) return markIsCalled(moment, failed);
	if (!failed.calledWithFlag) return false;
	const caller = markCaller(moment);
	if (caller === undefined) return true;
	return `The flag stands on the call, not on the command ${ofCommand(failed)} of ${ofRef(caller.execution)}, but its failure made the agent on host "${caller.id}" ask for a restart.`;
}

/** C2. */
export const flagOnCommands: Guarantee<Memory> = {
	id: 'C2',
	name: 'flag-on-commands',
	kind: 'configuration',
	statement:
		"retry_on_failure counts on a command of a task's own list or inside a function. On a function call it has no effect, and is reported.",
	witness: [
		{
			name: 'call',
			sentence: 'A function call had the flag.',
			at: ({ before, event }) => event.kind !== 'command-ends' || before.ignored_flags.length > 0,
		},
		{
			name: 'member',
			sentence: 'A member of a function failed its task with the flag on it or on its call.',
			at: ({ event }) => event.kind === 'command-ends',
		},
	],
	fairness: null,
	begin: () => ({ unnoticed: null, read: false }),
	step(memory, moment) {
		const finding = worse(judgeReport(memory, moment), judgeFailure(memory.unnoticed, moment));
		const unnoticed = unnoticedAfter(memory.unnoticed, moment);
		const unchanged = memory.read && unnoticed === memory.unnoticed;
		return rule(memory, unchanged ? memory : { unnoticed, read: true }, finding);
	},
};
