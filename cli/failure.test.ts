import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from './exit.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

/** The one object that was printed. */
function printed(): unknown {
	expect(stdout).toHaveLength(1);
	return JSON.parse(stdout[0] ?? '');
}

const WITH_JSON: readonly (readonly string[])[] = [
	['verify'],
	['check'],
	['designs'],
	['simulate'],
	['replay'],
	['run'],
];

describe('with --json there is one object on stdout, whatever is wrong:', () => {
	test.each([
		...WITH_JSON.map((command) => [...command, '--json', '--no-such-option']),
		...WITH_JSON.map((command) => ['--json', ...command]),
		['simulate', '--json'],
		['replay', '--json'],
		['run', '--json'],
		['verify', '--json', '--seed', 'many'],
		['check', '--json', '--memory', 'lots'],
		['designs', '--json', '--profile', 'slow'],
		['verify', 'nowhere.yml', '--json'],
		['simulate', 'nowhere.yml', '--json'],
		['simulate', 'nowhere.yml', '--json', '--tasks', '3'],
		['check', 'nowhere', '--json'],
		['check', '--json', '--symmetry', '--bitstate'],
		['replay', 'nowhere', '--json'],
		['replay', 'v1.damaged', '--json'],
		['run', 'nowhere.yml', 'lint', '--json'],
		['designs', 'too-many', '--json'],
		['frobnicate', '--json'],
	])('%s %s %s %s %s', async (...args) => {
		expect(await exitStatus(args, {})).toBe(2);
		expect(printed()).toEqual({
			error: { kind: 'bad input', lines: expect.any(Array), exit: 2 },
		});
		expect(stdout[0]).not.toContain('"lines":[]');
		expect(stdout[0]).not.toContain('error: ');
		expect(stderr.join('')).not.toBe('');
	});

	test('of what cannot be written, too', async () => {
		writeFileSync(join(folder, 'file'), '');
		expect(await exitStatus(['verify', '--json'], { out: join(folder, 'file/out') })).toBe(2);
		expect(printed()).toMatchObject({
			error: { lines: [expect.stringContaining('reports cannot be written')] },
		});
	});

	test('of a bug, with its name; its stack is on stderr', async () => {
		const tryDesigns = () => Promise.reject(new TypeError('a bug'));
		expect(await exitStatus(['designs', '--json'], { tryDesigns, out: folder })).toBe(EXIT.bug);
		expect(printed()).toEqual({
			error: { kind: 'bug', lines: ['TypeError: a bug'], exit: EXIT.bug },
		});
		expect(stderr.join('\n')).toContain('this is a bug in mulligan');
	});
});

test('lines are those that people read on stderr', async () => {
	await exitStatus(['check', 'nowhere', '--json'], {});
	const lines = stderr.map((line) => line.replace(/^mulligan: /, ''));
	expect(printed()).toMatchObject({ error: { lines } });
	expect(lines.length).toBeGreaterThan(10);
});

test('help is help, with --json too', async () => {
	expect(await exitStatus(['verify', '--json', '--help'], {})).toBe(0);
	expect(stdout.join('')).toMatch(/^Usage: /);
});

test('without --json nothing is printed on stdout; nor where it is no option', async () => {
	expect(await exitStatus(['verify', '--fast'], {})).toBe(2);
	expect(await exitStatus(['replay', '--', '--json'], {})).toBe(2);
	expect(stdout).toEqual([]);
});
