import type { Command } from '../../model/vocabulary/project.ts';
import { parseYaml } from '../yaml/read.ts';
import { YamlValue } from '../yaml/value.ts';

/** Commands that may call it no failure when what they run fails. */
const SCRIPTS: readonly string[] = ['shell.exec', 'subprocess.exec'];

/** Whether a failure of its script is none, by `continue_on_err`; a time-out still is one. */
export const isExcused = (command: Command, params: YamlValue | undefined): boolean =>
	SCRIPTS.includes(command.command) &&
	command.background !== true &&
	params?.get(['continue_on_err'])?.truth() === true;

/** The same of a command whose parameters are text, as the agent gets them. */
export function isExcusedByText(command: Command): boolean {
	const read = parseYaml(command.params_yaml ?? '', 'params');
	return read.kind === 'read' && isExcused(command, YamlValue.rootOf(read.file));
}
