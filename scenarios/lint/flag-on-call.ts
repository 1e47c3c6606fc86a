import { plural } from '../../model/vocabulary/plural.ts';
import { isFunctionCall, isSetUp } from '../../model/vocabulary/project.ts';
import { allSteps } from '../import/steps.ts';
import type { WrittenFunction, WrittenStep } from '../import/written.ts';
import { problemAt } from '../yaml/problem.ts';
import type { Finding, Rule } from './finding.ts';
import { eachOnce, flagPlace, isFlagged } from './flags.ts';
import { spotsOf } from './uses.ts';

/** The flag on calls of functions, one finding a function: only the flags of the commands inside count (C2). */
export const flagOnCall: Rule = (project) => {
	const { whole, uses } = project;
	const functions = new Map(whole.functions.map((one) => [one.name, one]));
	const calls = new Map<string, WrittenStep[]>();
	for (const entry of allSteps(whole)) {
		const { step } = entry;
		if (!isFunctionCall(step) || !isFlagged(entry)) continue;
		calls.set(step.func, [...(calls.get(step.func) ?? []), entry]);
	}
	const inVain = new Set(
		spotsOf(project, []).flatMap(({ spot: { canFail, block }, steps }) =>
			// In a set-up block a time-out fails the task.
			canFail || (block !== 'main' && isSetUp(block)) ? [] : steps,
		),
	);
	const working = new Set(uses.filter(({ idle }) => idle === null).map(({ entry }) => entry));
	return [...calls].flatMap(([name, those]) =>
		about(
			name,
			those,
			functions.get(name),
			those.some((call) => working.has(call)),
			those.every((call) => inVain.has(call)),
		),
	);
};

function about(
	name: string,
	calls: readonly WrittenStep[],
	called: WrittenFunction | undefined,
	works: boolean,
	inVain: boolean,
): Finding[] {
	const [place, ...related] = eachOnce(calls.map(flagPlace));
	if (place === undefined) return [];
	const where = `retry_on_failure does nothing on ${calls.length === 1 ? 'a call' : plural(calls.length, 'call')} of "${name}"`;
	const inside = called?.commands.filter(isFlagged).length ?? 0;
	const all = called?.commands.length ?? 0;
	const [carries, goesOn] = inside === 1 ? ['carries', 'works'] : ['carry', 'work'];
	const them = all === 1 ? 'the command' : `${inside} of the ${plural(all, 'command')}`;
	const problem =
		inside > 0
			? problemAt(
					place,
					`${where}; ${them} inside ${carries} it${works ? `, and ${goesOn} without it here` : ''}`,
					'take it off the call; nothing else changes',
				)
			: problemAt(
					place,
					called === undefined
						? `${where}, which is not defined in the files read`
						: `${where}, and no command inside carries it: nothing is ever retried for it`,
					inVain
						? 'take it off: where it is called no failure fails the task, so that it would do nothing inside either'
						: 'set it on the commands inside the function',
				);
	return [{ ...problem, rule: 'flag-on-call', severity: inside > 0 ? 'note' : 'warning', related }];
}
