import { isFunctionCall } from '../../model/vocabulary/project.ts';
import { problemAt } from '../problem.ts';
import {
	type Findings,
	PROJECT_BLOCKS,
	type ProjectBlock,
	type WrittenProject,
	type WrittenStep,
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
	...project.groups.flatMap((group) => group.blocks.flat()),
];

/** Warns of a flagged command where its failure does not fail the task, so that nothing restarts (S4). */
export function warnOfIdleFlags(project: WrittenProject, findings: Findings): void {
	const expand = expander(project);
	for (const block of PROJECT_BLOCKS) {
		const key = `${block}_error_fails_task`;
		if (project.switches.some((it) => it.name === key && it.on)) continue;
		for (const { step, place } of expand(project.blocks[block]?.steps ?? []))
			if (step.retry_on_failure === true)
				findings.warnings.push(problemAt(place, IDLE_FLAG[block], REMEDY[block]));
	}
}

const IDLE_FLAG: Record<ProjectBlock, string> = {
	pre: 'retry_on_failure has no effect when this command fails in pre: the failure does not fail the task (only an exec or idle time-out does)',
	timeout: 'retry_on_failure has no effect in timeout: that block cannot fail the task',
	post: 'retry_on_failure has no effect in post: the failure does not fail the task',
};

const REMEDY: Record<ProjectBlock, string> = {
	pre: 'set pre_error_fails_task: true, or take the flag off',
	timeout: 'take the flag off',
	post: 'set post_error_fails_task: true, or take the flag off',
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
