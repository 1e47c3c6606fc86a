import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { SetupFailed } from '../ports/configuration.ts';
import { commandOf, ShellStage } from '../testing/shell-stage.ts';
import { until } from '../testing/until.ts';

// They wait for real processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

test('a script that ends with 0 has succeeded, any other has failed', async () => {
	const stage = new ShellStage();
	expect(await stage.run('echo out; echo err >&2')).toBe('succeeded');
	expect(await stage.run('exit 3')).toBe('failed');
	expect(await stage.run('kill -TERM $$')).toBe('failed');
	expect(stage.log()).toMatch(/^out$/m);
	expect(stage.log()).toMatch(/^err$/m);
	expect(stage.log()).toContain('shell.exec (main, step 1): failed (exit status 3)');
	expect(stage.log()).toContain('failed (ended by SIGTERM)');
});

test('continue_on_err makes a failure a success', async () => {
	expect(await new ShellStage().run('exit 3', { continue_on_err: true })).toBe('succeeded');
});

test('a script that does not read its input to the end does no harm', async () => {
	const script = `exit 0\n${'# filler\n'.repeat(50_000)}`;
	expect(await new ShellStage().run(script)).toBe('succeeded');
});

test('a shell may be any program that reads a script', async () => {
	const stage = new ShellStage();
	const node = { shell: process.execPath };
	expect(await stage.run('console.log(1 + 1)', node)).toBe('succeeded');
	expect(stage.log()).toMatch(/^2$/m);
	expect(await stage.run('echo "$0"', { exec_as_string: true, shell: 'sh' })).toBe('succeeded');
});

test('a program is run with its arguments, or with those of a command line', async () => {
	const stage = new ShellStage();
	const run = (params: object) => stage.shell.run(commandOf('subprocess.exec', params)).outcome;
	expect(await run({ binary: 'echo', args: ['a  b', '${task_name}'] })).toBe('succeeded');
	expect(await run({ command: `sh -c "exit 4"` })).toBe('failed');
	expect(await run({ command: `sh -c "exit 4` })).toBe('failed');
	expect(await run({})).toBe('failed');
	expect(stage.log()).toMatch(/^a {2}b compile$/m);
	expect(stage.log()).toContain('a quote is left open');
	expect(stage.log()).toContain('neither binary nor command');
});

test('what cannot be started has failed, and the log says why', async () => {
	const stage = new ShellStage();
	expect(await stage.run('true', { shell: 'no-such-shell' })).toBe('failed');
	expect(await stage.run('true', { working_dir: 'nowhere' })).toBe('failed');
	expect(await stage.run('true', { silent: 'perhaps' })).toBe('failed');
	expect(stage.log()).toContain('ENOENT');
	expect(stage.log()).toContain('nowhere');
	expect(stage.log()).toContain('params.silent');
});

test('a command of the CI system does nothing and succeeds', async () => {
	const stage = new ShellStage();
	expect(await stage.shell.run(commandOf('git.get_project', {})).outcome).toBe('succeeded');
	expect(stage.log()).toContain('git.get_project is not available outside the CI system');
});

test('a command works in the folder of its execution, or in one below', async () => {
	const stage = new ShellStage();
	await stage.run('mkdir sub; pwd');
	await stage.run('pwd', { working_dir: 'sub' });
	await stage.run('pwd', { working_dir: '/' });
	const folder = join(stage.folder, 'tasks/t1/3');
	expect(stage.log().match(/^\/.*$/gm)).toEqual([folder, join(folder, 'sub'), '/']);
	await stage.shell.finish();
	expect(existsSync(folder)).toBe(false);
});

test('a command finds its execution in its environment, what it asks for, and no secret of the agent', async () => {
	vi.stubEnv('HOST_SECRET', 'host-secret');
	const stage = new ShellStage(
		{ environment: { EVR_AGENT_PID: '77' } },
		{ expansions: { a: 'x', b: 'y' } },
	);
	const script = 'echo "$EXECUTION $EVR_TASK_ID $CI $EVR_AGENT_PID [$a] [$b] [$HOST_SECRET] $C"';
	await stage.run(script, { env: { C: '${b}' }, include_expansions_in_env: ['a'] });
	await stage.run(script, { add_expansions_to_env: true });
	await stage.run('echo "$PATH"', { add_to_path: ['/opt/x'] });
	vi.unstubAllEnvs();
	expect(stage.log()).toMatch(/^3 t1 true 77 \[x\] \[\] \[\] y$/m);
	expect(stage.log()).toMatch(/^3 t1 true 77 \[x\] \[y\] \[\] $/m);
	expect(stage.log()).toContain(`/opt/x:${process.env['PATH']}`);
});

test('a command is given none of the agent’s own variables but what programs need', async () => {
	const secrets = {
		HOST_SECRET: 'x1',
		MULLIGAN_API_KEY: 'x2',
		DATABASE_URL: 'x3',
		PGPASSWORD: 'x4',
		MY_TOKEN: 'x5',
		LC_ALL: 'C',
		TZ: 'a host-secret',
	};
	for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value);
	const stage = new ShellStage();
	await stage.run('env');
	vi.unstubAllEnvs();
	const log = stage.log();
	expect(log).not.toMatch(/^(HOST_|MULLIGAN_|DATABASE_|PG|MY_|TZ)/m);
	expect(log).toMatch(/^LC_ALL=C$/m);
	expect(log).toContain(`\nPATH=${process.env['PATH']}\n`);
});

test('expansions are replaced before the shell sees the script', async () => {
	const stage = new ShellStage({}, { expansions: { revision: 'abc' } });
	await stage.run('echo ${revision} ${task_name} ${execution} ${unknown|none} $PWD ${workdir}');
	const folder = join(stage.folder, 'tasks/t1/3');
	expect(stage.log()).toContain(`abc compile 3 none ${folder} ${folder}`);
});

test('no secret reaches the log, however it is printed', async () => {
	const stage = new ShellStage({}, { secrets: [{ name: 'token', value: 'abcdef' }] });
	await stage.run('printf abc; sleep 0.05; printf "def\\n"; echo host-secret task-secret >&2');
	await stage.shell.finish();
	expect(stage.log()).toMatch(/^<REDACTED:token>$/m);
	expect(stage.log()).toMatch(/^<REDACTED:host_secret> <REDACTED:task_secret>$/m);
	expect(stage.log()).not.toMatch(/abc|def|host-secret|task-secret/);
});

test('a background command returns at once, and tells when it fails', async () => {
	const stage = new ShellStage();
	let failures = 0;
	const start = (script: string, params: object = {}): void =>
		stage.shell.start(commandOf('shell.exec', { script, ...params }), () => {
			failures++;
		});
	start('sleep 0.05; exit 1');
	start('sleep 0.05; exit 0');
	start('sleep 0.05; exit 1', { continue_on_err: true });
	expect(failures).toBe(0);
	await until(
		'all of them are over',
		() => (stage.log().match(/^\[.*Background/gm) ?? []).length === 3,
	);
	expect(failures).toBe(1);
});

test('a background command that cannot be run fails at once', () => {
	let failures = 0;
	new ShellStage().shell.start(commandOf('shell.exec', {}), () => {
		failures++;
	});
	expect(failures).toBe(1);
});

test('a host without room for an execution cannot run it', () => {
	expect(() => new ShellStage({ logs: import.meta.filename })).toThrow(SetupFailed);
});
