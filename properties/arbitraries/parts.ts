import fc from 'fast-check';
import type {
	Command,
	CommandType,
	FunctionCall,
	Project,
	Step,
} from '../../model/vocabulary/project.ts';
import type { Policy } from '../../model/vocabulary/setup.ts';

/** What drawn setups are made of. */

export const VARIANTS = ['linux', 'windows'] as const;
const FUNCTIONS = ['fetch', 'publish'] as const;

const variants = fc.option(fc.subarray([...VARIANTS], { minLength: 1 }), {
	nil: undefined,
	freq: 4,
});
export const type = fc.constantFrom(
	undefined,
	undefined,
	'test' as const,
	'system' as const,
	'setup' as const,
);

/** Drops the keys that hold nothing, as in a file that does not write them. */
export function written<Value extends object>(value: Value): Value {
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

export const steps = (maxLength: number): fc.Arbitrary<Step[]> =>
	fc.array(fc.oneof({ weight: 3, arbitrary: command }, { weight: 1, arbitrary: functionCall }), {
		maxLength,
	});

/** Parts of a project: the functions that drawn steps call, the blocks, and their switches. */
export const PROJECT_PARTS = {
	fetch: fc.array(command, { maxLength: 2 }),
	publish: fc.array(command, { minLength: 1, maxLength: 3 }),
	pre: fc.option(steps(2), { nil: undefined }),
	timeout: fc.option(steps(2), { nil: undefined }),
	post: fc.option(steps(2), { nil: undefined }),
	pre_error_fails_task: fc.boolean(),
	post_error_fails_task: fc.boolean(),
};

type ProjectParts = {
	[Part in keyof typeof PROJECT_PARTS]: (typeof PROJECT_PARTS)[Part] extends fc.Arbitrary<
		infer Drawn
	>
		? Drawn
		: never;
};

/** A project of these parts. */
export const projectOf = (
	{ tasks, task_groups }: Pick<Project, 'tasks' | 'task_groups'>,
	command_type: CommandType | undefined,
	{ fetch, publish, ...blocks }: ProjectParts,
): Project => ({
	id: 'generated',
	...(command_type === undefined ? {} : { command_type }),
	tasks,
	functions: { fetch, publish },
	...(written(blocks) as Partial<Project>),
	...(task_groups === undefined ? {} : { task_groups }),
});

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
