import { expect, test } from 'vitest';
import { autoRetryAgent } from '../designs/auto-retry-agent.ts';
import { localApiAgent } from '../designs/local-api-agent.ts';
import { restAgent } from '../designs/rest-agent.ts';
import { SetupFailed } from '../ports/configuration.ts';
import type { Envelope } from '../ports/transport.ts';
import { AgentFixture, handOut, NOTHING } from '../testing/agent-fixture.ts';

type Options = Parameters<typeof AgentFixture.of>[0];

/** A task is handed out, and its agent sets it up. */
async function handedOut(options: Options = {}, execution = 0): Promise<AgentFixture> {
	const fixture = await AgentFixture.of(options);
	await fixture.polls(handOut('t1', execution));
	return fixture;
}

/** A task has started; its commands up to this one succeed. */
async function running(command: string, options: Options = {}): Promise<AgentFixture> {
	const fixture = await handedOut(options);
	await fixture.answer('start');
	while (fixture.shell.foreground !== null && fixture.shell.foreground !== command)
		await fixture.ends('succeeded');
	expect(fixture.shell.foreground).toBe(command);
	return fixture;
}

/** What is left of its commands succeeds; its end. */
async function endOf(fixture: AgentFixture): Promise<unknown> {
	while (fixture.shell.foreground !== null) await fixture.ends('succeeded');
	return bodyOf(await fixture.answer('end'));
}

const bodyOf = ({ request }: Envelope): unknown => request.body;

const ABORT = { outcome: 'abort', abort: true };

const SYSTEM_FAILED = {
	status: 'failed',
	type: 'system',
	desc: 'task system-failed for unknown reasons',
	timed_out: false,
};

// What cannot be set up is started, and ended as failed / system (docs/agent.md, "Calls").

test.each([
	[
		'its configuration cannot be had',
		(fixture: AgentFixture) => (fixture.trouble = new SetupFailed('')),
	],
	['the host cannot run it', (fixture: AgentFixture) => (fixture.shell.broken.setUp = true)],
])('a task that cannot be set up, as %s, is started and ended as failed', async (_why, breaks) => {
	const fixture = await AgentFixture.of();
	breaks(fixture);
	await fixture.polls(handOut('t1'));
	await fixture.answer('start');
	expect(fixture.shell.foreground).toBeNull();
	expect(fixture.news().slice(-2)).toEqual(['clean up', 'end']);
	expect(bodyOf(await fixture.answer('end'))).toMatchObject(SYSTEM_FAILED);
	expect(fixture.pause_s).toBe(0);
});

test('a task that is not set up within seven minutes cannot be set up', async () => {
	const fixture = await handedOut({ holds: ['task'] });
	expect(fixture.running).toContain('deadline 420');
	expect(fixture.awaited).toEqual([]);
	await fixture.fire('deadline');
	await fixture.answer('start');
	expect(bodyOf(await fixture.answer('end'))).toMatchObject(SYSTEM_FAILED);
});

test('a task that is set up in time has no such limit any more', async () => {
	const fixture = await handedOut({ holds: ['task'] });
	await fixture.letGo();
	expect(fixture.running).not.toContain('deadline 420');
	await fixture.answer('start');
	expect(fixture.running).toEqual(['beat 30', 'fence 360']);
});

test('a mistake of the agent’s own is not told as a task that cannot be set up', async () => {
	const fixture = await AgentFixture.of();
	fixture.trouble = new TypeError('a mistake');
	await expect(fixture.polls(handOut('t1'))).rejects.toThrow('a mistake');
	expect(fixture.news()).not.toContain('start');
});

test('a mistake of the agent’s own is not told as an execution that is lost', async () => {
	const fixture = await running('pre 1');
	fixture.shell.run = () => {
		throw new TypeError('a mistake');
	};
	await expect(fixture.ends('succeeded')).rejects.toThrow('a mistake');
	expect(fixture.news()).not.toContain('end');
});

test('a task that was taken over as it was set up is not started here', async () => {
	const fixture = await handedOut({ holds: ['task'] });
	await fixture.fire('beat');
	await fixture.answer('heartbeat', NOTHING, 409);
	expect(fixture.news()).toEqual(['next', 'heartbeat', 'clean up']);
	expect(fixture.running).toEqual([]);
	expect(fixture.pause_s).toBe(10);
});

test.each([
	['is refused', 409],
	['is answered with something else', 204],
])('a task whose start %s runs nothing and is not ended', async (_what, status) => {
	const fixture = await handedOut();
	await fixture.answer('start', NOTHING, status);
	expect(fixture.news().slice(-2)).toEqual(['start', 'clean up']);
	expect(fixture.running).toEqual([]);
});

