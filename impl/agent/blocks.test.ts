import { expect, test } from 'vitest';
import type { Command, Project, TaskGroup } from '../../model/vocabulary/project.ts';
import { AgentFixture, handOut } from '../testing/agent-fixture.ts';

const PLAIN: Command = { command: 'make' };
const FLAGGED: Command = { command: 'make', retry_on_failure: true };
const SERVE: Command = { command: 'serve', background: true };

/** A command that began, among all that an agent does. */
const BLOCK = /^(setup_group|setup_task|pre|main|timeout|post|teardown_task|teardown_group) \d+$/;

/** A task has started, as a member of a group if it is of one. */
async function started(project: Partial<Project>, group?: string): Promise<AgentFixture> {
	const fixture = await AgentFixture.of({ project });
	await fixture.polls(handOut('t1', 0, group));
	await fixture.answer('start');
	return fixture;
}

/** The commands that ran, where each succeeds but those that end otherwise. */
async function ran(
	fixture: AgentFixture,
	others: Readonly<Record<string, Parameters<AgentFixture['ends']>[0]>> = {},
): Promise<readonly string[]> {
	while (fixture.shell.foreground !== null)
		await fixture.ends(others[fixture.shell.foreground] ?? 'succeeded');
	return fixture.news().filter((what) => BLOCK.test(what));
}

const groupOf = (group: Partial<TaskGroup>): Partial<Project> => ({
	task_groups: [{ name: 'g', tasks: ['compile'], ...group }],
});

const FULL = groupOf({
	setup_group: [PLAIN],
	setup_task: [PLAIN],
	teardown_task: [PLAIN],
	teardown_group: [PLAIN],
});

test('a task of no group runs pre, main and post', async () => {
	expect(await ran(await started({}))).toEqual(['pre 1', 'main 1', 'post 1']);
});

test('the first task of a group sets it up, and the next one does not', async () => {
	const fixture = await started(FULL, 'g');
	const task = ['setup_task 1', 'main 1', 'teardown_task 1'];
	expect(await ran(fixture)).toEqual(['setup_group 1', ...task]);
	await fixture.answer('end');
	await fixture.polls(handOut('t2', 0, 'g'));
	await fixture.answer('start');
	expect(await ran(fixture)).toEqual(task);
});

test('after a set-up that fails the task there is no main; post runs', async () => {
	const fixture = await started({ pre_error_fails_task: true });
	expect(await ran(fixture, { 'pre 1': 'failed' })).toEqual(['pre 1', 'post 1']);
});

test('after a set-up that may fail the task goes on, command by command', async () => {
	const pre = [PLAIN, PLAIN];
	const failed = await ran(await started({ pre }), { 'pre 1': 'failed' });
	expect(failed).toEqual(['pre 1', 'pre 2', 'main 1', 'post 1']);
	const stopped = await ran(await started({ pre }), { 'pre 1': 'timed-out-block' });
	expect(stopped).toEqual(['pre 1', 'main 1', 'post 1']);
});

test('after an abort in the set-up there is no main; post runs', async () => {
	const fixture = await started({ pre: [PLAIN, PLAIN] });
	fixture.agent.current?.aborted();
	expect(fixture.shell.foreground).toBeNull();
	await fixture.settle();
	expect(await ran(fixture)).toEqual(['pre 1', 'post 1']);
});

test('timeout runs after a time limit that fails the task, and after no other failure', async () => {
	const timedOut = await started({ pre: [FLAGGED] });
	expect(await ran(timedOut, { 'pre 1': 'timed-out-exec' })).toEqual(['pre 1']);
	await timedOut.answer('mark');
	expect(await ran(timedOut)).toEqual(['timeout 1', 'post 1']);
	const failed = await started({ tasks: [{ name: 'compile', commands: [PLAIN] }] });
	expect(await ran(failed, { 'main 1': 'failed' })).toEqual(['pre 1', 'main 1', 'post 1']);
});

