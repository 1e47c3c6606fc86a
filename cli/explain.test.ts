import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

test('each flag stands at its line, with where it works, where it is idle and what it restarts', async () => {
	expect(await exitStatus(['explain', 'example'], {})).toBe(0);
	const said = stdout.join('\n');
	expect(said).toMatch(/^example: 3 flagged commands, 2 of them work\n/);
	expect(said).toMatch(
		/\n\S+example\.yml:33:7 {2}git\.get_project in the function "clone"\n {2}works {4}in pre, 7 times .*\n {2}restarts the task, once \(7 tasks on a variant\)\n/,
	);
	expect(said).toMatch(
		/\n {2}idle {5}in 1 task, 2 times .*: the deployed agent asks for no restart/,
	);
	expect(said).toMatch(
		/\nprice {6}of 100 tasks \d\.\d\d turn .*\n {11}npx mulligan simulate example$/,
	);
});

test('as JSON', async () => {
	expect(await exitStatus(['explain', 'flaky', '--json'], {})).toBe(0);
	expect(JSON.parse(stdout.join('\n'))).toMatchObject({
		file: 'flaky',
		flags: [
			{ place: { line: 37 }, verdict: 'works' },
			{ verdict: 'works' },
			{ verdict: 'works' },
			{ verdict: 'works' },
		],
		price: { saved: expect.any(Number), restarts: expect.any(Number) },
	});
});

test('a file without flags has no price, one that cannot be read is bad input', async () => {
	const file = join(folder, 'a.yml');
	writeFileSync(file, 'tasks: [{ name: t }]\n');
	expect(await exitStatus(['explain', file], {})).toBe(0);
	expect(stdout).toEqual([`${file}: no flagged command`]);
	expect(await exitStatus(['explain', join(folder, 'none.yml')], {})).toBe(2);
	expect(stderr.join('')).toContain('there is no such file');
});
