import { z } from 'zod';
import { isPrintable } from './printable.ts';
import { strictKeys } from './strict-keys.ts';

/**
 * What a CI project says about its commands, as far as automatic retry is concerned.
 *
 * The shape is close to an Evergreen project file after YAML is resolved, before functions are
 * expanded: the model and the reference each expand them by themselves (C2, C3).
 * Source: lifecycle 3.1 to 3.3.
 */

/** Longest name of a project, task, function, variant or command. */
export const NAME_LENGTH = 300;
/** Most steps in one block, and most members of one function (586 is the largest seen in a real file). */
export const BLOCK_LENGTH = 1000;
/** Most commands in one block after functions are expanded. */
export const EXPANDED_LENGTH = 5000;
/** Most tasks or functions of one project. */
export const PROJECT_SIZE = 5000;

/** What people call things: no control characters, no broken surrogates, and not `__proto__`, which is no key of its own. */
export const Name = z
	.string()
	.min(1)
	.max(NAME_LENGTH)
	.refine((name) => isPrintable(name) && name !== '__proto__', {
		error: 'a name has no control characters or broken surrogates, and is not "__proto__"',
	});

/** Whether an id can be a segment of paths: clients take `.` and `..` out of those, whatever they stand for. */
export const isSegment = (id: string): boolean => id !== '.' && id !== '..';

/** The id of what has routes of its own: a project, a version, a task, a host. */
export const SegmentId = Name.refine(isSegment, {
	error: 'no id is "." or "..", which are no segments of a path',
	params: { remedy: 'give it another id' },
});

/** The failure type of a command (lifecycle 1.2). */
export const CommandType = z.enum(['test', 'system', 'setup']);
export type CommandType = z.infer<typeof CommandType>;

/** A time limit in seconds; 0 counts as not set. The longest is what a 32-bit timer can wait for. */
export const Seconds = z.int().min(0).max(2_147_483);

/** One command. `retry_on_failure` is the flag: optional and false by default (C1). */
export const Command = strictKeys({
	command: Name,
	display_name: Name.optional(),
	/** Failure type; without it the type of the call, else of the project, else `test`. */
	type: CommandType.optional(),
	/** Build variants on which the command runs; without it, all of them (C3). */
	variants: z.array(Name).max(PROJECT_SIZE).optional(),
	/** `params.background` of a shell command: it returns at once and may fail later. */
	background: z.boolean().optional(),
	/** The command's parameters, as the YAML text that the agent reads (lifecycle 3.1); the model does not. */
	params_yaml: z.string().max(100_000).optional(),
	/** Its own idle limit (lifecycle 3.2); read by the agent alone, as time-outs are events here. */
	timeout_secs: Seconds.optional(),
	retry_on_failure: z.boolean().optional(),
});
export type Command = z.infer<typeof Command>;

/** A call of a function. A flag on the call has no effect and is reported (C2). */
export const FunctionCall = strictKeys({
	func: Name,
	type: CommandType.optional(),
	variants: z.array(Name).max(PROJECT_SIZE).optional(),
	/** The idle limit of members that have none of their own (lifecycle 3.3). */
	timeout_secs: Seconds.optional(),
	/** Expansions that hold for the members of this call alone (lifecycle 3.3). */
	vars: z.record(Name, z.string().max(100_000)).optional(),
	retry_on_failure: z.boolean().optional(),
});
export type FunctionCall = z.infer<typeof FunctionCall>;

/** One entry of a block: a command, or a call of a function. */
export const Step = z.union([Command, FunctionCall]);
export type Step = z.infer<typeof Step>;

const Steps = z.array(Step).max(BLOCK_LENGTH);

/** A task: a name and its main block. */
export const Task = strictKeys({
	name: Name,
	commands: Steps,
	/** In place of the project's; read by the agent alone, as time-outs are events here. */
	exec_timeout_secs: Seconds.optional(),
});
export type Task = z.infer<typeof Task>;

/** The project's time limits, under the names that the wire and project files have for them (lifecycle 3.2). */
export const PROJECT_LIMITS = [
	'exec_timeout_secs',
	'timeout_secs',
	'pre_timeout_secs',
	'callback_timeout_secs',
	'post_timeout_secs',
] as const;
export type ProjectLimit = (typeof PROJECT_LIMITS)[number];

