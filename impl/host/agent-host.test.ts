import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { stringify } from 'yaml';
import type { Command, Project } from '../../model/vocabulary/project.ts';
import { HostFixture } from '../testing/host-fixture.ts';
import { setupOf } from '../testing/setups.ts';
import { untilGone } from '../testing/shell-fixture.ts';
import { until } from '../testing/until.ts';
import { isAlive } from './orphans.ts';

// They wait for real processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const script = (text: string, more: Partial<Command> = {}): Command => ({
	command: 'shell.exec',
	params_yaml: stringify({ script: text }),
	...more,
});

const fixtureOf = (commands: Command[], project: Partial<Project> = {}): Promise<HostFixture> =>
	HostFixture.of(setupOf({ tasks: [{ name: 'compile', commands }], ...project }));

const log = (fixture: HostFixture, execution: number): string =>
	readFileSync(join(fixture.folder, `logs/t1/${execution}/task.log`), 'utf8');

const untilDone = (fixture: HostFixture, execution = 0): Promise<void> =>
	until(`execution ${execution} has ended`, () => {
		const { execution: current, status, restart_pending } = fixture.task();
		return current === execution && /success|failed/.test(status) && !restart_pending;
	});

/** Which calls were made, without those for work, configuration and reports. */
const calls = (fixture: HostFixture): string[] =>
	fixture.server.asked
		.filter((asked) => asked.startsWith('POST') && !/(heartbeat|s3_usage)$/.test(asked))
		.map((asked) => asked.split('/').at(-1) ?? '');

test('a flagged command that fails once is retried, and the task succeeds', async () => {
	const fixture = await fixtureOf(
		[script('[ $EXECUTION = 1 ]', { retry_on_failure: true, type: 'setup' })],
		{ post: [script('echo post of ${execution}')] },
	);
	await fixture.agent();
	await untilDone(fixture, 1);
	expect(fixture.task()).toMatchObject({ status: 'success', automatic_restarts: 1 });
	expect(fixture.store.committedHistory('t1')).toMatchObject([
		{ execution: 0, mark: 'granted', details: { status: 'failed', type: 'setup' } },
	]);
	expect(calls(fixture)).toEqual(['start', 'restart', 'end', 'start', 'end']);
	expect(log(fixture, 0)).toMatch(/^post of 0$/m);
	expect(log(fixture, 1)).toMatch(/^post of 1$/m);
});

test('a time-out is told to the app server, runs the timeout block, and is retried', async () => {
	const fixture = await fixtureOf(
		[script('[ $EXECUTION = 1 ] || sleep 60', { retry_on_failure: true })],
		{
			timeout: [script('echo took too long')],
		},
	);
	await fixture.agent({ limits: { idle_s: 20 } });
	await untilDone(fixture, 1);
	expect(fixture.store.committedHistory('t1')).toMatchObject([{ details: { timed_out: 'idle' } }]);
	expect(log(fixture, 0)).toMatch(/^took too long$/m);
});

test('nothing of an execution is left on the host when its end is sent', async () => {
	const fixture = await fixtureOf([script(`sleep 60 & echo $! > ../left`)]);
	let aliveAtEnd: boolean | null = null;
	const pid = (): number => Number(readFileSync(join(fixture.folder, 'tasks/t1/left'), 'utf8'));
	fixture.intercept = async (request, forward) => {
		if (request.url.endsWith('/end')) {
			await untilGone(pid());
			aliveAtEnd = existsSync(join(fixture.folder, 'tasks/t1/0'));
		}
		return forward(request);
	};
	await fixture.agent();
	await untilDone(fixture);
	expect(aliveAtEnd).toBe(false);
});

test('an end is sent again until it is heard, and ends the task once', async () => {
	const fixture = await fixtureOf([script('true')]);
	let ends = 0;
	fixture.intercept = async (request, forward) => {
		const response = await forward(request);
		if (!request.url.endsWith('/end')) return response;
		return ++ends < 3 ? new Response('', { status: 502 }) : response;
	};
	await fixture.agent();
	await until('the end was heard', () => ends === 3);
	await untilDone(fixture);
	expect(fixture.task()).toMatchObject({ status: 'success', execution: 0 });
});

