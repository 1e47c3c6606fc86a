import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXIT } from './exit.ts';
import { EXITS, exitsOf } from './exits.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const page = readFileSync(new URL('../docs/exit-codes.md', import.meta.url), 'utf8');
const { stdout } = surroundEachTest();

/** The rows of the page's table, each cell for itself. */
const rows = [...page.matchAll(/^\|(.+)\|$/gm)].map(([, row = '']) =>
	row.split('|').map((cell) => cell.trim()),
);

test('the page has every command with what its exit statuses mean, as its help says', () => {
	const [[, ...statuses] = [], , ...commands] = rows;
	expect(commands.map(([name]) => name)).toEqual(Object.keys(EXITS).map((name) => `\`${name}\``));
	for (const [name = '', ...cells] of commands) {
		const said = statuses.flatMap((status, at) =>
			cells[at] === '' ? [] : [[Number(status), cells[at]]],
		);
		expect(said, name).toEqual(exitsOf(name.replaceAll('`', '')));
	}
});

test('the page has every status that there is', () => {
	for (const status of Object.values(EXIT)) expect(rows[0]).toContain(String(status));
});

test('every command of the program has its row', async () => {
	expect(await exitStatus(['--help'], {})).toBe(0);
	const [, listed = ''] = /\nCommands:\n([\s\S]*?)\n\n/.exec(stdout.join('')) ?? [];
	const commands = [...listed.matchAll(/^ {2}([a-z]+) .*\S/gm)].map(([, name]) => name);
	expect(commands.filter((name) => name !== 'help')).toEqual(Object.keys(EXITS));
});

test.each([[[]], ...Object.keys(EXITS).map((name) => [[name]]), [['export', 'promela']]])(
	'the help of %j points to the page and gives an example that begins as all commands do',
	async (command) => {
		expect(await exitStatus([...command, '--help'], {})).toBe(0);
		const said = stdout.join('');
		expect(said).toContain('docs/exit-codes.md');
		expect(said).toMatch(/\nExamples?:\n {2}npx mulligan /);
		for (const [status, meaning] of command[0] === undefined ? [] : exitsOf(command[0]))
			expect(said.replaceAll(/\s+/g, ' ')).toContain(`${status} ${meaning}`);
	},
);
