import { afterEach, describe, expect, test } from 'vitest';
import { EXITS } from './exits.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { stdout } = surroundEachTest();

const { isTTY, columns } = process.stdout;
afterEach(() => Object.assign(process.stdout, { isTTY, columns }));

/** The help of a command on a terminal of so many columns. */
async function help(width: number, ...command: readonly string[]): Promise<string[]> {
	Object.assign(process.stdout, { isTTY: true, columns: width });
	expect(await exitStatus([...command, '--help'], {})).toBe(0);
	return stdout.join('').split('\n');
}

/** What cannot be broken: how a command is called, an option with its value, and examples. */
const isWhole = (line: string): boolean =>
	/^(Usage: | {2}npx mulligan | {2}[-[\w|.\]<>, ]+$)/.test(line);

describe.each([40, 80, 200])('on a terminal of %i columns', (width) => {
	test.each([[[]], ...Object.keys(EXITS).map((name) => [[name]])])(
		'the help of %j goes no further',
		async (command) => {
			const lines = await help(width, ...command);
			const beyond = lines.filter((line) => line.length > width && !isWhole(line));
			expect(beyond).toEqual([]);
		},
	);
});

test('a wide terminal is used: a paragraph is one line', async () => {
	const lines = await help(600, 'verify');
	expect(lines).toContainEqual(expect.stringMatching(/^Drives the model .* --help\)\. One .*\.$/));
});

test('a switch says no default, and an option with one does', async () => {
	const said = (await help(200, 'check')).join('\n');
	expect(said).not.toContain('default: false');
	expect(said).toContain('default: "quick"');
});

test('a default is said as it is typed', async () => {
	for (const command of Object.keys(EXITS))
		expect((await help(400, command)).join('\n')).not.toMatch(/default: \[/);
	expect((await help(400, 'replay')).join('\n')).toContain('(default: model,reference)');
});

test('a part of a run says in the help what it exits with', async () => {
	for (const command of ['verify', 'check', 'designs'])
		expect((await help(400, command)).join('\n')).toMatch(/0 [\w ]+, or a part that /);
});
