import { failureAt, type Unnoticed, unnoticedAfter } from './failures.ts';
import type { Guarantee } from './guarantee.ts';
import { markCaller } from './marks.ts';
import { witnessed } from './situation.ts';
import { rule } from './step-finding.ts';
import { ofCommand, ofRef } from './wording.ts';

/** C1. A flag on the call alone is C2. */
export const flagDefault: Guarantee<Unnoticed> = {
	id: 'C1',
	name: 'flag-default',
	kind: 'configuration',
	statement:
		'retry_on_failure is optional and false by default: the failure of a command without it leads to no automatic restart.',
	witness: witnessed('A command without retry_on_failure failed its task.'),
	fairness: null,
	begin: () => null,
	step(unnoticed, moment) {
		const remembered = unnoticedAfter(unnoticed, moment);
		const failed = failureAt(unnoticed, moment);
		if (failed === null || failed.flagged || failed.calledWithFlag)
			return rule(unnoticed, remembered, false);
		const caller = markCaller(moment);
		if (caller === undefined) return rule(unnoticed, remembered, true);
		return rule(
			unnoticed,
			remembered,
			`The command ${ofCommand(failed)} of ${ofRef(caller.execution)} has no retry_on_failure, but its failure made the agent on host "${caller.id}" ask for a restart.`,
		);
	},
};
