import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { SetupFailed } from '../ports/configuration.ts';
import { testFolder } from '../testing/folder.ts';
import { commandOf, ShellFixture } from '../testing/shell-fixture.ts';
import { until } from '../testing/until.ts';

// They wait for real processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

test('a script that ends with 0 has succeeded, any other has failed', async () => {
	const fixture = new ShellFixture();
	expect(await fixture.run('echo out; echo err >&2')).toBe('succeeded');
	expect(await fixture.run('exit 3')).toBe('failed');
	expect(await fixture.run('kill -TERM $$')).toBe('failed');
	expect(fixture.log()).toMatch(/^out$/m);
	expect(fixture.log()).toMatch(/^err$/m);
	expect(fixture.log()).toContain('shell.exec (main, step 1): failed (exit status 3)');
	expect(fixture.log()).toContain('failed (ended by SIGTERM)');
});

test('continue_on_err makes a failure a success', async () => {
	expect(await new ShellFixture().run('exit 3', { continue_on_err: true })).toBe('succeeded');
});

test('a script that does not read its input to the end does no harm', async () => {
	const script = `exit 0\n${'# filler\n'.repeat(50_000)}`;
	expect(await new ShellFixture().run(script)).toBe('succeeded');
});

test('a shell may be any program that reads a script', async () => {
	const fixture = new ShellFixture();
	const node = { shell: process.execPath };
	expect(await fixture.run('console.log(1 + 1)', node)).toBe('succeeded');
	expect(fixture.log()).toMatch(/^2$/m);
	expect(await fixture.run('echo "$0"', { exec_as_string: true, shell: 'sh' })).toBe('succeeded');
});

test('a program is run with its arguments, or with those of a command line', async () => {
	const fixture = new ShellFixture();
	const run = (params: object) => fixture.outcome(commandOf('subprocess.exec', params));
	expect(await run({ binary: 'echo', args: ['a  b', '${task_name}'] })).toBe('succeeded');
	expect(await run({ command: `sh -c "exit 4"` })).toBe('failed');
	expect(await run({ command: `sh -c "exit 4` })).toBe('failed');
	expect(await run({})).toBe('failed');
	expect(fixture.log()).toMatch(/^a {2}b compile$/m);
	expect(fixture.log()).toContain('a quote is left open');
	expect(fixture.log()).toContain('neither binary nor command');
});

test('what cannot be started has failed, and the log says why', async () => {
	const fixture = new ShellFixture();
	expect(await fixture.run('true', { shell: 'no-such-shell' })).toBe('failed');
	expect(await fixture.run('true', { working_dir: 'nowhere' })).toBe('failed');
	expect(await fixture.run('true', { silent: 'perhaps' })).toBe('failed');
	expect(fixture.log()).toContain('ENOENT');
	expect(fixture.log()).toContain('nowhere');
	expect(fixture.log()).toContain('params.silent');
});

test('a command of the CI system does nothing and succeeds', async () => {
	const fixture = new ShellFixture();
	expect(await fixture.outcome(commandOf('git.get_project', {}))).toBe('succeeded');
	expect(fixture.log()).toContain('git.get_project is not available outside the CI system');
});

test('git.get_project gets its source, below the folder of the execution and nowhere else', async () => {
	const folder = testFolder();
	writeFileSync(join(folder, 'a.txt'), 'from the source');
	const fixture = new ShellFixture({ source: { kind: 'copy', folder } });
	const get = (directory: string) => fixture.outcome(commandOf('git.get_project', { directory }));
	expect(await get('${task_name}/src')).toBe('succeeded');
	await fixture.run('cat compile/src/a.txt');
	expect(fixture.log()).toMatch(/^from the source$/m);
	expect(await get('${workdir}/again')).toBe('succeeded');
	for (const elsewhere of ['.', '..', '../src', '/', folder, '${nothing}'])
		expect(await get(elsewhere)).toBe('failed');
	expect(fixture.log()).toContain('params.directory: it is no folder below that of the task');
	expect(readdirSync(folder)).toEqual(['a.txt']);
});

