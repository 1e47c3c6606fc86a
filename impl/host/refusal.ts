import type { Command } from '../../model/vocabulary/project.ts';
import { REGISTERED_COMMANDS } from '../../model/vocabulary/registered-commands.ts';
import { GetProjectParams, readParams, ShellParams, SubprocessParams } from './params.ts';

const SCHEMAS = {
	'git.get_project': GetProjectParams,
	'shell.exec': ShellParams,
	'subprocess.exec': SubprocessParams,
} as const;

const isRead = (command: string): command is keyof typeof SCHEMAS =>
	Object.hasOwn(SCHEMAS, command);

/**
 * Why deployed agents cannot render a command: they do not know it, or its parameters cannot be read even before
 * expansions are replaced (lifecycle 3.3).
 */
export function refusal({ command, params_yaml }: Command): string | null {
	if (!REGISTERED_COMMANDS.has(command)) return `command '${command}' is not registered`;
	if (!isRead(command)) return null;
	const read = readParams<unknown>(SCHEMAS[command], params_yaml, NOTHING);
	return read.kind === 'read'
		? null
		: `parsing parameters for command '${command}': ${read.message}`;
}

const NOTHING = new Map<string, string>();
