import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../impl/testing/folder.ts';
import { untilGone } from '../impl/testing/shell-stage.ts';
import { until } from '../impl/testing/until.ts';
import { folderOf } from '../scenarios/testing/folder.ts';
import { Mulligan } from './testing/mulligan.ts';

const FLAKY = join(import.meta.dirname, '../scenarios/projects/flaky.yml');
const TIMEOUT = { timeout: 30_000 };

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

test('Ctrl-C kills what runs and exits 130', TIMEOUT, async () => {
	const script =
		'tasks: [{ name: t, commands: [{ command: shell.exec, params: { script: "echo $$ > ../pid; sleep 60" } }] }]';
	const project = join(folderOf({ 'p.yml': script }), 'p.yml');
	const folder = testFolder();
	const run = new Mulligan(['run', project, 't', '--working_directory', folder]);
	const file = join(folder, 'tasks/t/pid');
	await until('the command runs', () => existsSync(file) && readFileSync(file, 'utf8') !== '');
	run.process.kill('SIGINT');
	expect(await run.exit()).toBe(130);
	await untilGone(Number(readFileSync(file, 'utf8')));
});

test('what cannot be run is told in one line, and exits 2', TIMEOUT, async () => {
	const run = new Mulligan(['run', FLAKY, 'unit-tests']);
	expect(await run.exit()).toBe(2);
	expect(run.err).toContain('there is no task "unit-tests" (there are: unit-test, broken,');
	expect(run.err.trim().split('\n')).toHaveLength(1);
});
