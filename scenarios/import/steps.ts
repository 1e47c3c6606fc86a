import { type Block, isFunctionCall } from '../../model/vocabulary/project.ts';
import { undefinedAt } from './warning.ts';
import { type Findings, PROJECT_BLOCKS, type WrittenProject, type WrittenStep } from './written.ts';

/** Warns of calls of functions that no file defines, once a function, at its first call. */
export function warnOfUndefinedFunctions(project: WrittenProject, findings: Findings): void {
	for (const [name, { places }] of undefinedFunctions(project)) {
		const [first] = places;
		if (first !== undefined)
			findings.warnings.push(
				undefinedAt(
					'undefined-function',
					{ name, place: first },
					`the function "${name}" is not defined (called ${times(places.length)}); stories run nothing for its calls, and agents fail at them`,
					'define it, or include the file that does',
				),
			);
	}
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** Functions that are called, in a task, a block or a task group, and not defined. */
export function undefinedFunctions(
	project: WrittenProject,
): Map<string, { places: WrittenStep['place'][] }> {
	const defined = new Set(project.functions.map(({ name }) => name));
	const missing = new Map<string, { places: WrittenStep['place'][] }>();
	for (const { step, place } of allSteps(project)) {
		if (!isFunctionCall(step) || defined.has(step.func)) continue;
		const known = missing.get(step.func);
		if (known === undefined) missing.set(step.func, { places: [place] });
		else known.places.push(place);
	}
	return missing;
}

/** Every entry of every block, calls not expanded; members of functions are not among them. */
export const allSteps = (project: WrittenProject): WrittenStep[] => [
	...project.tasks.flatMap((task) => task.commands),
	...PROJECT_BLOCKS.flatMap((block) => project.blocks[block]?.steps ?? []),
	...project.groups.flatMap(({ blocks }) => Object.values(blocks).flat()),
];

/** The key with which a failure in the block fails the task; null where nothing makes it. */
export const SWITCH: Record<Exclude<Block, 'main'>, string | null> = {
	pre: 'pre_error_fails_task',
	setup_group: 'setup_group_can_fail_task',
	setup_task: 'setup_task_can_fail_task',
	timeout: null,
	post: 'post_error_fails_task',
	teardown_task: 'teardown_task_can_fail_task',
	teardown_group: null,
};

/** Expands the calls of a block; a call of an undefined function is nothing. */
export function expander(
	project: WrittenProject,
): (steps: readonly WrittenStep[]) => WrittenStep[] {
	const functions = new Map(project.functions.map(({ name, commands }) => [name, commands]));
	return (steps) =>
		steps.flatMap((entry): readonly WrittenStep[] =>
			isFunctionCall(entry.step) ? (functions.get(entry.step.func) ?? []) : [entry],
		);
}
