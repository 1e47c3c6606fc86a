import type { RenderedCommand } from '../ports/shell.ts';

/** A command for people: what it is, its name if it has one, and where it stands. */
export function describeCommand(command: RenderedCommand): string {
	const { position, display_name, func, unrendered } = command;
	if (func !== undefined && unrendered !== undefined)
		return `function "${func}" (${position.block}, step ${position.step + 1})`;
	const name = display_name === undefined ? '' : ` "${display_name}"`;
	const member = func === undefined ? '' : ` of function "${func}"`;
	return `${command.command}${name}${member} (${position.block}, step ${position.step + 1})`;
}
