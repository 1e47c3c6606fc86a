import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { RULES } from '../scenarios/lint/finding.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

const FLAGGED = 'pre: [{ command: shell.exec, retry_on_failure: true }]';
const REST = `tasks: [{ name: t }]
buildvariants: [{ name: v, run_on: [d], tasks: [t] }]
`;

function idle(name = 'a.yml', first = FLAGGED): string {
	const path = join(folder, name);
	writeFileSync(path, `${first}\n${REST}`);
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

test('people see the line, and where else it is', async () => {
	const calls =
		'[{ func: f }, { func: f, retry_on_failure: true }, { func: f, retry_on_failure: true }]';
	const file = idle('a.yml', `functions: { f: [{ command: shell.exec }] }\npost: ${calls}`);
	expect(await exitStatus(['lint', file], {})).toBe(1);
	expect(stdout.slice(1, -1)).toEqual([
		'  1 | functions: { f: [{ command: shell.exec }] }',
		`  2 | post: ${calls}`,
		`    | ${' '.repeat(31)}^`,
		'  3 | tasks: [{ name: t }]',
		`  also ${file}:2:69`,
		'',
	]);
});

test('many files have one summary over all at the end, and one alone has its own', async () => {
	expect(await exitStatus(['lint', idle('a.yml'), idle('b.yml')], {})).toBe(1);
	expect(stdout.at(-1)).toBe('2 files: 2 flagged commands: 2 are idle in 2 blocks; 2 warnings');
	await exitStatus(['lint', idle('a.yml')], {});
	expect(stdout.at(-1)).toBe(
		`${join(folder, 'a.yml')}: 1 flagged command: 1 is idle in 1 block; 1 warning`,
	);
});

test('what goes on is told on stderr, and only to who waits for long', async () => {
	const files = [idle('a.yml'), idle('b.yml'), idle('c.yml')];
	await exitStatus(['lint', ...files], {});
	expect(stderr).toEqual([]);
	let now = 0;
	vi.spyOn(performance, 'now').mockImplementation(() => (now += 1500));
	await exitStatus(['lint', ...files], {});
	expect(stderr.join('')).toContain('lint: file 2 of 3');
});

describe('GitHub', () => {
	test('is told each finding at its line in the repository', async () => {
		mkdirSync(join(folder, '.git'));
		mkdirSync(join(folder, 'ci'));
		expect(await exitStatus(['lint', idle('ci/a.yml'), '--format', 'github'], {})).toBe(1);
		expect(stdout).toEqual([
			expect.stringMatching(
				/^::warning file=ci\/a\.yml,line=1,col=6,title=flag-in-block::retry_on_failure does nothing/,
			),
		]);
	});

	test('is told of a file that cannot be read, as the summary of the step is too', async () => {
		const page = join(folder, 'page.md');
		vi.stubEnv('GITHUB_STEP_SUMMARY', page);
		const none = join(folder, 'none.yml');
		expect(await exitStatus(['lint', none, idle(), '--format', 'github'], {})).toBe(2);
		vi.unstubAllEnvs();
		expect(stdout[0]).toMatch(/^::error file=[^,]*none\.yml,title=mulligan lint::there is no such/);
		expect(readFileSync(page, 'utf8')).toMatch(
			/^### mulligan lint\n\n1 flagged command: 1 is idle in 1 block; 1 warning\n\n.*none\.yml: there is no such file.*\n$/,
		);
	});
});

describe('SARIF', () => {
	const sarif = () => JSON.parse(stdout.at(-1) ?? '').runs[0];

	test('has each rule as the page tells it', async () => {
		await exitStatus(['lint', idle(), '--format', 'sarif'], {});
		const { rules } = sarif().tool.driver;
		expect(rules).toHaveLength(RULES.length);
		expect(rules).toContainEqual({
			id: 'flag-under-params',
			shortDescription: { text: expect.stringMatching(/^Nobody reads it there\.$/) },
			help: {
				text: 'docs/lint.md#flag-under-params',
				markdown: expect.stringMatching(/^\*warning\.\* [\s\S]*# bad[\s\S]*# good[\s\S]*```$/),
			},
			defaultConfiguration: { level: 'warning' },
		});
	});

	test('has findings, silenced ones and those of a baseline', async () => {
		const silenced = `${FLAGGED} # mulligan-ignore flag-in-block: until June`;
		const files = [idle('a.yml'), idle('b.yml', silenced), idle('c.yml')];
		const list = join(folder, 'baseline.json');
		await exitStatus(['lint', join(folder, 'c.yml'), '--write-baseline', list], {});
		expect(await exitStatus(['lint', ...files, '--baseline', list, '--format', 'sarif'], {})).toBe(
			1,
		);
		expect(sarif().results).toMatchObject([
			{ ruleId: 'flag-in-block', level: 'warning', suppressions: [] },
			{ suppressions: [{ kind: 'inSource', justification: 'until June' }] },
			{ suppressions: [{ kind: 'external' }] },
		]);
		expect(sarif().tool.driver.rules[sarif().results[0].ruleIndex].id).toBe('flag-in-block');
	});

	test('tells what could not be read', async () => {
		expect(await exitStatus(['lint', join(folder, 'none.yml'), '--format', 'sarif'], {})).toBe(2);
		expect(sarif().invocations).toMatchObject([{ executionSuccessful: false }]);
	});
});

test('what is silenced is counted apart, and not printed', async () => {
	const file = idle('a.yml', `${FLAGGED} # mulligan-ignore flag-in-block: until June`);
	expect(await exitStatus(['lint', file], {})).toBe(0);
	expect(stdout).toEqual([
		`${file}: 1 flagged command: 1 is idle in 1 block; 0 warnings; 1 silenced`,
	]);
	expect(await exitStatus(['lint', file, '--format', 'github'], {})).toBe(0);
	expect(stdout).toHaveLength(1);
	expect(await exitStatus(['lint', file, '--format', 'json'], {})).toBe(0);
	expect(JSON.parse(stdout.at(-1) ?? '').files[0].findings).toMatchObject([
		{ rule: 'flag-in-block', silenced: 'until June' },
	]);
});

test('a comment in a shared file that silences in one project is not unused for another', async () => {
	mkdirSync(join(folder, '.git'));
	const why = 'mulligan-ignore flag-in-block: until June';
	writeFileSync(join(folder, 'shared.yml'), `${FLAGGED} # ${why}\n`);
	const include = 'include: [{ filename: shared.yml }]';
	const off = idle('a.yml', include);
	const on = idle('b.yml', `${include}\npre_error_fails_task: true`);
	expect(await exitStatus(['lint', on], {})).toBe(0);
	expect(stdout[0]).toContain('[note: unused-ignore]');
	const before = stdout.length;
	expect(await exitStatus(['lint', off, on], {})).toBe(0);
	expect(stdout.slice(before)).toEqual([
		expect.stringContaining('1 silenced'),
		expect.stringContaining('1 works; 0 warnings'),
		expect.stringContaining('2 files: '),
	]);
});

describe('a baseline', () => {
	const list = join(folder, 'baseline.json');
	const write = (...files: string[]) =>
		exitStatus(['lint', ...files, '--write-baseline', list], {});

	test('is written, and what it lists is not counted any more', async () => {
		const file = idle();
		expect(await write(file)).toBe(0);
		expect(stdout.at(-1)).toContain('0 warnings; 1 in the baseline');
		const written = readFileSync(list, 'utf8');
		expect(JSON.parse(written).findings).toHaveLength(1);
		expect(await exitStatus(['lint', file, '--baseline', list], {})).toBe(0);
		expect(await exitStatus(['lint', file, '--baseline', list, '--format', 'json'], {})).toBe(0);
		expect(JSON.parse(stdout.at(-1) ?? '')).toMatchObject({
			files: [{ findings: [{ fingerprint: expect.any(String), baseline: true }] }],
			gone: [],
		});
		expect(await write(file)).toBe(0);
		expect(readFileSync(list, 'utf8')).toBe(written);
	});

	test('does not have what is new, or silenced', async () => {
		await write(idle('a.yml', `${FLAGGED} # mulligan-ignore flag-in-block: until June`));
		expect(JSON.parse(readFileSync(list, 'utf8')).findings).toEqual([]);
		expect(await exitStatus(['lint', idle(), '--baseline', list], {})).toBe(1);
	});

	test('is told what it lists and is gone, of the files that were read', async () => {
		await write(idle('a.yml'), idle('b.yml'));
		const file = idle('a.yml', '');
		expect(await exitStatus(['lint', file, '--baseline', list], {})).toBe(0);
		expect(stdout.at(-1)).toMatch(
			/baseline\.json: 1 entry matches nothing any more: flag-in-block in \S*a\.yml \(write it again with --write-baseline\)$/,
		);
	});

	test.each([
		['nothing', null],
		['what is none', '{}'],
	])('that is %s is bad input', async (_, text) => {
		if (text !== null) writeFileSync(list, text);
		expect(await exitStatus(['lint', idle(), '--baseline', list], {})).toBe(2);
		expect(stderr.join('')).toMatch(/baseline\.json: .*--write-baseline/);
		expect(stdout).toEqual([]);
	});

	test('is never written over something else, nor of what could not be read', async () => {
		writeFileSync(list, 'mine');
		expect(await write(idle())).toBe(2);
		expect(stderr.join('')).toContain('it stays as it is');
		expect(readFileSync(list, 'utf8')).toBe('mine');
		rmSync(list);
		expect(await write(idle(), join(folder, 'none.yml'))).toBe(2);
		expect(existsSync(list)).toBe(false);
	});

	test('that cannot be written is bad input', async () => {
		expect(
			await exitStatus(['lint', idle(), '--write-baseline', join(idle('b.yml'), 'b.json')], {}),
		).toBe(2);
		expect(stderr.join('')).toContain('the baseline cannot be written');
	});
});

test('a file that cannot be read is bad input', async () => {
	expect(await exitStatus(['lint', join(folder, 'none.yml')], {})).toBe(2);
	expect(stderr.join('')).toContain('there is no such file');
});

test('a project that comes along can be named without its folder', async () => {
	expect(await exitStatus(['lint', 'flaky'], {})).toBe(0);
	expect(stdout.join('\n')).toContain('4 flagged commands: 4 work');
});
