import fc from 'fast-check';
import type { Project } from '../../model/vocabulary/project.ts';
import { MAX_TASKS, type Setup } from '../../model/vocabulary/setup.ts';
import type { Version } from '../../scenarios/import/version.ts';
import { type Portion, tasksOf } from '../../scenarios/trial/portions.ts';
import { slice } from '../../scenarios/trial/slice.ts';
import { oneLimitOf } from './one-limit.ts';
import { PROJECT_PARTS, policy, projectOf, requester, steps, type, VARIANTS } from './parts.ts';
import { lateHostsOf, severalOf } from './several.ts';
import { unitSetup } from './unit-setup.ts';

/** Most tasks in one drawn setup. */
export const MOST_TASKS = 3;

const project = (tasks: number): fc.Arbitrary<Project> =>
	fc
		.record({
			command_type: type,
			mains: fc.array(steps(4), { minLength: tasks, maxLength: tasks }),
			...PROJECT_PARTS,
		})
		.map(({ mains, command_type, ...parts }) =>
			projectOf(
				{ tasks: mains.map((commands, index) => ({ name: `task-${index + 1}`, commands })) },
				command_type,
				parts,
			),
		);

const hosts: fc.Arbitrary<string[]> = fc.constantFrom(['h1'], ['h1', 'h2']);

/** A setup of one to three plain tasks of a small random project. */
export const plainSetup: fc.Arbitrary<Setup> = fc
	.integer({ min: 1, max: MOST_TASKS })
	.chain((size) =>
		fc.record({
			project: project(size),
			tasks: fc
				.array(fc.constantFrom(...VARIANTS), { minLength: size, maxLength: size })
				.map((chosen) =>
					chosen.map((variant, index) => ({
						id: `t${index + 1}`,
						task: `task-${index + 1}`,
						variant,
					})),
				),
			hosts,
			requester,
			policy,
		}),
	);

/** What random stories are told of. */
export const generatedSetup: fc.Arbitrary<Setup> = oneLimitOf(
	lateHostsOf(severalOf(fc.oneof(plainSetup, unitSetup))),
);

/** So many times as often as all others are portions drawn in which a task has a flagged command. */
const PREFERRED = 3;

/**
 * Setups of a given version of a project: one to three of its portions each, as far as a setup has room,
 * with the project cut down to them, so that a replay token stays short. Portions with a flagged command are
 * preferred.
 */
export const setupsOf = (
	project: Project,
	version: Version,
	portions: readonly Portion[],
	flagged: ReadonlySet<number> = new Set(),
): fc.Arbitrary<Setup> => {
	const isFlagged = (portion: Portion): boolean => portion.some((task) => flagged.has(task));
	const preferred = portions.filter(isFlagged);
	const others = portions.filter((portion) => !isFlagged(portion));
	return fc
		.record({
			portions: fc.uniqueArray(
				preferred.length === 0 || others.length === 0
					? fc.constantFrom(...portions)
					: fc.oneof(
							{ weight: PREFERRED, arbitrary: fc.constantFrom(...preferred) },
							{ weight: 1, arbitrary: fc.constantFrom(...others) },
						),
				{ minLength: 1, maxLength: Math.min(MOST_TASKS, portions.length) },
			),
			hosts,
			requester,
			policy,
		})
		.map(({ portions, ...drawn }) => ({
			...cutTo(project, version, together(portions)),
			...drawn,
		}));
};

/** What is told of when a story is of these tasks of a version only. */
export function cutTo(
	project: Project,
	version: Version,
	places: Iterable<number>,
): Pick<Setup, 'project' | 'tasks' | 'display_tasks'> {
	const tasks = tasksOf(version, places);
	const ids = new Set(tasks.map(({ id }) => id));
	const display_tasks = version.display_tasks.flatMap(({ id, execution_tasks }) => {
		const there = execution_tasks.filter((one) => ids.has(one));
		return there.length === 0 ? [] : [{ id, execution_tasks: there }];
	});
	return {
		tasks,
		...(display_tasks.length === 0 ? {} : { display_tasks }),
		project: slice(project, tasks),
	};
}

/** The tasks of the first portion, and of those of the others for which there is room. */
function together(portions: readonly Portion[]): number[] {
	let all = new Set<number>();
	for (const portion of portions) {
		const more = new Set([...all, ...portion]);
		if (more.size <= MAX_TASKS) all = more;
	}
	return [...all];
}
