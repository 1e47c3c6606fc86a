import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import type { Command, TaskGroup } from '../../model/vocabulary/project.ts';
import { HostFixture } from '../testing/host-fixture.ts';
import { setupOf } from '../testing/setups.ts';
import { isRunning, untilGone } from '../testing/shell-fixture.ts';
import { until } from '../testing/until.ts';

// They wait for real processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const script = (text: string, more: Partial<Command> = {}): Command => ({
	command: 'shell.exec',
	params_yaml: stringify({ script: text }),
	...more,
});

/** Two tasks of a group, t1 and t2, and t3 of none. */
const fixtureOf = (
	group: Partial<TaskGroup>,
	commands: { one?: Command[]; two?: Command[]; three?: Command[] } = {},
): Promise<HostFixture> =>
	HostFixture.of(
		setupOf(
			{
				pre: [script('echo pre of the project')],
				tasks: (['one', 'two', 'three'] as const).map((name) => ({
					name,
					commands: commands[name] ?? [script('pwd')],
				})),
				task_groups: [{ name: 'g', tasks: ['one', 'two'], ...group }],
			},
			{},
			{
				tasks: [
					{ id: 't1', task: 'one', variant: 'ubuntu', group: 'g' },
					{ id: 't2', task: 'two', variant: 'ubuntu', group: 'g' },
					{ id: 't3', task: 'three', variant: 'ubuntu' },
				],
			},
		),
	);

const log = (fixture: HostFixture, task: string): string =>
	readFileSync(join(fixture.folder, `logs/${task}/0/task.log`), 'utf8');

/** What commands have printed. */
const printed = (fixture: HostFixture, task: string): string[] =>
	log(fixture, task)
		.split('\n')
		.filter((line) => line !== '' && !line.startsWith('['));

const untilDone = (fixture: HostFixture, task: string): Promise<void> =>
	until(`${task} has ended`, () => /success|failed/.test(fixture.task(task).status));

/** The process id that a script has written to a file of the fixture's folder. */
const pidIn = (fixture: HostFixture, file: string): number =>
	Number(readFileSync(join(fixture.folder, file), 'utf8'));

test('the tasks of a group share a folder, which its teardown_group is the last to use, once', async () => {
	const fixture = await fixtureOf(
		{
			setup_group: [script('echo setup_group; echo 1 > count')],
			setup_task: [script('echo setup_task of ${task_name}')],
			teardown_task: [script('echo teardown_task; echo 2 >> count')],
			teardown_group: [script('echo teardown_group of ${task_name}: $(cat count); pwd')],
		},
		{ three: [script('pwd; ls')] },
	);
	await fixture.agent();
	await untilDone(fixture, 't3');
	const shared = join(fixture.folder, 'tasks/t1/0');
	expect(printed(fixture, 't1')).toEqual([
		'setup_group',
		'setup_task of one',
		shared,
		'teardown_task',
	]);
	expect(printed(fixture, 't2')).toEqual([
		'setup_task of two',
		shared,
		'teardown_task',
		'teardown_group of two: 1 2 2',
		shared,
	]);
	expect(printed(fixture, 't3')).toEqual([
		'pre of the project',
		join(fixture.folder, 'tasks/t3/0'),
	]);
	expect(readdirSync(join(fixture.folder, 'tasks/t1'))).toEqual([]);
	const usage = () => fixture.server.asked.filter((asked) => /s3_usage/.test(asked));
	await until('all is done with', () => usage().length === 2);
	// The group is done with as a whole, and the plain task after it.
	expect(usage().map((asked) => asked.split('/')[4])).toEqual(['t2', 't3']);
});

test('a group has its folder for as long as the host is set up for it, and no longer', async () => {
	const fixture = await fixtureOf(
		{ teardown_group: [script('ls > ../../../seen')] },
		{
			one: [script('touch of-one')],
			two: [script('touch of-two')],
			three: [script('[ ! -e ../../t1/0 ]')],
		},
	);
	await fixture.agent();
	await untilDone(fixture, 't3');
	expect(readFileSync(join(fixture.folder, 'seen'), 'utf8')).toBe('of-one\nof-two\n');
	expect(fixture.task('t3').status).toBe('success');
});

