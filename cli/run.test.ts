import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
			'failed after',
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
	expect(run.err).toMatch(/^warning: .*p\.yml:1:15: this time limit is no whole number/);
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
