import { isAbsolute, join, resolve } from 'node:path';
import type { RenderedCommand } from '../ports/shell.ts';
import { entryFile } from '../source/entry.ts';
import type { Order } from '../source/get-project.ts';
import { leaves } from '../source/inside.ts';
import type { Source } from '../source/survey.ts';
import { type Expansions, withVars } from './expansions.ts';
import {
	GetProjectParams,
	type Read,
	readParams,
	type SharedParams,
	ShellParams,
	SubprocessParams,
} from './params.ts';
import { splitWords } from './words.ts';

/** A process to start. */
export interface Invocation {
	readonly kind: 'process';
	readonly file: string;
	readonly args: readonly string[];
	/** What its standard input holds. */
	readonly input: string | null;
	readonly cwd: string;
	/** What it finds in its environment beside that of the agent. */
	readonly env: Readonly<Record<string, string>>;
	readonly silent: boolean;
	readonly continue_on_err: boolean;
	/** Its own idle limit; 0 leaves it to the task. */
	readonly idle_s: number;
}

export type ToInvoke =
	| Invocation
	/** A command that needs the CI system itself: it does nothing and succeeds. */
	| { readonly kind: 'unavailable' }
	| { readonly kind: 'wrong'; readonly message: string };

/**
 * What a command comes to on this host: `shell.exec` and `subprocess.exec` are run, `git.get_project` where there is a
 * source for it, others are not available.
 */
export function toInvoke(
	{ command, params_yaml, timeout_secs = 0, vars }: RenderedCommand,
	known: Expansions,
	directory: string,
	source?: Source,
): ToInvoke {
	const expansions = withVars(known, vars);
	if (typeof expansions === 'string') return { kind: 'wrong', message: expansions };
	const idle_s = timeout_secs;
	switch (command) {
		case 'shell.exec':
			return from(readParams(ShellParams, params_yaml, expansions), (params) => ({
				...shared(params, expansions, directory),
				idle_s,
				file: params.shell,
				args: params.exec_as_string ? ['-c', params.script] : [],
				input: params.exec_as_string ? null : params.script,
			}));
		case 'subprocess.exec':
			return from(readParams(SubprocessParams, params_yaml, expansions), (params) => {
				const words =
					params.command === '' ? [params.binary, ...params.args] : splitWords(params.command);
				if (words === null)
					return { kind: 'wrong', message: 'params.command: a quote is left open' };
				const [file = '', ...args] = words;
				if (file === '') return { kind: 'wrong', message: 'params: neither binary nor command' };
				return { ...shared(params, expansions, directory), idle_s, file, args, input: null };
			});
		case 'git.get_project':
			if (source === undefined) return { kind: 'unavailable' };
			return from(readParams(GetProjectParams, params_yaml, expansions), (params) => {
				const order = { source, root: directory, target: resolve(directory, params.directory) };
				return getting(order, idle_s);
			});
		default:
			return { kind: 'unavailable' };
	}
}

/** No shell sees a word of it. */
function getting(order: Order, idle_s: number): ToInvoke {
	const { root, target } = order;
	if (target === root || leaves(root, target))
		return { kind: 'wrong', message: 'params.directory: it is no folder below that of the task' };
	return {
		kind: 'process',
		file: process.execPath,
		args: [entryFile(), JSON.stringify(order)],
		input: null,
		cwd: root,
		env: {},
		silent: false,
		continue_on_err: false,
		idle_s,
	};
}

const from = <Params>(read: Read<Params>, to: (params: Params) => ToInvoke): ToInvoke =>
	read.kind === 'wrong' ? read : to(read.params);

function shared(
	params: SharedParams,
	expansions: Expansions,
	directory: string,
): Omit<Invocation, 'file' | 'args' | 'input' | 'idle_s'> {
	const { working_dir, silent, continue_on_err } = params;
	return {
		kind: 'process',
		cwd: isAbsolute(working_dir) ? working_dir : join(directory, working_dir),
		env: environment(params, expansions),
		silent,
		continue_on_err,
	};
}

function environment(params: SharedParams, expansions: Expansions): Record<string, string> {
	const { add_expansions_to_env, include_expansions_in_env, add_to_path, env } = params;
	const included = add_expansions_to_env
		? [...expansions]
		: include_expansions_in_env.flatMap((name): [string, string][] => {
				const value = expansions.get(name);
				return value === undefined ? [] : [[name, value]];
			});
	const path = [...add_to_path, process.env['PATH'] ?? ''].join(':');
	return {
		...Object.fromEntries(included),
		...(add_to_path.length === 0 ? {} : { PATH: path }),
		...env,
	};
}