test('a task whose start is given up runs nothing and is not ended', async () => {
	const fixture = await handedOut();
	await fixture.answer('start', null);
	await fixture.wake();
	await fixture.answer('start', null);
	await fixture.wake();
	await fixture.answer('start', null);
	expect(fixture.awaited).toEqual([]);
	expect(fixture.pause_s).toBe(10);
	expect(fixture.news()).not.toContain('end');
});

// The heartbeat goes from the first call of the task to its end, and then is silent.

test('a task beats until its end is answered, and the answer to a beat is not waited for beside its end', async () => {
	const fixture = await running('post 1');
	await fixture.fire('beat');
	expect(fixture.awaited).toEqual(['heartbeat']);
	await fixture.ends('succeeded');
	expect(fixture.awaited).toEqual(['end']);
	expect(fixture.running).toContain('fence 360');
	await fixture.answer('end');
	expect(fixture.running).toEqual([]);
});

test('nothing of a task is left when its end is sent, in the background neither', async () => {
	const post = [{ command: 'serve', background: true }, { command: 'make' }];
	const fixture = await running('post 2', { project: { post } });
	expect(fixture.shell.background).toEqual(['post 1']);
	await fixture.ends('succeeded');
	expect(fixture.shell.background).toEqual([]);
	expect(fixture.news().slice(-2)).toEqual(['clean up', 'end']);
});

test('an execution that is lost as a command runs is not ended, and asks for no restart', async () => {
	const fixture = await running('main 1');
	await fixture.fire('fence');
	expect(fixture.shell.foreground).toBeNull();
	expect(fixture.awaited).toEqual([]);
	expect(fixture.news().slice(-2)).toEqual(['main 1', 'clean up']);
});

test('an execution that is lost as it asks for a restart is not ended', async () => {
	const fixture = await running('main 1');
	await fixture.ends('failed');
	expect(fixture.awaited).toEqual(['mark']);
	await fixture.fire('fence');
	expect(fixture.news().slice(-2)).toEqual(['mark', 'clean up']);
	expect(fixture.shell.foreground).toBeNull();
});

// Asking for a restart (S4, S6, S14).

test('a flagged command that fails asks for a restart, and post waits for the answer', async () => {
	const fixture = await running('main 1');
	await fixture.ends('failed');
	expect(fixture.awaited).toEqual(['mark']);
	expect(fixture.shell.foreground).toBeNull();
	await fixture.answer('mark', { outcome: 'refused_budget' }, 400);
	expect(fixture.shell.foreground).toBe('post 1');
	expect(await endOf(fixture)).toMatchObject({ status: 'failed', type: 'test' });
});

test('in the merge queue nobody asks', async () => {
	const fixture = await running('main 1', { requester: 'github_merge_request' });
	await fixture.ends('failed');
	expect(fixture.awaited).toEqual([]);
	expect(fixture.shell.foreground).toBe('post 1');
});

const FLAGGED_POST = {
	project: {
		post: [{ command: 'make', retry_on_failure: true }],
		post_error_fails_task: true,
	},
};

test('who was answered asks no more', async () => {
	const fixture = await running('main 1', FLAGGED_POST);
	await fixture.ends('failed');
	await fixture.answer('mark', { outcome: 'refused_quota' }, 400);
	await fixture.ends('failed');
	expect(fixture.awaited).toEqual(['end']);
});

test('who was not answered asks again for the next cause', async () => {
	const fixture = await running('main 1', FLAGGED_POST);
	await fixture.ends('failed');
	expect(fixture.running).toContain('deadline 60');
	await fixture.fire('deadline');
	expect(fixture.shell.foreground).toBe('post 1');
	await fixture.ends('failed');
	expect(fixture.awaited).toEqual(['mark']);
});

// An abort (S3, S4).

test('an abort cuts the command short: nobody asks, post runs', async () => {
	const fixture = await running('main 1');
	await fixture.fire('beat');
	await fixture.answer('heartbeat', ABORT);
	expect(fixture.awaited).toEqual([]);
	expect(fixture.shell.foreground).toBe('post 1');
});

test('an abort in post cuts nothing short', async () => {
	const fixture = await running('post 1');
	await fixture.fire('beat');
	await fixture.answer('heartbeat', ABORT);
	expect(fixture.shell.foreground).toBe('post 1');
});

test('an abort before the first command cuts nothing short', async () => {
	const fixture = await handedOut();
	await fixture.fire('beat');
	await fixture.answer('heartbeat', ABORT);
	expect(fixture.awaited).toEqual(['start']);
});

