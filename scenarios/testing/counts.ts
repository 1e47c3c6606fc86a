import { isFunctionCall } from '../../model/vocabulary/project.ts';
import { allSteps, expander, undefinedFunctions } from '../import/steps.ts';
import type { ProjectBlock, WrittenProject, WrittenStep } from '../import/written.ts';

/** How big a project is, and how it uses the flag. */
export type Counts = {
	readonly tasks: number;
	readonly functions: number;
	/** Functions written as one mapping. */
	readonly bare_functions: number;
	readonly function_commands: number;
	/** Flagged commands as defined: in functions, tasks, blocks and task groups. */
	readonly flagged_commands: number;
	/** Calls that carry the flag, without effect (C2). */
	readonly flagged_calls: number;
	/** (task, command) pairs of main blocks, calls expanded. */
	readonly main_commands: number;
	readonly flagged_main_commands: number;
	readonly flagged_tasks: number;
	/** By `max_hosts`: 1, not written, anything else. */
	readonly groups: { readonly one: number; readonly unset: number; readonly other: number };
	readonly variants: number;
	readonly matrices: number;
	/** Commands, calls expanded; null for a block that is not there. */
	readonly blocks: Readonly<Record<ProjectBlock, number | null>>;
	readonly undefined_functions: number;
	readonly includes: number;
	/** How often each switch is written with each value, by `name=value`. */
	readonly switches: Readonly<Record<string, number>>;
};

export function count(project: WrittenProject): Counts {
	const members = project.functions.flatMap(({ commands }) => commands);
	const steps = allSteps(project);
	const expand = expander(project);
	const mains = project.tasks.map((task) => expand(task.commands));
	const sizeOf = (block: ProjectBlock): number | null => {
		const written = project.blocks[block];
		return written === undefined ? null : expand(written.steps).length;
	};
	const groupsWith = (fits: (max_hosts: number | null) => boolean): number =>
		project.groups.filter(({ max_hosts }) => fits(max_hosts)).length;
	return {
		tasks: project.tasks.length,
		functions: project.functions.length,
		bare_functions: project.functions.filter(({ bare }) => bare).length,
		function_commands: members.length,
		flagged_commands: flagged([...members, ...steps.filter(({ step }) => !isFunctionCall(step))]),
		flagged_calls: flagged(steps.filter(({ step }) => isFunctionCall(step))),
		main_commands: mains.flat().length,
		flagged_main_commands: flagged(mains.flat()),
		flagged_tasks: mains.filter((commands) => flagged(commands) > 0).length,
		groups: {
			one: groupsWith((max_hosts) => max_hosts === 1),
			unset: groupsWith((max_hosts) => max_hosts === null),
			other: groupsWith((max_hosts) => max_hosts !== null && max_hosts !== 1),
		},
		variants: project.variants.length,
		matrices: project.matrices.length,
		blocks: { pre: sizeOf('pre'), timeout: sizeOf('timeout'), post: sizeOf('post') },
		undefined_functions: undefinedFunctions(project).size,
		includes: project.includes.length,
		switches: countSwitches(project),
	};
}

const flagged = (steps: readonly WrittenStep[]): number =>
	steps.filter(({ step }) => step.retry_on_failure === true).length;

function countSwitches(project: WrittenProject): Record<string, number> {
	const counts: Record<string, number> = {};
	const written = [...project.switches, ...project.groups.flatMap(({ switches }) => switches)];
	for (const { name, on } of written) {
		const key = `${name}=${on}`;
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return counts;
}
