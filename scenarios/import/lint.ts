import {
	type Block,
	GROUP_BLOCKS,
	isFunctionCall,
	isSetUp,
} from '../../model/vocabulary/project.ts';
import { problemAt } from '../yaml/problem.ts';
import {
	type Findings,
	PROJECT_BLOCKS,
	type WrittenProject,
	type WrittenStep,
	type WrittenSwitch,
} from './written.ts';

/** Warns of calls of functions that no file defines, once a function, at its first call. */
export function warnOfUndefinedFunctions(project: WrittenProject, findings: Findings): void {
	for (const [name, { places }] of undefinedFunctions(project)) {
		const [first] = places;
		if (first !== undefined)
			findings.warnings.push(
				problemAt(
					first,
					`the function "${name}" is not defined (called ${times(places.length)}); its calls run nothing`,
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

/**
 * Warns of a flagged command where its failure does not fail the task, so that nothing restarts (S4): in
 * the blocks of the project and of its task groups.
 */
export function warnOfIdleFlags(project: WrittenProject, findings: Findings): void {
	const expand = expander(project);
	const warn = (
		block: Exclude<Block, 'main'>,
		steps: readonly WrittenStep[] = [],
		switches: readonly WrittenSwitch[] = [],
	): void => {
		const key = SWITCH[block];
		if (key !== null && switches.some(({ name, on }) => name === key && on)) return;
		for (const { step, place } of expand(steps))
			if (step.retry_on_failure === true)
				findings.warnings.push(problemAt(place, idle(block), remedy(key)));
	};
	for (const block of PROJECT_BLOCKS) warn(block, project.blocks[block]?.steps, project.switches);
	for (const { blocks, switches } of project.groups)
		for (const block of GROUP_BLOCKS) warn(block, blocks[block], switches);
}

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

function idle(block: Exclude<Block, 'main'>): string {
	if (SWITCH[block] === null)
		return `retry_on_failure has no effect in ${block}: that block cannot fail the task`;
	return isSetUp(block)
		? `retry_on_failure has no effect when this command fails in ${block}: the failure does not fail the task (only an exec or idle time-out does)`
		: `retry_on_failure has no effect in ${block}: the failure does not fail the task`;
}

const remedy = (key: string | null): string =>
	key === null ? 'take the flag off' : `set ${key}: true, or take the flag off`;

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