test('an abort cuts a command of the agent’s own short that asks, and the block is over', async () => {
	const fixture = await running('pre 1', { variant: autoRetryAgent });
	await fixture.ends('succeeded');
	expect(fixture.awaited).toEqual(['mark']);
	expect(fixture.agent.current?.askingFor).toEqual({ block: 'main', step: 0, member: null });
	await fixture.fire('beat');
	await fixture.answer('heartbeat', ABORT);
	expect(fixture.agent.current?.askingFor).toBeNull();
	expect(fixture.shell.foreground).toBe('post 1');
});

test('a command of the agent’s own asks before the one that is flagged, which runs then', async () => {
	const fixture = await running('pre 1', { variant: autoRetryAgent });
	await fixture.ends('succeeded');
	await fixture.answer('mark', { outcome: 'refused_budget' }, 400);
	expect(fixture.shell.foreground).toBe('main 1');
});

test('a script asks before it exits and waits for the answer; an abort cuts it short', async () => {
	const variant = restAgent('a key');
	const commands = [{ command: 'make', retry_on_failure: true }];
	const pre = { project: { pre: [...commands, { command: 'make' }] }, variant };

	const answered = await running('pre 1', pre);
	await answered.ends('failed');
	expect(answered.awaited).toEqual(['mark']);
	expect(answered.agent.current?.askingFor).toEqual({ block: 'pre', step: 0, member: null });
	await answered.answer('mark');
	expect(answered.shell.foreground).toBe('pre 2');

	const aborted = await running('pre 1', pre);
	await aborted.ends('failed');
	await aborted.fire('beat');
	await aborted.answer('heartbeat', ABORT);
	expect(aborted.awaited).toEqual([]);
	expect(aborted.shell.foreground).toBe('post 1');
});

// What goes with the end (docs/agent.md, "Local status API").

test('a script posts before it exits, under the design in which it does', async () => {
	const fixture = await running('main 1', { variant: localApiAgent });
	await fixture.ends('failed');
	expect(await endOf(fixture)).toMatchObject({ status: 'failed', retryable: true });
});

test('a script posts nothing where nothing is flagged, or nothing failed', async () => {
	const tasks = [{ name: 'compile', commands: [{ command: 'make' }] }];
	const unflagged = await running('main 1', { variant: localApiAgent, project: { tasks } });
	await unflagged.ends('failed');
	expect(await endOf(unflagged)).not.toHaveProperty('retryable');
	const timedOut = await running('main 1', { variant: localApiAgent });
	await timedOut.ends('timed-out-exec');
	expect(await endOf(timedOut)).not.toHaveProperty('retryable');
});

test('a status takes the type of the command that runs as it is posted, and none before the first one', async () => {
	const posted = { status: 'failed', should_continue: true };
	const fixture = await running('pre 1', {
		project: { pre: [{ command: 'make', type: 'setup' }] },
	});
	fixture.agent.post(posted, null);
	expect(await endOf(fixture)).toMatchObject({ status: 'failed', type: 'setup' });

	const early = await handedOut();
	early.agent.post(posted, null);
	await early.answer('start');
	expect(await endOf(early)).toMatchObject({ status: 'failed', type: '' });
});

test('what is said goes with the end, and tags that are posted by themselves', async () => {
	const fixture = await running('main 1');
	fixture.agent.current?.addTags(['flaky']);
	fixture.agent.current?.post({ status: 'success', should_continue: true });
	expect(await endOf(fixture)).toMatchObject({
		status: 'success',
		failure_metadata_tags: ['flaky'],
	});
});

test('the command that failed the task is named with its end, with its limit or its exit', async () => {
	const fixture = await running('main 1');
	await fixture.ends('failed', 3);
	await fixture.answer('mark');
	expect(await endOf(fixture)).toMatchObject({
		failing_command: 'make (main, step 1)',
		failing_command_exit: 3,
		timed_out: false,
	});
	const timedOut = await running('main 1');
	await timedOut.ends('timed-out-idle');
	await timedOut.answer('mark');
	expect(timedOut.shell.foreground).toBe('timeout 1');
	expect(await endOf(timedOut)).toMatchObject({ timed_out: true, timeout_type: 'idle' });
});

test('a failure in the background fails the task, unless the app server wants it unnoticed', async () => {
	const tasks = [
		{
			name: 'compile',
			commands: [{ command: 'serve', background: true }, { command: 'make' }],
		},
	];
	for (const notices of [true, false]) {
		const setup = { noticesBackgroundFailures: notices };
		const fixture = await running('main 2', { project: { tasks }, setup });
		fixture.shell.failInBackground('main 1');
		expect(await endOf(fixture)).toMatchObject({ status: notices ? 'failed' : 'success' });
	}
});
