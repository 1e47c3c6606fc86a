import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

function idle(name = 'a.yml'): string {
	const path = join(folder, name);
	writeFileSync(
		path,
		`pre: [{ command: shell.exec, retry_on_failure: true }]
tasks: [{ name: t }]
buildvariants: [{ name: v, run_on: [d], tasks: [t] }]
`,
	);
	return path;
}

test('people read place, remedy, rule and a count; warnings beyond the allowed exit with 1', async () => {
	const file = idle();
	expect(await exitStatus(['lint', file], {})).toBe(1);
	expect(stdout[0]).toMatch(
		/^\S+a\.yml:1:6: .* \(set pre_error_fails_task: true, or .*\) \[warning: flag-in-block\]$/,
	);
	expect(stdout.at(-1)).toContain('1 flagged command: 1 is idle in 1 block; 1 warning');
	expect(await exitStatus(['lint', file, '--max-warnings', '1'], {})).toBe(0);
});

test('many files are one object for machines', async () => {
	const files = [idle('a.yml'), idle('b.yml')];
	expect(await exitStatus(['lint', ...files, '--format', 'json'], {})).toBe(1);
	expect(JSON.parse(stdout.join('\n'))).toMatchObject({
		files: files.map((file) => ({
			file,
			counts: { flags: 1 },
			findings: [{ line: 1, column: 6 }],
		})),
	});
});

test('a file that cannot be read takes nothing from the others', async () => {
	expect(await exitStatus(['lint', join(folder, 'none.yml'), idle()], {})).toBe(2);
	expect(stdout.join('\n')).toContain('a.yml: 1 flagged command');
	expect(stderr.join('')).toContain('there is no such file');
});

test('GitHub is told each finding at its line', async () => {
	expect(await exitStatus(['lint', idle(), '--format', 'github'], {})).toBe(1);
	expect(stdout).toEqual([
		expect.stringMatching(/^::warning .*title=flag-in-block.*::.*a\.yml:1:6/),
	]);
});

test('a file that cannot be read is bad input', async () => {
	expect(await exitStatus(['lint', join(folder, 'none.yml')], {})).toBe(2);
	expect(stderr.join('')).toContain('there is no such file');
});
