import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { testFolder } from '../impl/testing/folder.ts';
import { HostFixture } from '../impl/testing/host-fixture.ts';
import { setupOf } from '../impl/testing/setups.ts';
import { untilGone } from '../impl/testing/shell-fixture.ts';
import { until } from '../impl/testing/until.ts';
import { Mulligan } from './testing/mulligan.ts';

/** A command and what it has started, which all run for a minute. It looks for secrets wherever it can. */
const FAMILY = `
sh -c 'echo $$ > ../child; sleep 60 & wait' &
env | sort
tr '\\0' '\\n' < /proc/$PPID/environ
tr '\\0' '\\n' < /proc/$PPID/cmdline
cat <&0 /proc/$PPID/fd/0 < /dev/null
ls $PPID
echo $$ > ../parent
wait
`;

async function fixture() {
	const params_yaml = stringify({ script: FAMILY });
	const command = { command: 'shell.exec', retry_on_failure: true, params_yaml };
	const post = { command: 'shell.exec', params_yaml: stringify({ script: 'touch ../post' }) };
	const host = await HostFixture.of(
		setupOf({ tasks: [{ name: 'compile', commands: [command] }], post: [post] }),
	);
	const flags = [
		'--api_server',
		host.server.url,
		'--working_directory',
		host.folder,
		'--status_port',
		'0',
	];
	const agent = new Mulligan(
		['agent', ...flags, '--host_id', 'h1', '--host_secret_file', '-'],
		{ MY_SECRET: 'of the user' },
		`${host.secret()}\n`,
	);
	const pid = async (name: string): Promise<number> => {
		const file = join(host.folder, 'tasks/t1', name);
		await until(`${name} runs`, () => existsSync(file) && readFileSync(file, 'utf8') !== '');
		return Number(readFileSync(file, 'utf8'));
	};
	return { host, agent, pids: [await pid('parent'), await pid('child')] };
}

test('SIGTERM kills what runs, and the agent exits 2 without an end', {
	timeout: 20_000,
}, async () => {
	const { host, agent, pids } = await fixture();
	agent.process.kill('SIGTERM');
	expect(await agent.exit()).toBe(2);
	for (const pid of pids) await untilGone(pid);
	expect(existsSync(join(host.folder, 'tasks/t1/post'))).toBe(false);
	expect(host.task()).toMatchObject({ status: 'started', mark: 'none' });
	expect(agent.out).toContain('"msg":"command starts"');
	const log = readFileSync(join(host.folder, 'logs/t1/0/task.log'), 'utf8');
	expect(log).toMatch(/^EXECUTION=0$/m);
	// It is in what the system shows of the agent, and not in what the command was given.
	expect(log.match(/^MY_SECRET=/gm)?.length ?? 0).toBe(process.platform === 'linux' ? 1 : 0);
	expect(log).not.toContain('REDACTED');
	expect(log + agent.out + agent.err).not.toContain(host.secret());
});

test('SIGKILL leaves nothing of the task on the host', { timeout: 20_000 }, async () => {
	const { agent, pids } = await fixture();
	agent.process.kill('SIGKILL');
	expect(await agent.exit()).toBeNull();
	for (const pid of pids) await untilGone(pid);
});

test('an agent does not start where the status port is taken', { timeout: 20_000 }, async () => {
	const other = createServer().listen(0, '127.0.0.1');
	onTestFinished(() => {
		other.close();
	});
	await until('the port is taken', () => other.listening);
	const address = other.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const host = await HostFixture.of(setupOf());
	const agent = new Mulligan([
		'agent',
		...['--api_server', host.server.url, '--working_directory', host.folder],
		...['--host_id', 'h1', '--host_secret', host.secret(), '--status_port', String(port)],
	]);
	expect(await agent.exit()).toBe(2);
	expect(agent.err).toContain(`port ${port} is taken`);
	expect(host.server.asked).toEqual([]);
});

