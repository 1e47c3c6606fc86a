import { BSONError, deserialize } from 'bson';
import { z } from 'zod';
import {
	CommandType,
	GROUP_BLOCKS,
	PROJECT_LIMITS,
	Project,
} from '../../model/vocabulary/project.ts';
import { isInBackground } from './params.ts';

const LONGEST_S = 2_147_483;

/** Empty texts, which other programs write where there is no value. */
const Text = z
	.string()
	.nullish()
	.transform((text) => text || undefined);
const Flag = z
	.boolean()
	.nullish()
	.transform((flag) => flag ?? undefined);
const Type = z
	.union([CommandType, z.literal('')])
	.nullish()
	.transform((type) => type || undefined);
/** Seconds; a limit that is longer than a timer can wait for is as good as that one. */
const Limit = z
	.number()
	.nullish()
	.transform((seconds) =>
		seconds ? Math.min(Math.max(Math.ceil(seconds), 0), LONGEST_S) : undefined,
	);
const Vars = z
	.record(z.string(), z.string())
	.nullish()
	.transform((vars) => vars ?? undefined);

/** One command or call as the wire has it (lifecycle 3.1); other keys are passed over. */
const CommandConf = z.object({
	command: Text,
	func: Text,
	display_name: Text,
	type: Type,
	variants: z
		.array(z.string())
		.nullish()
		.transform((variants) => variants ?? undefined),
	params_yaml: Text,
	timeout_secs: Limit,
	vars: Vars,
	retry_on_failure: Flag,
});
type CommandConf = z.infer<typeof CommandConf>;

const CommandSet = z
	.object({ single_command: CommandConf.nullish(), multi_command: z.array(CommandConf).nullish() })
	.nullish()
	.transform(
		(set) => set?.multi_command ?? (set?.single_command ? [set.single_command] : undefined),
	);

/** A task group as the wire has it (lifecycle 3.2). */
const GroupConf = z.object({
	name: z.string(),
	tasks: z.array(z.string()),
	max_hosts: z
		.number()
		.nullish()
		.transform((hosts) => hosts ?? undefined),
	share_processes: Flag,
	setup_group: CommandSet,
	setup_task: CommandSet,
	timeout: CommandSet,
	teardown_task: CommandSet,
	teardown_group: CommandSet,
	setup_group_can_fail_task: Flag,
	setup_task_can_fail_task: Flag,
	teardown_task_can_fail_task: Flag,
	setup_group_timeout_secs: Limit,
	setup_task_timeout_secs: Limit,
	teardown_task_timeout_secs: Limit,
	teardown_group_timeout_secs: Limit,
	callback_timeout_secs: Limit,
});

/** The parser project (lifecycle 6.3, call 3), as far as one task needs it. */
const ParserProject = z.object({
	_id: Text,
	identifier: Text,
	command_type: Type,
	tasks: z.array(
		z.object({
			name: z.string(),
			commands: z.array(CommandConf).nullish(),
			exec_timeout_secs: Limit,
		}),
	),
	functions: z.record(z.string(), CommandSet).nullish(),
	pre: CommandSet,
	timeout: CommandSet,
	post: CommandSet,
	task_groups: z.array(GroupConf).nullish(),
	pre_error_fails_task: Flag,
	post_error_fails_task: Flag,
	exec_timeout_secs: Limit,
	timeout_secs: Limit,
	pre_timeout_secs: Limit,
	callback_timeout_secs: Limit,
	post_timeout_secs: Limit,
});
type ParserProject = z.infer<typeof ParserProject>;

/** Reads a parser project; null when the bytes hold none. */
export function readParserProject(bytes: Uint8Array): Project | null {
	let document: unknown;
	try {
		document = deserialize(bytes);
	} catch (error) {
		if (error instanceof BSONError || error instanceof RangeError) return null;
		throw error;
	}
	const parsed = ParserProject.safeParse(document);
	if (!parsed.success) return null;
	const project = Project.safeParse(withoutGaps(toProject(parsed.data)));
	return project.success ? project.data : null;
}

const toProject = (parser: ParserProject): object => ({
	id: parser.identifier ?? parser._id,
	command_type: parser.command_type,
	tasks: parser.tasks.map((task) =>
		withoutGaps({ ...task, commands: (task.commands ?? []).map(toStep) }),
	),
	functions: Object.fromEntries(
		Object.entries(parser.functions ?? {}).map(([name, set]) => [name, (set ?? []).map(toStep)]),
	),
	pre: parser.pre?.map(toStep),
	timeout: parser.timeout?.map(toStep),
	post: parser.post?.map(toStep),
	task_groups: parser.task_groups?.map(toGroup),
	pre_error_fails_task: parser.pre_error_fails_task,
	post_error_fails_task: parser.post_error_fails_task,
	...Object.fromEntries(PROJECT_LIMITS.map((limit) => [limit, parser[limit]])),
});

const toGroup = (conf: z.infer<typeof GroupConf>): object =>
	withoutGaps({
		...conf,
		...Object.fromEntries(GROUP_BLOCKS.map((block) => [block, conf[block]?.map(toStep)])),
	});

function toStep(conf: CommandConf): object {
	const { func, vars, command, display_name, params_yaml } = conf;
	const { type, variants, timeout_secs, retry_on_failure } = conf;
	const shared = { type, variants, timeout_secs, retry_on_failure };
	if (func !== undefined) return withoutGaps({ func, vars, ...shared });
	const background = isInBackground(command, params_yaml) ? true : undefined;
	return withoutGaps({ command, display_name, params_yaml, background, ...shared });
}

/** Without the keys that have no value. */
const withoutGaps = (value: object): object =>
	Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
