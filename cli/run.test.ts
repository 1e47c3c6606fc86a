import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TaskWithHistory } from '../impl/routes/user-schemas.ts';
import { testFolder } from '../impl/testing/folder.ts';
import { untilGone } from '../impl/testing/shell-fixture.ts';
import { until } from '../impl/testing/until.ts';
import { folderOf } from '../scenarios/testing/folder.ts';
import { Mulligan } from './testing/mulligan.ts';

const FLAKY = join(import.meta.dirname, '../scenarios/projects/flaky.yml');
const TIMEOUT = { timeout: 90_000 };

test(
	'a task that fails once is restarted before the eyes of the user, and exits 0',
	TIMEOUT,
	async () => {
		const folder = testFolder();
		const run = new Mulligan(['run', FLAKY, 'unit-test', '--working_directory', folder]);
		expect(await run.exit()).toBe(0);
		const told = [
			'execution 0 starts: ok (200)',
			'shell.exec "fetch the fixtures" of function "download" (main, step 1), retry_on_failure',
			'| could not resolve host: fixtures.invalid',
			'failed with exit code 6 after',
			'the agent asks for a restart of the task at its end: granted (200)',
			'| tidying up after execution 0 of unit-test',
			'the agent ends the execution as failed / setup: ok (200)',
			'the app server restarts the task: execution 1',
			'execution 1 starts: ok (200)',
			'| 12 tests passed',
			'the agent ends the execution as success: ok (200)',
			'unit-test: success in execution 1',
		];
		const places = told.map((line) => run.out.indexOf(line));
		expect(places).not.toContain(-1);
		expect(places).toEqual(places.toSorted((one, other) => one - other));
		expect(run.err).toBe('');
		expect(readFileSync(join(folder, 'logs/unit-test/1/task.log'), 'utf8')).toContain(
			'12 tests passed',
		);
	},
);

test('a task that fails in the end exits 1', TIMEOUT, async () => {
	const run = new Mulligan(['run', FLAKY, 'lint']);
	expect(await run.exit()).toBe(1);
	expect(run.out).toContain('lint: failed in execution 0');
	expect(run.out).not.toContain('asks for a restart');
});

test('with --json the task and its executions are printed, and nothing else', TIMEOUT, async () => {
	const run = new Mulligan(['run', FLAKY, 'unit-test', '--json']);
	expect(await run.exit()).toBe(0);
	expect(run.err).toBe('');
	expect(TaskWithHistory.parse(JSON.parse(run.out))).toMatchObject({
		name: 'unit-test',
		status: 'success',
		execution: 1,
		started_by: { by: 'mark', execution: 0 },
		history: [{ execution: 0, mark: 'granted', details: { status: 'failed', type: 'setup' } }],
	});
});

test('what a process says about the end is told', TIMEOUT, async () => {
	const run = new Mulligan(['run', FLAKY, 'posts-its-status']);
	expect(await run.exit()).toBe(0);
	expect(run.out).toContain('    its own words: good enough\n');
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
	'%s kills what runs, leaves no folder, and exits 130',
	TIMEOUT,
	async (signal) => {
		const script =
			'tasks: [{ name: t, commands: [{ command: shell.exec, params: { script: "echo pid $$; sleep 60" } }] }]';
		const project = join(folderOf({ 'p.yml': script }), 'p.yml');
		const temporary = testFolder();
		const run = new Mulligan(['run', project, 't'], { TMPDIR: temporary });
		const pid = (): number => Number(/\| pid (\d+)/.exec(run.out)?.[1] ?? 0);
		await until('the command runs', () => pid() > 0);
		expect(readdirSync(temporary).filter((name) => name.startsWith('mulligan-run-'))).toHaveLength(
			1,
		);
		run.process.kill(signal);
		expect(await run.exit()).toBe(130);
		await untilGone(pid());
		expect(readdirSync(temporary).filter((name) => name.startsWith('mulligan-run-'))).toEqual([]);
		expect(run.out).toContain('interrupted: killing what runs');
	},
);

test('an interrupted task is printed as it was left', TIMEOUT, async () => {
	const script =
		'tasks: [{ name: t, commands: [{ command: shell.exec, params: { script: "touch started; sleep 60" } }] }]';
	const project = join(folderOf({ 'p.yml': script }), 'p.yml');
	const folder = testFolder();
	const run = new Mulligan(['run', project, 't', '--json', '--working_directory', folder]);
	await until('the command runs', () => existsSync(join(folder, 'tasks/t/0/started')));
	run.process.kill('SIGINT');
	expect(await run.exit()).toBe(130);
	expect(TaskWithHistory.parse(JSON.parse(run.out))).toMatchObject({ status: 'started' });
});

test('what a file says in vain is told, and stops nothing', TIMEOUT, async () => {
	const project = join(
		folderOf({ 'p.yml': 'timeout_secs: soon\ntasks: [{ name: t, commands: [] }]\n' }),
		'p.yml',
	);
	const run = new Mulligan(['run', project, 't']);
	expect(await run.exit()).toBe(0);
	expect(run.err).toMatch(/^warning: .*p\.yml:1:15: "timeout_secs" is no whole number/);
});

test(
	'a folder in which nothing can be done is told in one line, and exits 2',
	TIMEOUT,
	async () => {
		const run = new Mulligan(['run', FLAKY, 'lint', '--working_directory', FLAKY]);
		expect(await run.exit()).toBe(2);
		expect(run.err).toMatch(
			/^mulligan: the folder .* cannot be used: .*\(give another --working_directory\)\n$/,
		);
	},
);

test('what cannot be run is told in one line, and exits 2', TIMEOUT, async () => {
	const run = new Mulligan(['run', FLAKY, 'unit-tests']);
	expect(await run.exit()).toBe(2);
	expect(run.err).toContain('there is no task "unit-tests" (there are: unit-test, broken,');
	expect(run.err.trim().split('\n')).toHaveLength(1);
});

/** A project file whose task `t` clones into `src`, and prints what is in it. */
const CLONING = `functions:
  fetch:
    - command: git.get_project
      params: { directory: src }
tasks:
  - name: t
    commands:
      - func: fetch
      - { command: shell.exec, params: { working_dir: src, script: "echo found $(ls -A); cat a.txt; echo x >> a.txt" } }
`;

const cloning = (): string => join(folderOf({ 'p.yml': CLONING }), 'p.yml');

function repository(): string {
	const folder = folderOf({ 'a.txt': 'committed' });
	const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args]);
	git('init', '--quiet');
	git('add', '--all');
	const author = ['-c', 'user.name=t', '-c', 'user.email=t@localhost'];
	git(...author, 'commit', '--quiet', '--message', 'one');
	writeFileSync(join(folder, 'a.txt'), 'changed');
	return folder;
}