/**
 * Tasks that share a host, one after the other, or a few hosts (lifecycle 3.2): their blocks stand in
 * place of the project's pre and post. Without its own timeout block the project's is run.
 */
export const TaskGroup = strictKeys({
	name: Name,
	/** Names of tasks of the project, in the order in which they run. */
	tasks: z.array(Name).min(1).max(PROJECT_SIZE),
	/** Hosts that may run members at the same time; see `hostsOf`. */
	max_hosts: z.int().optional(),
	share_processes: z.boolean().optional(),
	setup_group: Steps.optional(),
	setup_task: Steps.optional(),
	teardown_task: Steps.optional(),
	teardown_group: Steps.optional(),
	timeout: Steps.optional(),
	setup_group_can_fail_task: z.boolean().optional(),
	setup_task_can_fail_task: z.boolean().optional(),
	teardown_task_can_fail_task: z.boolean().optional(),
	/** Time limits; read by the agent alone, as time-outs are events here. */
	setup_group_timeout_secs: Seconds.optional(),
	setup_task_timeout_secs: Seconds.optional(),
	teardown_task_timeout_secs: Seconds.optional(),
	teardown_group_timeout_secs: Seconds.optional(),
	callback_timeout_secs: Seconds.optional(),
});
export type TaskGroup = z.infer<typeof TaskGroup>;

/** How many hosts may run a group at the same time: absent, 0 and below -1 mean 1, and -1 as many as it has tasks. */
export function hostsOf({ max_hosts = 1, tasks }: Pick<TaskGroup, 'max_hosts' | 'tasks'>): number {
	if (max_hosts === -1) return tasks.length;
	return max_hosts < 1 ? 1 : max_hosts;
}

/** A whole project. A call of a function that is not in `functions` runs nothing. */
export const Project = strictKeys({
	id: SegmentId,
	/** Default failure type of commands. */
	command_type: CommandType.optional(),
	tasks: z.array(Task).max(PROJECT_SIZE),
	functions: z.record(Name, z.array(Command).max(BLOCK_LENGTH)).optional(),
	pre: Steps.optional(),
	timeout: Steps.optional(),
	post: Steps.optional(),
	task_groups: z.array(TaskGroup).max(PROJECT_SIZE).optional(),
	pre_error_fails_task: z.boolean().optional(),
	post_error_fails_task: z.boolean().optional(),
	/** Time limits; read by the agent alone, as time-outs are events here. */
	exec_timeout_secs: Seconds.optional(),
	timeout_secs: Seconds.optional(),
	pre_timeout_secs: Seconds.optional(),
	callback_timeout_secs: Seconds.optional(),
	post_timeout_secs: Seconds.optional(),
});
export type Project = z.infer<typeof Project>;

/**
 * The blocks of a task run, in the order in which they may run (lifecycle 3.2): of a task of a group,
 * those of the group in place of pre and post. The last runs when the host leaves the group.
 */
export const Block = z.enum([
	'pre',
	'setup_group',
	'setup_task',
	'main',
	'timeout',
	'post',
	'teardown_task',
	'teardown_group',
]);
export type Block = z.infer<typeof Block>;

/** The blocks that a group may have. */
export const GROUP_BLOCKS = [
	'setup_group',
	'setup_task',
	'timeout',
	'teardown_task',
	'teardown_group',
] as const satisfies readonly Block[];

/** How many commands a block has when its functions are expanded, whatever the variant. */
export function expandedLength(project: Project, steps: readonly Step[] = []): number {
	const { functions = {} } = project;
	return steps.reduce((sum, step) => {
		if (!isFunctionCall(step)) return sum + 1;
		return sum + (Object.hasOwn(functions, step.func) ? (functions[step.func]?.length ?? 0) : 0);
	}, 0);
}

export const isFunctionCall = (step: Step): step is FunctionCall => 'func' in step;

/** Blocks before main, whose background commands are watched until main is over. */
export const isSetUp = (block: Block): boolean =>
	block === 'pre' || block === 'setup_group' || block === 'setup_task';

/** Blocks in which a background command that fails is noticed. */
export const isWatched = (block: Block): boolean => block === 'main' || isSetUp(block);
