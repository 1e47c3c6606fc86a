import { BSONError, deserialize } from 'bson';
import { z } from 'zod';
import { CommandType, Project } from '../../model/vocabulary/project.ts';
import type { TimeLimits } from '../ports/configuration.ts';
import { isInBackground } from './params.ts';

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
const Seconds = z.number().nullish();

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
	retry_on_failure: Flag,
});
type CommandConf = z.infer<typeof CommandConf>;

const CommandSet = z
	.object({ single_command: CommandConf.nullish(), multi_command: z.array(CommandConf).nullish() })
	.nullish()
	.transform(
		(set) => set?.multi_command ?? (set?.single_command ? [set.single_command] : undefined),
	);

/** The parser project (lifecycle 6.3, call 3), as far as one task needs it. */
const ParserProject = z.object({
	_id: Text,
	identifier: Text,
	command_type: Type,
	tasks: z.array(z.object({ name: z.string(), commands: z.array(CommandConf).nullish() })),
	functions: z.record(z.string(), CommandSet).nullish(),
	pre: CommandSet,
	timeout: CommandSet,
	post: CommandSet,
	pre_error_fails_task: Flag,
	post_error_fails_task: Flag,
	exec_timeout_secs: Seconds,
	timeout_secs: Seconds,
	pre_timeout_secs: Seconds,
	callback_timeout_secs: Seconds,
	post_timeout_secs: Seconds,
});
type ParserProject = z.infer<typeof ParserProject>;

export interface ReadProject {
	readonly project: Project;
	readonly limits: TimeLimits;
}

/** Reads a parser project; null when the bytes hold none. */
export function readParserProject(bytes: Uint8Array): ReadProject | null {
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
	return project.success ? { project: project.data, limits: limitsOf(parsed.data) } : null;
}

const toProject = (parser: ParserProject): object => ({
	id: parser.identifier ?? parser._id,
	command_type: parser.command_type,
	tasks: parser.tasks.map(({ name, commands }) => ({
		name,
		commands: (commands ?? []).map(toStep),
	})),
	functions: Object.fromEntries(
		Object.entries(parser.functions ?? {}).map(([name, set]) => [name, (set ?? []).map(toStep)]),
	),
	pre: parser.pre?.map(toStep),
	timeout: parser.timeout?.map(toStep),
	post: parser.post?.map(toStep),
	pre_error_fails_task: parser.pre_error_fails_task,
	post_error_fails_task: parser.post_error_fails_task,
});

function toStep(conf: CommandConf): object {
	const { func, type, variants, retry_on_failure, command, display_name, params_yaml } = conf;
	const shared = { type, variants, retry_on_failure };
	if (func !== undefined) return withoutGaps({ func, ...shared });
	const background = isInBackground(command, params_yaml) ? true : undefined;
	return withoutGaps({ command, display_name, params_yaml, background, ...shared });
}

/** Without the keys that have no value. */
const withoutGaps = (value: object): object =>
	Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));

/** 0 means that a limit is left to the agent. */
function limitsOf(parser: ParserProject): TimeLimits {
	return {
		...(parser.exec_timeout_secs ? { exec_s: parser.exec_timeout_secs } : {}),
		...(parser.timeout_secs ? { idle_s: parser.timeout_secs } : {}),
		...(parser.pre_timeout_secs ? { pre_s: parser.pre_timeout_secs } : {}),
		...(parser.callback_timeout_secs ? { timeout_s: parser.callback_timeout_secs } : {}),
		...(parser.post_timeout_secs ? { post_s: parser.post_timeout_secs } : {}),
	};
}