test('a command works in the folder of its execution, or in one below', async () => {
	const fixture = new ShellFixture();
	await fixture.run('mkdir sub; pwd');
	await fixture.run('pwd', { working_dir: 'sub' });
	await fixture.run('pwd', { working_dir: '/' });
	const folder = join(fixture.folder, 'tasks/t1/3');
	expect(fixture.log().match(/^\/.*$/gm)).toEqual([folder, join(folder, 'sub'), '/']);
	await fixture.shell.finish();
	expect(existsSync(folder)).toBe(false);
});

test('a command finds its execution in its environment, what it asks for, and no secret of the agent', async () => {
	vi.stubEnv('HOST_SECRET', 'host-secret');
	const fixture = new ShellFixture(
		{ environment: { EVR_AGENT_PID: '77' } },
		{ expansions: { a: 'x', b: 'y' } },
	);
	const script = 'echo "$EXECUTION $EVR_TASK_ID $CI $EVR_AGENT_PID [$a] [$b] [$HOST_SECRET] $C"';
	await fixture.run(script, { env: { C: '${b}' }, include_expansions_in_env: ['a'] });
	await fixture.run(script, { add_expansions_to_env: true });
	await fixture.run('echo "$PATH"', { add_to_path: ['/opt/x'] });
	vi.unstubAllEnvs();
	expect(fixture.log()).toMatch(/^3 t1 true 77 \[x\] \[\] \[\] y$/m);
	expect(fixture.log()).toMatch(/^3 t1 true 77 \[x\] \[y\] \[\] $/m);
	expect(fixture.log()).toContain(`/opt/x:${process.env['PATH']}`);
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
	const fixture = new ShellFixture();
	await fixture.run('env');
	vi.unstubAllEnvs();
	const log = fixture.log();
	expect(log).not.toMatch(/^(HOST_|MULLIGAN_|DATABASE_|PG|MY_|TZ)/m);
	expect(log).toMatch(/^LC_ALL=C$/m);
	expect(log).toContain(`\nPATH=${process.env['PATH']}\n`);
});

test('expansions are replaced before the shell sees the script', async () => {
	const fixture = new ShellFixture({}, { expansions: { revision: 'abc' } });
	await fixture.run('echo ${revision} ${task_name} ${execution} ${unknown|none} $PWD ${workdir}');
	const folder = join(fixture.folder, 'tasks/t1/3');
	expect(fixture.log()).toContain(`abc compile 3 none ${folder} ${folder}`);
});

test('no secret reaches the log, however it is printed', async () => {
	const fixture = new ShellFixture({}, { secrets: [{ name: 'token', value: 'abcdef' }] });
	await fixture.run('printf abc; sleep 0.05; printf "def\\n"; echo host-secret task-secret >&2');
	await fixture.shell.finish();
	expect(fixture.log()).toMatch(/^<REDACTED:token>$/m);
	expect(fixture.log()).toMatch(/^<REDACTED:host_secret> <REDACTED:task_secret>$/m);
	expect(fixture.log()).not.toMatch(/abc|def|host-secret|task-secret/);
});

test('a background command returns at once, and tells when it fails', async () => {
	const fixture = new ShellFixture();
	let failures = 0;
	const start = (script: string, params: object = {}): void =>
		fixture.shell.start(commandOf('shell.exec', { script, ...params }), () => {
			failures++;
		});
	start('sleep 0.05; exit 1');
	start('sleep 0.05; exit 0');
	start('sleep 0.05; exit 1', { continue_on_err: true });
	expect(failures).toBe(0);
	await until(
		'all of them are over',
		() => (fixture.log().match(/^\[.*Background/gm) ?? []).length === 3,
	);
	expect(failures).toBe(1);
});

test('a background command that cannot be run fails at once', () => {
	let failures = 0;
	new ShellFixture().shell.start(commandOf('shell.exec', {}), () => {
		failures++;
	});
	expect(failures).toBe(1);
});

test('a host without room for an execution cannot run it', () => {
	expect(() => new ShellFixture({ logs: import.meta.filename })).toThrow(SetupFailed);
});