test('an abort kills the running command, makes no mark, and post runs', async () => {
	const fixture = await fixtureOf([script('sleep 60', { retry_on_failure: true })], {
		post: [script('echo tidied up')],
	});
	await fixture.agent();
	await until('the command runs', () => existsSync(join(fixture.folder, 'tasks/t1/0')));
	await fixture.app.context.store.transaction(async (tx) => {
		const task = await tx.task('t1');
		if (task !== undefined) await tx.saveTask({ ...task, aborted: true });
	});
	await untilDone(fixture);
	expect(fixture.task()).toMatchObject({ status: 'failed', details: { description: 'aborted' } });
	expect(calls(fixture)).toEqual(['start', 'end']);
	expect(log(fixture, 0)).toMatch(/^tidied up$/m);
});

test('an agent whose heartbeat is refused kills its commands, and sends no end', async () => {
	const fixture = await fixtureOf([script(`echo $$ > ../pid; sleep 60`)]);
	fixture.intercept = (request, forward) =>
		request.url.endsWith('/heartbeat')
			? Response.json({ outcome: 'refused_not_running' }, { status: 409 })
			: forward(request);
	await fixture.agent();
	const file = join(fixture.folder, 'tasks/t1/pid');
	await until('the command runs', () => existsSync(file) && readFileSync(file, 'utf8') !== '');
	await untilGone(Number(readFileSync(file, 'utf8')));
	await until('it asks for work again', () => fixture.server.asked.at(-1)?.endsWith('next_task'));
	expect(calls(fixture)).toEqual(['start']);
});

test('an agent that nobody hears kills its commands when F is over', async () => {
	const fixture = await fixtureOf([script(`echo $$ > ../pid; sleep 60`)]);
	let cutOff = false;
	fixture.intercept = (request, forward) =>
		cutOff ? new Promise<Response>(() => {}) : forward(request);
	// F is 6 minutes: 3.6 s.
	await fixture.agent({ pace: 0.01 });
	const file = join(fixture.folder, 'tasks/t1/pid');
	await until('the command runs', () => existsSync(file) && readFileSync(file, 'utf8') !== '');
	cutOff = true;
	const began = performance.now();
	await untilGone(Number(readFileSync(file, 'utf8')));
	expect(performance.now() - began).toBeGreaterThan(3000);
	expect(calls(fixture)).toEqual(['start']);
});

test('a task whose configuration cannot be had is started, and ends as a system failure', async () => {
	const fixture = await fixtureOf([script('true')]);
	fixture.intercept = (request, forward) =>
		request.url.endsWith('/parser_project') ? new Response('{}') : forward(request);
	await fixture.agent();
	await untilDone(fixture);
	expect(fixture.task().details).toEqual({
		status: 'failed',
		type: 'system',
		description: 'task system-failed for unknown reasons',
		timed_out: null,
	});
	expect(calls(fixture)).toEqual(['start', 'end']);
});

test('a status that a command posts decides, and stops what follows', async () => {
	const body = JSON.stringify({
		status: 'failed',
		type: 'setup',
		desc: 'no disk',
		add_failure_metadata_tags: ['disk'],
	});
	const post = `
const post = (path, body) => fetch('http://127.0.0.1:' + process.env.EVR_STATUS_PORT + path, { method: 'POST', body });
const tagged = await post('/failure_metadata_tag', '{"add_failure_metadata_tags":["slow"]}');
const answer = await post('/task_status', '${body}');
process.exit(answer.status === 200 && tagged.status === 200 ? 0 : 1);
`;
	const fixture = await fixtureOf([
		{
			command: 'subprocess.exec',
			params_yaml: stringify({
				binary: process.execPath,
				args: ['--input-type=module', '-e', post],
			}),
		},
		script('echo not run'),
	]);
	await fixture.agent();
	await untilDone(fixture);
	expect(fixture.task()).toMatchObject({
		details: { status: 'failed', type: 'setup', description: '' },
		remarks: { desc: 'no disk', failure_metadata_tags: ['disk', 'slow'] },
	});
	expect(log(fixture, 0)).not.toContain('not run');
});

test('an agent that is stopped kills its commands and sends no end', async () => {
	const fixture = await fixtureOf(
		[script(`echo $$ > ../pid; sleep 60`, { retry_on_failure: true })],
		{
			post: [script('touch ../post')],
		},
	);
	const agent = await fixture.agent();
	const file = join(fixture.folder, 'tasks/t1/pid');
	await until('the command runs', () => existsSync(file) && readFileSync(file, 'utf8') !== '');
	await agent.stop();
	expect(await agent.finished).toEqual({ kind: 'stopped' });
	await untilGone(Number(readFileSync(file, 'utf8')));
	expect(existsSync(join(fixture.folder, 'tasks/t1/post'))).toBe(false);
	expect(calls(fixture)).toEqual(['start']);
	await expect(fetch(`http://127.0.0.1:${agent.statusPort}/`)).rejects.toThrow();
});