test('what runs in the background is killed when work is over, before anybody asks', async () => {
	const commands = [SERVE, FLAGGED];
	const fixture = await started({ tasks: [{ name: 'compile', commands }] });
	await fixture.ends('succeeded');
	expect(fixture.shell.background).toEqual(['main 1']);
	await fixture.ends('failed');
	expect(fixture.awaited).toEqual(['mark']);
	expect(fixture.shell.background).toEqual([]);
});

test('what runs in the background in post runs on while its agent asks', async () => {
	const fixture = await started({ post: [SERVE, FLAGGED], post_error_fails_task: true });
	await ran(fixture, { 'post 2': 'failed' });
	expect(fixture.awaited).toEqual(['mark']);
	expect(fixture.shell.background).toEqual(['post 1']);
});

test('what runs in the background is killed before post', async () => {
	const fixture = await started({ pre: [SERVE] });
	expect(fixture.shell.background).toEqual(['pre 1']);
	await fixture.ends('succeeded');
	expect(fixture.shell.foreground).toBe('post 1');
	expect(fixture.shell.background).toEqual([]);
});

test('a failure in the background is noticed when the next command has succeeded, not when one has failed', async () => {
	const project = groupOf({
		setup_group: [SERVE, PLAIN],
		setup_group_can_fail_task: true,
		setup_task: [PLAIN, PLAIN, PLAIN],
	});
	const fixture = await started(project, 'g');
	await fixture.ends('succeeded');
	fixture.shell.failInBackground('setup_group 1');
	expect(await ran(fixture, { 'setup_task 1': 'failed' })).toEqual([
		'setup_group 2',
		'setup_task 1',
		'setup_task 2',
	]);
	expect(fixture.awaited).toEqual(['end']);
});

test('a failure in the background that cannot fail its block is not noticed', async () => {
	const fixture = await started({ pre: [SERVE, PLAIN] });
	fixture.shell.failInBackground('pre 1');
	expect(await ran(fixture)).toEqual(['pre 2', 'main 1', 'post 1']);
});

test('of several failures in the background the first one fails the task', async () => {
	const commands = [SERVE, SERVE, PLAIN];
	const fixture = await started({ tasks: [{ name: 'compile', commands }] });
	await fixture.ends('succeeded');
	fixture.shell.failInBackground('main 2');
	fixture.shell.failInBackground('main 1');
	await ran(fixture);
	const { request } = await fixture.answer('end');
	expect(request.body).toMatchObject({ failing_command: 'serve (main, step 2)' });
});

test.each([
	[false, ['pre 1', 'main 1', 'post 1']],
	[true, ['pre 1', 'main 1', 'main 2', 'post 1']],
])(
	'a posted status stops main after the command that runs, unless it goes on: %s',
	async (goesOn, commands) => {
		const fixture = await started({ tasks: [{ name: 'compile', commands: [PLAIN, PLAIN] }] });
		await fixture.ends('succeeded');
		fixture.agent.post({ status: 'success', should_continue: goesOn }, null);
		expect(await ran(fixture)).toEqual(commands);
	},
);

test('a posted status stops neither a block that cannot fail nor post', async () => {
	const two = [PLAIN, PLAIN];
	const fixture = await started({ pre: two, post: two, post_error_fails_task: true });
	fixture.agent.post({ status: 'failed', should_continue: false }, null);
	expect(await ran(fixture)).toEqual(['pre 1', 'pre 2', 'main 1', 'post 1', 'post 2']);
});

test('an entry that cannot be rendered ends its block, and nobody asks', async () => {
	const project = { pre: [{ func: 'nowhere' }, PLAIN], post: [{ func: 'nowhere' }, PLAIN] };
	const fixture = await AgentFixture.of({ project, refusal: () => null });
	await fixture.polls(handOut('t1'));
	await fixture.answer('start');
	expect(await ran(fixture, { 'pre 1': 'failed', 'post 1': 'failed' })).toEqual([
		'pre 1',
		'main 1',
		'post 1',
	]);
	const { request } = await fixture.answer('end');
	expect(request.body).toMatchObject({ status: 'success' });
});
