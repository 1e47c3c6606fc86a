import { expect, test } from 'vitest';
import { AgentFixture, handOut, NOTHING } from '../testing/agent-fixture.ts';

/** The agent runs a task of which nothing is left but the answer to its end. */
async function ending(
	fixture: AgentFixture,
	work: object = handOut('t1'),
	outcome: 'succeeded' | 'failed' = 'succeeded',
): Promise<void> {
	await fixture.polls(work);
	await fixture.answer('start');
	while (fixture.shell.foreground !== null)
		await fixture.ends(fixture.shell.foreground.startsWith('main') ? outcome : 'succeeded');
	if (outcome === 'failed') await fixture.answer('mark');
	while (fixture.shell.foreground !== null) await fixture.ends('succeeded');
}

async function ended(fixture: AgentFixture, work?: object, answer: object = { outcome: 'ok' }) {
	await ending(fixture, work);
	await fixture.answer('end', answer);
}

test('while there is nothing to do, an agent asks at once, after 10 s, 20, 40, and every minute', async () => {
	const fixture = await AgentFixture.of();
	for (const pause_s of [0, 10, 20, 40, 60, 60]) {
		expect(fixture.pause_s).toBe(pause_s);
		await fixture.polls(NOTHING);
	}
	expect(fixture.departure).toBeNull();
});

test('after a task an agent asks at once, and then begins with the shortest pause', async () => {
	const fixture = await AgentFixture.of();
	await fixture.polls(NOTHING);
	await fixture.polls(NOTHING);
	await ended(fixture);
	expect(fixture.pause_s).toBe(0);
	await fixture.polls(NOTHING);
	expect(fixture.pause_s).toBe(10);
});

test('a task that does not begin is no work: the pauses grow', async () => {
	const fixture = await AgentFixture.of();
	await fixture.polls(handOut('t1'));
	await fixture.answer('start', NOTHING, 409);
	expect(fixture.pause_s).toBe(10);
	await fixture.polls(handOut('t1'));
	await fixture.answer('start', NOTHING, 409);
	expect(fixture.pause_s).toBe(20);
});

test('while an agent holds an execution it says which one', async () => {
	const fixture = await AgentFixture.of();
	await fixture.polls(handOut('t1', 3));
	expect(fixture.agent.current?.execution).toEqual({ task: 't1', execution: 3 });
	await fixture.answer('start', NOTHING, 409);
	expect(fixture.agent.current).toBeNull();
});

test('a task that is handed out without its secret, its id or its number is none', async () => {
	for (const missing of ['task_id', 'task_secret', 'task_execution']) {
		const fixture = await AgentFixture.of();
		await fixture.polls({ ...handOut('t1'), [missing]: undefined });
		expect(fixture.awaited).toEqual([]);
		expect(fixture.pause_s).toBe(10);
	}
});

test.each([
	['the app server refuses it', { outcome: null }, 401, { kind: 'refused', status: 401 }],
	['it is told to exit', { ...NOTHING, should_exit: true }, 200, { kind: 'dismissed' }],
	[
		'it is told to exit, task or not',
		{ ...handOut('t1'), should_exit: true },
		200,
		{ kind: 'dismissed' },
	],
	[
		'it is refused and told to exit',
		{ ...NOTHING, should_exit: true },
		404,
		{ kind: 'refused', status: 404 },
	],
])('an agent leaves when, asking for work, %s', async (_what, body, status, departure) => {
	const fixture = await AgentFixture.of();
	await fixture.polls(body, status);
	expect(fixture.departure).toEqual(departure);
	expect(fixture.awaited).toEqual([]);
	expect(fixture.pause_s).toBeNull();
});

test.each([{ outcome: 'ok' }, { outcome: 'ok', should_exit: false }])(
	'an agent that is not told to exit stays: %j',
	async (answer) => {
		const fixture = await AgentFixture.of();
		await fixture.polls({ ...NOTHING, should_exit: false });
		await ended(fixture, handOut('t1'), answer);
		expect(fixture.departure).toBeNull();
	},
);

test('an agent that is told to exit by the answer to an end asks for nothing more, and says nothing more', async () => {
	const fixture = await AgentFixture.of();
	await ending(fixture, handOut('t1', 0, 'g'), 'failed');
	fixture.shell.broken.cleanUp = true;
	expect(fixture.news()).toContain('clean up, stays set up');
	await fixture.answer('end', { outcome: 'ok', should_exit: true });
	expect(fixture.departure).toEqual({ kind: 'dismissed' });
	expect(fixture.news()).toEqual(['clean up, stays set up']);
});

test('after a call for work that comes to nothing an agent asks again', async () => {
	const fixture = await AgentFixture.of();
	await fixture.wake();
	for (const pause_s of [2, 4]) {
		await fixture.answer('next', null);
		expect(fixture.pause_s).toBe(pause_s);
		await fixture.wake();
	}
	await fixture.answer('next', null);
	expect(fixture.pause_s).toBe(10);
});

