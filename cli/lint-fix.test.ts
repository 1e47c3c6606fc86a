import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

const OFF = ', retry_on_failure: true';
const ON = 'buildvariants: [{ name: v, run_on: [d], tasks: [t] }]\n';
const REST = `tasks: [{ name: t, commands: [{ command: host.list }] }]\n${ON}`;
const IDLE = `timeout: [{ command: shell.exec${OFF} }] # ends\r\n${REST}`;

function written(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const fix = (...args: readonly string[]) => exitStatus(['lint', '--fix', ...args], {});

test('what can be mended is, and what is told and counted is what is left', async () => {
	const file = written('a.yml', IDLE);
	expect(await exitStatus(['lint', file], {})).toBe(1);
	expect(read('a.yml')).toBe(IDLE);
	expect(await fix(file)).toBe(0);
	expect(read('a.yml')).toBe(IDLE.replace(OFF, ''));
	expect(stdout.slice(-2)).toEqual([
		`${file}: 1 flag taken off`,
		`${file}: no flagged command; 0 warnings`,
	]);
	expect(await fix(file)).toBe(0);
	expect(stdout.at(-1)).toBe(`${file}: no flagged command; 0 warnings`);
	expect(stderr).toEqual([]);
});

test('machines are told what was fixed', async () => {
	const file = written('a.yml', IDLE);
	expect(await fix(file, '--format', 'json')).toBe(0);
	expect(JSON.parse(stdout.join('\n'))).toMatchObject({
		files: [{ findings: [] }],
		fixed: [{ rule: 'flag-in-block', file, line: 1, column: 10, message: expect.any(String) }],
	});
});

test('what stays is told with why, on stderr', async () => {
	const anchored = '{ command: shell.exec, retry_on_failure: &on true }';
	const file = written('a.yml', `timeout: [${anchored}, { command: shell.exec${OFF} }]\n${REST}`);
	expect(await fix(file)).toBe(1);
	expect(read('a.yml')).toBe(`timeout: [${anchored}, { command: shell.exec }]\n${REST}`);
	expect(stderr).toEqual([
		`mulligan: ${file}:1:34: the flag stays: more than its line would change, or an anchor be lost`,
	]);
});

test('what can be fixed has its edit in SARIF', async () => {
	await exitStatus(['lint', written('a.yml', IDLE), '--format', 'sarif'], {});
	expect(JSON.parse(stdout.join('\n')).runs[0].results[0].fixes).toMatchObject([
		{
			artifactChanges: [
				{
					replacements: [
						{ deletedRegion: { startLine: 1, startColumn: 32, endLine: 1, endColumn: 56 } },
					],
				},
			],
		},
	]);
});

test('what a comment or a baseline keeps stays', async () => {
	const silenced = IDLE.replace('# ends', '# mulligan-ignore flag-in-block: until June');
	const file = written('a.yml', silenced);
	expect(await fix(file)).toBe(0);
	expect(read('a.yml')).toBe(silenced);
	const other = written('b.yml', IDLE);
	const list = join(folder, 'baseline.json');
	await exitStatus(['lint', other, '--write-baseline', list], {});
	expect(await fix(other, '--baseline', list)).toBe(0);
	expect(read('b.yml')).toBe(IDLE);
});

test('a flag that one comment keeps is not taken off for another finding', async () => {
	const text = `functions: { f: [{ command: shell.exec${OFF} }] }
timeout: [{ func: f }]
task_groups:
  # mulligan-ignore flag-in-block: until June
  - { name: g, tasks: [t], teardown_group: [{ func: f }] }
${REST.replace('tasks: [t]', 'tasks: [g]')}`;
	const file = written('a.yml', text);
	expect(await fix(file)).toBe(1);
	expect(read('a.yml')).toBe(text);
	expect(stderr).toEqual([expect.stringContaining('a.yml: 1 flag not taken off')]);
});

test('a file that several projects read is mended where none of them needs the flag', async () => {
	mkdirSync(join(folder, '.git'));
	const shared = `functions: { f: [{ command: shell.exec${OFF} }] }\n`;
	written('shared.yml', shared);
	const include = 'include: [{ filename: shared.yml }]\n';
	const idle = written('a.yml', `${include}timeout: [{ func: f }]\n${REST}`);
	const needs = written('b.yml', `${include}tasks: [{ name: t, commands: [{ func: f }] }]\n${ON}`);
	expect(await fix(idle, needs)).toBe(1);
	expect(read('shared.yml')).toBe(shared);
	expect(stderr).toEqual([expect.stringContaining('another of these projects may need it')]);
	const too = written('c.yml', `${include}timeout: [{ func: f }]\n${REST}`);
	expect(await fix(idle, too)).toBe(0);
	expect(read('shared.yml')).toBe(shared.replace(OFF, ''));
});

test('a link out of the project is not followed, and that is said', async () => {
	mkdirSync(join(folder, 'project/.git'), { recursive: true });
	written('a.yml', IDLE);
	symlinkSync('../a.yml', join(folder, 'project/a.yml'));
	expect(await fix(join(folder, 'project/a.yml'))).toBe(1);
	expect(read('a.yml')).toBe(IDLE);
	expect(stderr).toEqual([
		expect.stringMatching(
			/^mulligan: .*a\.yml: nothing is fixed here, as it leads out of the project$/,
		),
	]);
});
