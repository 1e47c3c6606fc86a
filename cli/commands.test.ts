import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { addWanted, COMMANDS } from './commands.ts';

async function commandsFor(...args: string[]): Promise<readonly Command[]> {
	const program = new Command('mulligan');
	await addWanted(program, args, {});
	return program.commands;
}

describe('what the help says of all commands', () => {
	test.each(Object.entries(COMMANDS))('%s: is what it says of itself', async (name, entry) => {
		const [command, ...others] = await commandsFor(name);
		expect(others).toEqual([]);
		expect(command?.name()).toBe(name);
		expect({ usage: command?.usage(), summary: command?.summary() }).toEqual({
			usage: `[options] ${entry.usage ?? ''}`.trim(),
			summary: entry.summary,
		});
	});
});

test.each([[['--version']], [['--help']], [['help']], [[]], [['frobnicate']]])(
	'of %j nothing is loaded',
	async (args) => {
		const commands = await commandsFor(...args);
		expect(commands.map((command) => command.name())).toEqual(Object.keys(COMMANDS));
		expect(commands.flatMap(({ options }) => options)).toEqual([]);
	},
);

test('of help with a name that command is', async () => {
	const [command] = await commandsFor('help', 'replay');
	expect(command?.options.length).toBeGreaterThan(0);
});