// What an agent tells of an execution that is over (docs/agent.md, "Calls").

test('an end that is a failure, and is heard, is followed by a question; one in success is not', async () => {
	const fixture = await AgentFixture.of();
	await ending(fixture, handOut('t1'), 'failed');
	expect(fixture.news()).not.toContain('failed end t1.0');
	await fixture.answer('end');
	expect(fixture.news()).toContain('failed end t1.0');
	await ended(fixture, handOut('t2'));
	expect(fixture.news()).not.toContain('failed end t2.0');
});

test('an end that is refused is followed by no question', async () => {
	const fixture = await AgentFixture.of();
	await ending(fixture, handOut('t1'), 'failed');
	await fixture.answer('end', { outcome: 'refused_credentials' }, 401);
	expect(fixture.news()).not.toContain('failed end t1.0');
	expect(fixture.pause_s).toBe(0);
});

test('after an end that is given up an agent asks for work, and says of it that it is done with', async () => {
	const fixture = await AgentFixture.of();
	await ending(fixture, handOut('t1'), 'failed');
	for (let sent = 1; sent < 3; sent++) {
		await fixture.answer('end', null);
		await fixture.wake();
	}
	await fixture.answer('end', null);
	expect(fixture.pause_s).toBe(0);
	expect(fixture.news()).not.toContain('failed end t1.0');
	await fixture.polls(NOTHING);
	expect(fixture.news()).toEqual(['next', 'torn down t1.0']);
});

test('an execution is done with after the answer to the next question for work, and that is said once', async () => {
	const fixture = await AgentFixture.of();
	await ended(fixture);
	expect(fixture.news()).not.toContain('torn down t1.0');
	await fixture.polls(NOTHING);
	expect(fixture.news()).toEqual(['next', 'torn down t1.0']);
	await fixture.polls(NOTHING);
	expect(fixture.news()).toEqual(['next']);
});

test('an execution that was never ended is never said to be done with', async () => {
	const fixture = await AgentFixture.of();
	await fixture.polls(handOut('t1'));
	await fixture.answer('start', NOTHING, 409);
	await fixture.polls(NOTHING);
	expect(fixture.news()).toEqual(['next', 'begin t1.0', 'start', 'clean up', 'next']);
});

test('while the next task is of the same group, nothing is torn down', async () => {
	const fixture = await AgentFixture.of();
	await ended(fixture, handOut('t1', 0, 'g'));
	await ended(fixture, handOut('t2', 0, 'g'));
	expect(fixture.news()).not.toContain('torn down t1.0');
	await fixture.polls(NOTHING);
	for (const command of [1, 2]) {
		expect(fixture.news().at(-1)).toBe(`teardown_group ${command}`);
		await fixture.ends('succeeded');
	}
	expect(fixture.news()).toEqual(['clean up', 'torn down t2.0']);
	expect(fixture.pause_s).toBe(10);
});

test.each([
	['the group was restarted since, and the task never ran', handOut('t2', 0, 'g'), 1, true],
	['the group was not restarted since, whatever the number', handOut('t2', 3, 'g'), 0, false],
	['nobody says, and the number rose', handOut('t2', 1, 'g'), undefined, true],
	['nobody says, and the number did not rise', handOut('t2', 0, 'g'), undefined, false],
])('a host is to leave its group, where %s', async (_what, work, restarts, leaves) => {
	const fixture = await AgentFixture.of();
	await ended(fixture, handOut('t1', 0, 'g'));
	await fixture.polls({ ...work, task_group_restarts: restarts });
	expect(fixture.news().includes('teardown_group 1')).toBe(leaves);
});

test('a host that cannot be cleaned up after a task is given up, before it asks for more', async () => {
	const fixture = await AgentFixture.of();
	await ending(fixture);
	await fixture.answer('end');
	expect(fixture.news()).not.toContain('disable: cleanup failed: the folder cannot be removed');
	fixture.shell.broken.cleanUp = true;
	await ending(fixture, handOut('t2'));
	await fixture.answer('end');
	expect(fixture.news().slice(-2)).toEqual([
		'torn down t2.0',
		'disable: cleanup failed: the folder cannot be removed',
	]);
	await fixture.polls(NOTHING);
	expect(fixture.news()).toEqual(['next']);
});

test('a host that could not be cleaned up before an end is given up, whatever is removed after it', async () => {
	const fixture = await AgentFixture.of();
	fixture.shell.broken.cleanUp = true;
	await ending(fixture);
	fixture.shell.broken.cleanUp = false;
	await fixture.answer('end');
	expect(fixture.news()).toContain('disable: cleanup failed: the folder cannot be removed');
});

test('a host that cannot be cleaned up when it leaves its group is given up', async () => {
	const fixture = await AgentFixture.of();
	await ended(fixture, handOut('t1', 0, 'g'));
	fixture.shell.broken.cleanUp = true;
	await fixture.polls(NOTHING);
	await fixture.ends('succeeded');
	await fixture.ends('succeeded');
	expect(fixture.news().slice(-2)).toEqual([
		'torn down t1.0',
		'disable: cleanup failed: the folder cannot be removed',
	]);
});