test('an agent leaves when the app server refuses it or sends it away', async () => {
	const fixture = await fixtureOf([script('true')]);
	const refused = await fixture.agent({ host: { id: 'h1', secret: 'wrong' } });
	expect(await refused.finished).toEqual({ kind: 'refused', status: 401 });
	fixture.intercept = () => Response.json({ outcome: 'nothing', should_exit: true });
	const dismissed = await fixture.agent();
	expect(await dismissed.finished).toEqual({ kind: 'dismissed' });
});

test('an agent that comes back kills what the one before left behind', async () => {
	const fixture = await fixtureOf([script('true')]);
	const left = spawn('sleep', ['60'], {
		env: { ...process.env, EVR_AGENT_DIRECTORY: fixture.folder },
		stdio: 'ignore',
	});
	onTestFinished(() => {
		left.kill('SIGKILL');
	});
	const pid = left.pid ?? 0;
	expect(isAlive(pid)).toBe(true);
	await fixture.agent();
	if (process.platform === 'linux') await untilGone(pid);
});

test('the vars of a call hold around its members, and the project’s limits are honoured', async () => {
	const echo = { params_yaml: stringify({ script: 'echo "it is ${what|nothing}"' }) };
	const fixture = await fixtureOf([], {
		functions: { say: [{ command: 'shell.exec', ...echo }] },
		tasks: [
			{
				name: 'compile',
				commands: [
					{ func: 'say', vars: { what: '${task_name} of ${build_variant}' } },
					{ func: 'say' },
					script('sleep 60'),
				],
			},
		],
		timeout_secs: 20,
		timeout: [script('sleep 60')],
		callback_timeout_secs: 20,
	});
	await fixture.agent();
	await untilDone(fixture);
	expect(fixture.task().details).toMatchObject({ status: 'failed', timed_out: 'idle' });
	expect(log(fixture, 0)).toMatch(/^it is compile of ubuntu$/m);
	expect(log(fixture, 0)).toMatch(/^it is nothing$/m);
	expect(log(fixture, 0)).toContain('shell.exec (timeout, step 1): timed-out-block');
});

test('a command whose vars cannot be expanded has failed, and is retried when it is flagged', async () => {
	const fixture = await fixtureOf([], {
		functions: { say: [script('echo said', { retry_on_failure: true })] },
		tasks: [{ name: 'compile', commands: [{ func: 'say', vars: { what: '${open' } }] }],
	});
	await fixture.agent();
	await untilDone(fixture, 1);
	expect(fixture.task()).toMatchObject({ status: 'failed', automatic_restarts: 1 });
	expect(log(fixture, 0)).toContain('it cannot be run: vars.what: an expansion is left open');
});