test(
	'a task that clones is not started without a source: the place and the remedy are told',
	TIMEOUT,
	async () => {
		const project = cloning();
		const run = new Mulligan(['run', project, 't']);
		expect(await run.exit()).toBe(2);
		expect(run.out).toBe('');
		expect(run.err).toBe(
			`mulligan: ${project}:3:7: the task "t" clones the project: git.get_project of the function "fetch" has no source here, so nothing is started (give the folder of the project with --source: of a git repository a clone is made, of another folder a copy)\n`,
		);
	},
);

test('a folder is copied for it, which stays as it is', TIMEOUT, async () => {
	const [project, source] = [cloning(), folderOf({ 'a.txt': 'as it is', '-b': '' })];
	const run = new Mulligan(['run', project, 't', '--source', source]);
	expect(await run.exit()).toBe(0);
	expect(run.out).toContain(`git.get_project gets a copy of ${source}: 2 files, 8 bytes\n`);
	expect(run.out).toContain('| found -b a.txt\n');
	expect(run.out).toContain('| as it is\n');
	expect(run.out).toContain(`again with: npx mulligan run --source ${source} ${project} t\n`);
	expect(readFileSync(join(source, 'a.txt'), 'utf8')).toBe('as it is');
});

test('a git repository is cloned for it, as it was committed', TIMEOUT, async () => {
	const source = repository();
	const run = new Mulligan(['run', cloning(), 't', '--source', source]);
	expect(await run.exit()).toBe(0);
	expect(run.out).toMatch(
		/^git\.get_project gets a clone of .*, as committed; what is not committed is not in it$/m,
	);
	expect(run.out).toContain('| found .git a.txt\n');
	expect(run.out).toContain('| committed\n');
	expect(readFileSync(join(source, 'a.txt'), 'utf8')).toBe('changed');
});

test('a clone is killed by Ctrl-C as any command is', TIMEOUT, async () => {
	const bin = folderOf({
		git: '#!/bin/sh\ncase "$*" in *clone*) echo $$ > "$0.pid"; sleep 60 ;; esac\nPATH=${PATH#*:} exec git "$@"\n',
	});
	chmodSync(join(bin, 'git'), 0o755);
	const path = `${bin}:${process.env['PATH']}`;
	const run = new Mulligan(['run', cloning(), 't', '--source', repository()], { PATH: path });
	const pid = (): number =>
		existsSync(join(bin, 'git.pid')) ? Number(readFileSync(join(bin, 'git.pid'), 'utf8')) : 0;
	await until('git clones', () => pid() > 0);
	run.process.kill('SIGINT');
	expect(await run.exit()).toBe(130);
	await untilGone(pid());
});

test.each([
	[
		'that is not there',
		(folder: string) => ['--source', join(folder, 'nowhere')],
		'cannot be read: ENOENT',
	],
	[
		'in which the work is done',
		(folder: string) => ['--source', folder, '--working_directory', join(folder, 'w')],
		'lie in each other',
	],
	[
		'that lies where the work is done',
		(folder: string) => ['--source', folder, '--working_directory', join(folder, '..')],
		'lie in each other',
	],
])('a source %s is refused before anything starts', TIMEOUT, async (_what, flags, said) => {
	const source = folderOf({ 'a.txt': 'a' });
	const run = new Mulligan(['run', cloning(), 't', ...flags(source)]);
	expect(await run.exit()).toBe(2);
	expect(run.err).toContain(said);
	expect(run.out).not.toContain('execution 0');
	expect(readdirSync(source)).toEqual(['a.txt']);
});

test(
	'a task that is on no variant is run, and no variant is named that nobody wrote',
	TIMEOUT,
	async () => {
		const run = new Mulligan(['run', cloning(), 't', '--source', folderOf({ 'a.txt': '' })]);
		expect(await run.exit()).toBe(0);
		expect(run.out).toMatch(/^mulligan run: task "t" of \S+p\.yml$/m);
	},
);