test.each([
	[false, { t2: false, t3: false }],
	[true, { t2: true, t3: false }],
])(
	'what a task leaves running, share_processes: %s, runs at the start of the next: %j',
	async (share_processes, runs) => {
		const fixture = await fixtureOf(
			{ share_processes },
			{ one: [script('sleep 60 & echo $! > ../../../left')] },
		);
		const seen: Record<string, boolean> = {};
		fixture.intercept = (request, forward) => {
			const [, task] = /(t[23])\/start$/.exec(request.url) ?? [];
			if (task !== undefined) seen[task] = isRunning(pidIn(fixture, 'left'));
			return forward(request);
		};
		await fixture.agent();
		await untilDone(fixture, 't3');
		expect(seen).toEqual(runs);
	},
);

test('a teardown_group that takes too long is killed, and the next task runs', async () => {
	const fixture = await fixtureOf({
		teardown_group: [script('sleep 60'), script('echo not run')],
		teardown_group_timeout_secs: 20,
	});
	await fixture.agent();
	await untilDone(fixture, 't3');
	expect(log(fixture, 't2')).toContain('shell.exec (teardown_group, step 1): timed-out-block');
	expect(printed(fixture, 't2')).not.toContain('not run');
	expect(fixture.task('t3').status).toBe('success');
});

test('a time-out of a block of the group is told to the app server under its name', async () => {
	const fixture = await fixtureOf({
		setup_task: [script('sleep 60')],
		setup_task_can_fail_task: true,
		setup_task_timeout_secs: 20,
	});
	let told: unknown = null;
	fixture.intercept = async (request, forward) => {
		if (request.url.endsWith('/end')) told ??= await request.clone().json();
		return forward(request);
	};
	await fixture.agent();
	await untilDone(fixture, 't1');
	expect(told).toMatchObject({ timed_out: true, timeout_type: 'setup_task' });
	expect(fixture.task('t1').details).toMatchObject({ status: 'failed', timed_out: 'block' });
});

test('an agent that is stopped kills teardown_group, and leaves no folder behind', async () => {
	const fixture = await fixtureOf({
		teardown_group: [script('echo $$ > ../../../left; sleep 60')],
	});
	const agent = await fixture.agent();
	const file = join(fixture.folder, 'left');
	await until('it runs', () => existsSync(file) && readFileSync(file, 'utf8') !== '');
	await agent.stop();
	await untilGone(pidIn(fixture, 'left'));
	expect(readdirSync(join(fixture.folder, 'tasks/t1'))).toEqual([]);
	expect(fixture.task('t3').status).toBe('dispatched');
});

test('an agent that is stopped between two tasks leaves nothing behind that they share', async () => {
	const fixture = await fixtureOf(
		{ share_processes: true },
		{ one: [script('setsid sleep 60 & echo $! > ../../../left')] },
	);
	fixture.intercept = (request, forward) =>
		/t2\/parser_project$/.test(request.url) ? new Promise<Response>(() => {}) : forward(request);
	const agent = await fixture.agent();
	await until('t2 is handed out', () => fixture.task('t2').status === 'dispatched');
	expect(isRunning(pidIn(fixture, 'left'))).toBe(true);
	await agent.stop();
	expect(readdirSync(join(fixture.folder, 'tasks/t1'))).toEqual([]);
	if (process.platform === 'linux') await untilGone(pidIn(fixture, 'left'));
});

test('a group that the project does not have is a system failure of its task', async () => {
	const fixture = await fixtureOf({});
	fixture.intercept = async (request, forward) => {
		const response = await forward(request);
		if (!/task\/t1\/$/.test(request.url)) return response;
		const view = await response.text();
		return new Response(view.replace('"task_group":"g"', '"task_group":"unknown"'));
	};
	await fixture.agent();
	await untilDone(fixture, 't1');
	expect(fixture.task('t1').details).toMatchObject({ status: 'failed', type: 'system' });
});
