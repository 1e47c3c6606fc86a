import fc from 'fast-check';
import type { Command, FunctionCall, Project, Step } from '../../model/vocabulary/project.ts';
import { MAX_TASKS, type Policy, type Setup } from '../../model/vocabulary/setup.ts';
import { type Portion, tasksOf } from '../../scenarios/import/portions.ts';
import { slice } from '../../scenarios/import/slice.ts';
import type { Version } from '../../scenarios/import/version.ts';

/** Most tasks in one drawn setup. */
export const MOST_TASKS = 3;

const VARIANTS = ['linux', 'windows'] as const;
const FUNCTIONS = ['fetch', 'publish'] as const;

const variants = fc.option(fc.subarray([...VARIANTS], { minLength: 1 }), {
	nil: undefined,
	freq: 4,
});
const type = fc.constantFrom(
	undefined,
	undefined,
	'test' as const,
	'system' as const,
	'setup' as const,
);

/** Drops the keys that hold nothing, as in a file that does not write them. */
function written<Value extends object>(value: Value): Value {
	return Object.fromEntries(
		Object.entries(value).filter(([, held]) => held !== undefined && held !== false),
	) as Value;
}

/** A command; half of them flagged, few in the background. */
export const command: fc.Arbitrary<Command> = fc
	.record({
		command: fc.constantFrom('shell.exec', 'git.get_project', 's3.get'),
		type,
		variants,
		background: fc.constantFrom(undefined, undefined, undefined, undefined, true),
		retry_on_failure: fc.boolean(),
	})
	.map((value) => written(value) as Command);

const functionCall: fc.Arbitrary<FunctionCall> = fc
	.record({
		func: fc.constantFrom(...FUNCTIONS, 'undefined function'),
		type,
		variants,
		retry_on_failure: fc.constantFrom(undefined, undefined, true),
	})
	.map((value) => written(value) as FunctionCall);

const steps = (maxLength: number): fc.Arbitrary<Step[]> =>
	fc.array(fc.oneof({ weight: 3, arbitrary: command }, { weight: 1, arbitrary: functionCall }), {
		maxLength,
	});

const project = (tasks: number): fc.Arbitrary<Project> =>
	fc
		.record({
			command_type: type,
			mains: fc.array(steps(4), { minLength: tasks, maxLength: tasks }),
			fetch: fc.array(command, { maxLength: 2 }),
			publish: fc.array(command, { minLength: 1, maxLength: 3 }),
			pre: fc.option(steps(2), { nil: undefined }),
			timeout: fc.option(steps(2), { nil: undefined }),
			post: fc.option(steps(2), { nil: undefined }),
			pre_error_fails_task: fc.boolean(),
			post_error_fails_task: fc.boolean(),
		})
		.map(({ mains, fetch, publish, command_type, ...blocks }) => ({
			id: 'generated',
			...(command_type === undefined ? {} : { command_type }),
			tasks: mains.map((commands, index) => ({ name: `task-${index + 1}`, commands })),
			functions: { fetch, publish },
			...(written(blocks) as Partial<Project>),
		}));

/** Policies near their edges, where mistakes show. */
export const policy: fc.Arbitrary<Policy> = fc.record({
	max_automatic_restarts: fc.constantFrom(1, 1, 1, 0, 2),
	daily_limit: fc.constantFrom(200, 1, 2, 0),
	execution_cap: fc.constantFrom(9, 9, 1, 2, 0),
	call_attempts: fc.constantFrom(10, 2, 1),
});

export const requester = fc.constantFrom(
	'gitter_request' as const,
	'gitter_request' as const,
	'patch_request' as const,
	'github_pull_request' as const,
	'github_merge_request' as const,
);

const hosts: fc.Arbitrary<string[]> = fc.constantFrom(['h1'], ['h1', 'h2']);

/** A setup of one to three tasks of a small random project. */
export const generatedSetup: fc.Arbitrary<Setup> = fc
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

/**
 * Setups of a given version of a project: one to three of its portions each, as far as a setup has room,
 * with the project cut down to them, so that a replay token stays short.
 */
export const setupOf = (
	project: Project,
	version: Version,
	portions: readonly Portion[],
): fc.Arbitrary<Setup> =>
	fc
		.record({
			portions: fc.uniqueArray(fc.constantFrom(...portions), {
				minLength: 1,
				maxLength: Math.min(MOST_TASKS, portions.length),
			}),
			hosts,
			requester,
			policy,
		})
		.map(({ portions, ...drawn }) => {
			const tasks = tasksOf(version, together(portions));
			const ids = new Set(tasks.map(({ id }) => id));
			const display_tasks = version.display_tasks.filter(({ execution_tasks }) =>
				execution_tasks.every((id) => ids.has(id)),
			);
			return {
				tasks,
				...drawn,
				...(display_tasks.length === 0 ? {} : { display_tasks: [...display_tasks] }),
				project: slice(project, tasks),
			};
		});

/** The tasks of the first portion, and of those of the others for which there is room. */
function together(portions: readonly Portion[]): number[] {
	let all = new Set<number>();
	for (const portion of portions) {
		const more = new Set([...all, ...portion]);
		if (more.size <= MAX_TASKS) all = more;
	}
	return [...all];
}
