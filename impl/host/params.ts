import { parse } from 'yaml';
import { z } from 'zod';
import { type Expansions, expand } from './expansions.ts';

/** Texts may be written as numbers or booleans, and truths as texts, as the deployed agent allows. */
const Text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
const Truth = z.union([
	z.boolean(),
	z
		.string()
		.regex(/^(true|false|)$/i)
		.transform((text) => text.toLowerCase() === 'true'),
]);

/** What both commands take (lifecycle 3.1); parameters that are not listed are passed over. */
const Shared = z.object({
	working_dir: Text.default(''),
	env: z.record(z.string(), Text).default({}),
	add_expansions_to_env: Truth.default(false),
	include_expansions_in_env: z.array(Text).default([]),
	add_to_path: z.array(Text).default([]),
	background: Truth.default(false),
	silent: Truth.default(false),
	continue_on_err: Truth.default(false),
});

export const ShellParams = Shared.extend({
	script: Text,
	shell: Text.default('sh').transform((shell) => shell || 'sh'),
	/** Whether the script is an argument instead of the standard input. */
	exec_as_string: Truth.default(false),
});

export const SubprocessParams = Shared.extend({
	binary: Text.default(''),
	args: z.array(Text).default([]),
	/** Binary and arguments as one line. */
	command: Text.default(''),
});
/** What of `git.get_project` matters where the project lies in a folder of this machine. */
export const GetProjectParams = z.object({
	/** Where it is put. */
	directory: z.union([z.string(), z.number().transform(String)], { error: 'must not be blank' }),
});

export type SharedParams = z.infer<typeof Shared>;

/** Parameters that were read, or one sentence that says what is wrong with them. */
export type Read<Params> =
	| { readonly kind: 'read'; readonly params: Params }
	| { readonly kind: 'wrong'; readonly message: string };

/** Reads a command's parameters and expands every text in them. */
export function readParams<Params>(
	schema: z.ZodType<Params>,
	params_yaml: string | undefined,
	expansions: Expansions,
): Read<Params> {
	const parsed = schema.safeParse(expandAll(parseParams(params_yaml), expansions));
	if (parsed.success) return { kind: 'read', params: parsed.data };
	const issue = parsed.error.issues[0];
	return { kind: 'wrong', message: `params.${issue?.path.join('.')}: ${issue?.message}` };
}

const Background = z.object({ background: Truth });

/** Whether a command returns at once, by its parameters as they are written. */
export const isInBackground = (command: string | undefined, params_yaml?: string): boolean =>
	(command === 'shell.exec' || command === 'subprocess.exec') &&
	Background.safeParse(parseParams(params_yaml)).data?.background === true;

/** The parameters as plain data; what is no YAML is no mapping either, and the schema says so. */
export function parseParams(params_yaml = '{}'): unknown {
	try {
		return parse(params_yaml, { maxAliasCount: 100, logLevel: 'silent' }) ?? {};
	} catch {
		return params_yaml;
	}
}

function expandAll(value: unknown, expansions: Expansions): unknown {
	if (typeof value === 'string') return expand(value, expansions);
	if (Array.isArray(value)) return value.map((item) => expandAll(item, expansions));
	if (value === null || typeof value !== 'object') return value ?? undefined;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [key, expandAll(item, expansions)]),
	);
}