/** Everything that was asked for, heartbeats and idle polls aside. */
const exchanges = (fixture: HostFixture): string[] =>
	fixture.server.asked
		.map((asked) => asked.replace(/^(\w+) \/rest\/v2\//, '$1 '))
		.filter((asked, index, all) => !asked.endsWith('heartbeat') && asked !== all[index - 1]);

const SETUP = [
	'GET task/t1/parser_project',
	'GET task/t1/',
	'GET task/t1/expansions_and_vars',
	'GET task/t1/display_task',
	'GET task/t1/distro_view',
	'GET task/t1/host_view',
	'GET task/t1/project_ref',
	'GET task/t1/version',
];
const NEXT = 'GET hosts/h1/agent/next_task';
const USAGE = 'POST task/t1/s3_usage';

test('every call of a task is made, in the order of the wire', async () => {
	const fixture = await fixtureOf([script('[ $EXECUTION = 1 ]', { retry_on_failure: true })]);
	await fixture.agent();
	await untilDone(fixture, 1);
	await until(
		'it is done with',
		() => fixture.server.asked.filter((one) => /usage/.test(one)).length === 2,
	);
	expect(exchanges(fixture).slice(0, 28)).toEqual([
		'GET agent/setup',
		NEXT,
		...SETUP,
		'POST task/t1/start',
		'POST task/t1/restart',
		'POST hosts/h1/task/t1/end',
		'GET task/t1/',
		NEXT,
		USAGE,
		...SETUP,
		'POST task/t1/start',
		'POST hosts/h1/task/t1/end',
		NEXT,
		USAGE,
	]);
});

test('what is refused after an end, as the secret is another one by then, delays nothing', async () => {
	const fixture = await fixtureOf([script('exit 1')]);
	let isOver = false;
	fixture.intercept = async (request, forward) => {
		const { pathname } = new URL(request.url);
		if (isOver && /(t1\/|s3_usage)$/.test(pathname)) return new Response('', { status: 409 });
		isOver ||= pathname.endsWith('/end');
		return forward(request);
	};
	const troubles: string[] = [];
	const observer = {
		commandStarts: () => {},
		commandEnds: () => {},
		callAnswered: () => {},
		troubled: (trouble: string) => void troubles.push(trouble),
	};
	await fixture.agent({ observer });
	await until('it is told', () => troubles.length === 2);
	expect(troubles).toEqual(['task/t1/: status 409', 'task/t1/s3_usage?final=true: status 409']);
	expect(exchanges(fixture).slice(-4)).toEqual([
		'POST hosts/h1/task/t1/end',
		'GET task/t1/',
		NEXT,
		USAGE,
	]);
});

test('a host that cannot be cleaned up is disabled, and its agent sent away', async () => {
	// Deeper than a path may be long, so that nothing that names the whole path can remove it.
	const deep = `for i in $(seq 30); do mkdir ${'d'.repeat(200)} && cd ${'d'.repeat(200)}; done; true`;
	const fixture = await fixtureOf([script(deep)]);
	onTestFinished(() => {
		spawnSync('rm', ['-rf', join(fixture.folder, 'tasks')]);
	});
	const reasons: unknown[] = [];
	fixture.intercept = async (request, forward) => {
		if (request.url.endsWith('/disable')) reasons.push(await request.clone().json());
		return forward(request);
	};
	const agent = await fixture.agent();
	expect(await agent.finished).toEqual({ kind: 'dismissed' });
	expect(fixture.task()).toMatchObject({ status: 'success' });
	expect(fixture.store.committedHost('h1')).toMatchObject({ disabled: true, running: null });
	expect(reasons).toEqual([
		{ reason: expect.stringMatching(/^cleanup failed: its folder .*ENAMETOOLONG/) },
	]);
	expect(exchanges(fixture).slice(-4)).toEqual([
		'POST hosts/h1/task/t1/end',
		USAGE,
		'POST hosts/h1/disable',
		NEXT,
	]);
});

test('an end that is answered with should_exit is the last thing that the agent does', async () => {
	const fixture = await fixtureOf([script('exit 1')]);
	fixture.intercept = async (request, forward) => {
		const response = await forward(request);
		return request.url.endsWith('/end')
			? Response.json({ outcome: 'ok', should_exit: true })
			: response;
	};
	const agent = await fixture.agent();
	expect(await agent.finished).toEqual({ kind: 'dismissed' });
	expect(exchanges(fixture).at(-1)).toBe('POST hosts/h1/task/t1/end');
});

test('a task that cannot be set up in time is started, and ends as a system failure', async () => {
	const fixture = await fixtureOf([script('true')]);
	fixture.intercept = (request, forward) =>
		request.url.endsWith('/host_view') ? new Promise<Response>(() => {}) : forward(request);
	// Seven minutes are 2.1 s at this pace; all attempts of the call would take 15 s and more.
	await fixture.agent({ pace: 0.005 });
	const began = performance.now();
	await untilDone(fixture);
	expect(performance.now() - began).toBeLessThan(10_000);
	expect(fixture.task().details).toMatchObject({ status: 'failed', type: 'system' });
	expect(calls(fixture)).toEqual(['start', 'end']);
});

test('where the app server says so, a background command that fails does not fail its task', async () => {
	const fixture = await fixtureOf([
		{
			command: 'shell.exec',
			background: true,
			params_yaml: stringify({ script: 'exit 1', background: true }),
		},
		script('sleep 0.5'),
	]);
	fixture.intercept = (request, forward) =>
		request.url.endsWith('/agent/setup')
			? Response.json({ background_command_failure_enabled: false })
			: forward(request);
	await fixture.agent();
	await untilDone(fixture);
	expect(fixture.task()).toMatchObject({ status: 'success' });
});
