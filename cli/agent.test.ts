import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { HostStage } from '../impl/testing/host-stage.ts';
import { setupOf } from '../impl/testing/setups.ts';
import { untilGone } from '../impl/testing/shell-stage.ts';
import { until } from '../impl/testing/until.ts';
import { Mulligan } from './testing/mulligan.ts';

/** A command and what it has started, which all run for a minute. */
const FAMILY = `
sh -c 'echo $$ > ../child; sleep 60 & wait' &
echo $$ > ../parent
echo my secret is $MY_SECRET
wait
`;

async function stage() {
	const params_yaml = stringify({ script: FAMILY });
	const command = { command: 'shell.exec', retry_on_failure: true, params_yaml };
	const post = { command: 'shell.exec', params_yaml: stringify({ script: 'touch ../post' }) };
	const host = await HostStage.of(
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
	const agent = new Mulligan(['agent', ...flags], {
		HOST_ID: 'h1',
		HOST_SECRET: host.secret(),
		MY_SECRET: host.secret(),
	});
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
	const { host, agent, pids } = await stage();
	agent.process.kill('SIGTERM');
	expect(await agent.exit()).toBe(2);
	for (const pid of pids) await untilGone(pid);
	expect(existsSync(join(host.folder, 'tasks/t1/post'))).toBe(false);
	expect(host.task()).toMatchObject({ status: 'started', mark: 'none' });
	expect(agent.out).toContain('"msg":"command starts"');
	const log = readFileSync(join(host.folder, 'logs/t1/0/task.log'), 'utf8');
	expect(log).toContain('my secret is <REDACTED:host_secret>');
	expect(log + agent.out + agent.err).not.toContain(host.secret());
});

test('SIGKILL leaves nothing of the task on the host', { timeout: 20_000 }, async () => {
	const { agent, pids } = await stage();
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
	const host = await HostStage.of(setupOf());
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
	['h1', 'refuses the host "h1" with status 401 (check --host_secret)'],
	['h2', 'knows no host "h2" (check --api_server, or register the host: npx mulligan host h2)'],
])(
	'an agent that is refused (%s) says why, and exits 1',
	{ timeout: 20_000 },
	async (id, sentence) => {
		const host = await HostStage.of(setupOf());
		const agent = new Mulligan([
			'agent',
			...['--api_server', host.server.url, '--working_directory', host.folder],
			...['--host_id', id, '--host_secret', 'wrong', '--status_port', '0'],
		]);
		expect(await agent.exit()).toBe(1);
		expect(agent.err).toBe(`mulligan: ${host.server.url} ${sentence}\n`);
	},
);

test('an agent does not start in a folder that it cannot use', { timeout: 20_000 }, async () => {
	const agent = new Mulligan([
		'agent',
		...['--api_server', 'http://127.0.0.1:1', '--working_directory', import.meta.filename],
		...['--host_id', 'h1', '--host_secret', 's'],
	]);
	expect(await agent.exit()).toBe(2);
	expect(agent.err).toMatch(/^mulligan: the folder .* cannot be used: .*\n$/);
});