test('a task that waits while the host leaves its group begins then', async () => {
	const fixture = await AgentFixture.of();
	await ended(fixture, handOut('t1', 0, 'g'));
	await fixture.polls(handOut('t2'));
	expect(fixture.agent.current).toBeNull();
	await fixture.ends('succeeded');
	await fixture.ends('succeeded');
	expect(fixture.agent.current?.execution.task).toBe('t2');
	expect(fixture.awaited).toEqual(['start']);
});

test('a task that waited for longer than F is let go', async () => {
	const fixture = await AgentFixture.of();
	await ended(fixture, handOut('t1', 0, 'g'));
	await fixture.polls(handOut('t2'));
	await fixture.fire('fence');
	expect(fixture.agent.current).toBeNull();
	expect(fixture.awaited).toEqual([]);
	expect(fixture.pause_s).toBe(10);
});

// Stopped: commands are killed, calls given up, and no end is sent (docs/agent.md, "What is left behind").

const stopped = { kind: 'stopped' };

test('an agent that is stopped as it begins never asks for work', async () => {
	const fixture = await AgentFixture.of({ holds: ['agent'] });
	await fixture.stop();
	expect(fixture.departure).toEqual(stopped);
	expect(fixture.news()).toEqual([]);
	expect(fixture.pause_s).toBeNull();
});

test('an agent that is stopped between two questions leaves at once', async () => {
	const fixture = await AgentFixture.of();
	await fixture.polls(NOTHING);
	await fixture.stop();
	expect(fixture.departure).toEqual(stopped);
	expect(fixture.news()).toEqual(['next']);
});

test('an agent that is stopped as it asks gives the call up', async () => {
	const fixture = await AgentFixture.of();
	await fixture.wake();
	await fixture.stop();
	expect(fixture.departure).toEqual(stopped);
	expect(fixture.awaited).toEqual([]);
	expect(fixture.news()).toEqual(['next']);
});

test('an agent that is stopped as its task is set up starts nothing', async () => {
	const fixture = await AgentFixture.of({ holds: ['task'] });
	await fixture.polls(handOut('t1'));
	await fixture.stop();
	expect(fixture.departure).toEqual(stopped);
	expect(fixture.news()).not.toContain('start');
	expect(fixture.running).toEqual([]);
});

test('an agent that is stopped as a command runs kills it, cleans up and ends nothing', async () => {
	const fixture = await AgentFixture.of();
	await fixture.polls(handOut('t1'));
	await fixture.answer('start');
	expect(fixture.shell.foreground).toBe('pre 1');
	expect(fixture.news()).not.toContain('clean up');
	await fixture.stop();
	expect(fixture.departure).toEqual(stopped);
	expect(fixture.news()).toEqual(['clean up']);
	expect(fixture.shell.foreground).toBeNull();
	expect(fixture.running).toEqual([]);
});

test('an agent that is stopped as its host leaves a group kills what runs, and reports nothing', async () => {
	const fixture = await AgentFixture.of();
	await ended(fixture, handOut('t1', 0, 'g'));
	fixture.shell.broken.cleanUp = true;
	await fixture.polls(handOut('t2'));
	expect(fixture.news().at(-1)).toBe('teardown_group 1');
	await fixture.stop();
	expect(fixture.departure).toEqual(stopped);
	expect(fixture.news()).toEqual(['clean up']);
	expect(fixture.shell.foreground).toBeNull();
});

test('an agent that is stopped as it reports gives that up, and reports nothing more', async () => {
	const fixture = await AgentFixture.of({ holds: ['reports'] });
	fixture.shell.broken.cleanUp = true;
	await ending(fixture, handOut('t1'), 'failed');
	await fixture.answer('end');
	expect(fixture.news().at(-1)).toBe('failed end t1.0');
	expect(fixture.departure).toBeNull();
	await fixture.stop();
	expect(fixture.departure).toEqual(stopped);
	expect(fixture.news()).toEqual([]);
});

test('an agent that is told to exit and then stopped was told to exit', async () => {
	const fixture = await AgentFixture.of();
	await ending(fixture);
	const answered = fixture.answer('end', { outcome: 'ok', should_exit: true });
	await answered;
	await fixture.stop();
	expect(fixture.departure).toEqual({ kind: 'dismissed' });
});

test('what is posted while no task runs is nobody’s', async () => {
	const fixture = await AgentFixture.of();
	const posted = { status: 'failed', should_continue: false } as const;
	fixture.agent.post(posted, null);
	await fixture.polls(handOut('t1'));
	fixture.agent.post(posted, { desc: 'said so', failure_metadata_tags: [] });
	expect(fixture.agent.current?.status.posted).toEqual(posted);
	expect(fixture.agent.current?.status.remarks).toMatchObject({ desc: 'said so' });
});