test.each([
	['h1', 'refuses the host "h1" with status 401 (check its secret)'],
	['h2', 'knows no host "h2" (check --api_server, or register the host: npx mulligan host h2)'],
])(
	'an agent that is refused (%s) says why, and exits 1',
	{ timeout: 20_000 },
	async (id, sentence) => {
		const host = await HostFixture.of(setupOf());
		const agent = new Mulligan([
			'agent',
			...['--api_server', host.server.url, '--working_directory', host.folder],
			...['--host_id', id, '--host_secret', 'wrong', '--status_port', '0'],
		]);
		expect(await agent.exit()).toBe(1);
		expect(agent.err).toBe(`${READABLE}\nmulligan: ${host.server.url} ${sentence}\n`);
	},
);

/** What an argument is that every process can read. */
const READABLE =
	'warning: every process of this machine can read the secret in --host_secret: give it with --host_secret_file <file>, or - for the standard input; of the variable HOST_SECRET only processes of this user can read it, tasks among them';

test('an agent does not start in a folder that it cannot use', { timeout: 20_000 }, async () => {
	const agent = new Mulligan([
		'agent',
		...['--api_server', 'http://127.0.0.1:1', '--working_directory', import.meta.filename],
		...['--host_id', 'h1', '--host_secret', 's'],
	]);
	expect(await agent.exit()).toBe(2);
	expect(agent.err).toMatch(/^warning: .*\nmulligan: the folder .* cannot be used: .*\n$/);
});

test('a second agent in the same folder, by whatever way, is refused; after a SIGKILL it is not', {
	timeout: 60_000,
}, async () => {
	const host = await HostFixture.of(setupOf());
	const link = join(testFolder(), 'link');
	symlinkSync(host.folder, link);
	const start = (folder: string) =>
		new Mulligan(
			[
				'agent',
				...['--api_server', host.server.url, '--working_directory', folder, '--host_id', 'h1'],
				...['--host_secret_file', '-', '--status_port', '0'],
			],
			{},
			host.secret(),
		);
	const first = start(host.folder);
	await until('the agent waits', () => first.out.includes('waiting for tasks'));
	const second = start(link);
	expect(await second.exit()).toBe(2);
	const lock = join(host.folder, 'agent.lock');
	expect(second.err).toContain(
		`mulligan: the folder ${host.folder} is in use by process ${first.process.pid} (mulligan agent) since 20`,
	);
	expect(second.err).toContain(
		`(give another --working_directory; if that is no mulligan, remove ${lock})\n`,
	);
	expect(readFileSync(lock, 'utf8')).not.toContain('host_id');
	first.process.kill('SIGKILL');
	await first.exit();
	const third = start(link);
	await until('the next agent waits', () => third.out.includes('waiting for tasks'));
	third.process.kill('SIGTERM');
	expect(await third.exit()).toBe(2);
	expect(existsSync(join(host.folder, 'agent.lock'))).toBe(false);
});

test.each([
	[{}, '', /^mulligan: there is no secret of the host \(give --host_secret_file\)\n$/],
	[{ file: '-' }, ' \n', /^mulligan: --host_secret_file: there is no secret in the standard input/],
	[{ file: '/nowhere' }, '', /^mulligan: --host_secret_file: \/nowhere cannot be read: ENOENT/],
])(
	'an agent without a secret says so, and exits 2 (%j)',
	{ timeout: 20_000 },
	async (given, input, said) => {
		const file = 'file' in given ? ['--host_secret_file', given.file] : [];
		const flags = ['--api_server', 'http://127.0.0.1:1', '--host_id', 'h1'];
		const agent = new Mulligan(
			['agent', ...flags, ...file, '--working_directory', testFolder()],
			{},
			input,
		);
		expect(await agent.exit()).toBe(2);
		expect(agent.err).toMatch(said);
	},
);

test('an agent says which secrets its commands can read', { timeout: 20_000 }, async () => {
	const host = await HostFixture.of(setupOf());
	const flags = ['--api_server', host.server.url, '--working_directory', host.folder];
	const agent = new Mulligan(['agent', ...flags, '--host_id', 'h1', '--status_port', '0'], {
		HOST_SECRET: host.secret(),
		MULLIGAN_API_KEY: 'k',
	});
	await until('the agent waits', () => agent.out.includes('waiting for tasks'));
	expect(agent.err).toBe('');
	expect(agent.out).toContain('"variables":["HOST_SECRET","MULLIGAN_API_KEY"]');
	expect(agent.out).not.toContain(host.secret());
});
