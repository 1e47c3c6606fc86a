import { expect, test } from 'vitest';
import type { Design } from '../../model/vocabulary/design.ts';
import type { Event } from '../../model/vocabulary/event.ts';
import type { TaskGroup } from '../../model/vocabulary/project.ts';
import { ask, begunInGroup, FULL_OF_FLAGS, PLAIN, toEnd } from '../testing/group-stage.ts';
import { delivered, type Stage } from '../testing/stage.ts';

const hour: Event = { kind: 'hours-pass', hours: 1 };
const unreachable: Event = { kind: 'host-unreachable', host: 'h1' };

/** The host runs teardown_group of its group, before a task of no group or, without one, before it is idle. */
async function leaving(
	tasks: readonly string[],
	group: Partial<TaskGroup> = FULL_OF_FLAGS,
	design: Design = 'flag',
): Promise<Stage> {
	const stage = await begunInGroup(group, tasks, { design });
	while (stage.doing() !== 'end 1')
		if (stage.host().doing.kind === 'running') await stage.command('succeeded');
		else await stage.play({ kind: 'call-abandoned', host: 'h1' });
	await toEnd(stage);
	await ask(stage);
	expect(stage.doing()).toBe('teardown_group 0');
	return stage;
}

test.each([
	['succeeded', 'teardown_group 1'],
	['failed', 'teardown_group 1'],
	['panicked', 'teardown_group 1'],
	['timed-out-block', 'start 1'],
] as const)('%s leads to %s, and nobody marks', async (outcome, doing) => {
	const stage = await leaving(['t1', 't3']);
	await stage.command(outcome);
	expect(stage.doing()).toBe(doing);
	expect(stage.task()).toMatchObject({ status: 'success', mark: 'none' });
});

test.each(['rest', 'local-api', 'auto-retry'] as const)(
	'under %s nobody asks and nothing is posted',
	async (design) => {
		const stage = await leaving(['t1'], FULL_OF_FLAGS, design);
		await stage.command('failed');
		expect(stage.doing()).toBe('teardown_group 1');
		expect(stage.host().posted).toBeNull();
		await stage.command('failed');
		expect(stage.doing()).toBe('idle');
		expect(stage.seen.messages.filter(({ awaited }) => awaited)).toEqual([]);
	},
);

test('its background commands are not watched, and those of the host are gone', async () => {
	const background = { ...PLAIN, background: true };
	const stage = await leaving(['t1'], {
		setup_group: [background],
		teardown_group: [PLAIN, background, PLAIN],
	});
	await stage.command('succeeded');
	expect(stage.doing()).toBe('teardown_group 2');
	expect(stage.host().background).toEqual([]);
});

test('hours end it: before the host is idle', async () => {
	const stage = await leaving(['t1']);
	await stage.play(hour);
	expect(stage.host()).toMatchObject({ group: null, doing: { kind: 'idle' } });
});

test('hours end it: the task that the host was given is called for, and lives', async () => {
	const stage = await leaving(['t1', 't3']);
	await stage.play(hour);
	expect(stage.doing()).toBe('start 1');
	expect(stage.host()).toMatchObject({ group: null, execution: { task: 't3' } });
	await stage.play({ kind: 'monitor-runs' });
	expect(stage.task(1).status).toBe('dispatched');
	await stage.exchange('start');
	expect(stage.doing()).toBe('pre 0');
});

test.each([
	['the host cut off', [unreachable]],
	['the server down', [{ kind: 'server-crashes' }, hour, { kind: 'server-returns' }]],
] as [string, Event[]][])(
	'hours with %s end it, and the agent lets go of the task, which it may be given again',
	async (_what, events) => {
		const stage = await leaving(['t1', 't3']);
		await stage.play(...events);
		expect(stage.host()).toMatchObject({ group: null, execution: null, doing: { kind: 'idle' } });
		expect(stage.seen.messages).toEqual([]);
		await stage.begin();
		expect(stage.host().execution).toEqual({ task: 't3', execution: 0 });
	},
);

test('an agent that dies meanwhile is given the task again, on a host that is set up for nothing', async () => {
	const stage = await leaving(['t1', 't4']);
	await stage.play({ kind: 'agent-dies', host: 'h1' }, { kind: 'agent-returns', host: 'h1' });
	expect(stage.host().group).toBeNull();
	await stage.begin();
	expect(stage.host()).toMatchObject({ execution: { task: 't4' }, group: { group: 'other' } });
	expect(stage.doing()).toBe('setup_group 0');
});

test('an abort of the task that waits is learned after its start', async () => {
	const stage = await leaving(['t1', 't3']);
	await stage.play({ kind: 'user-aborts', task: 't3' });
	expect(stage.doing()).toBe('teardown_group 0');
	await stage.command('timed-out-block');
	await stage.exchange('start');
	expect(stage.doing()).toBe('pre 0');
	await stage.play({ kind: 'heartbeat-sent', host: 'h1' });
	await stage.exchange('heartbeat');
	expect(stage.doing()).toBe('post 0');
});

test('what is left of an earlier call does no harm', async () => {
	const stage = await leaving(['t1', 't3']);
	await stage.command('timed-out-block');
	await stage.play(delivered('request', 'start'), { kind: 'call-abandoned', host: 'h1' });
	expect(stage.host()).toMatchObject({ group: null, execution: null, doing: { kind: 'idle' } });
});
