import { expect, test } from 'vitest';
import { Design } from '../../model/vocabulary/design.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { TaskGroup } from '../../model/vocabulary/project.ts';
import { ask, begunInGroup, FULL_OF_FLAGS, PLAIN, toEnd } from '../testing/group-fixture.ts';
import { delivered, type SimulationFixture } from '../testing/simulation-fixture.ts';

const hour: Event = { kind: 'hours-pass', hours: 1 };
const unreachable: Event = { kind: 'host-unreachable', host: 'h1' };

/** The host runs teardown_group of its group, before a task of no group or, without one, before it is idle. */
async function leaving(
	tasks: readonly string[],
	group: Partial<TaskGroup> = FULL_OF_FLAGS,
	design: Design = 'flag',
): Promise<SimulationFixture> {
	const fixture = await begunInGroup(group, tasks, { design });
	while (fixture.doing() !== 'end 1')
		if (fixture.host().doing.kind === 'running') await fixture.command('succeeded');
		else await fixture.play({ kind: 'call-abandoned', host: 'h1' });
	await toEnd(fixture);
	await ask(fixture);
	expect(fixture.doing()).toBe('teardown_group 0');
	return fixture;
}

test.each([
	['succeeded', 'teardown_group 1'],
	['failed', 'teardown_group 1'],
	['panicked', 'teardown_group 1'],
	['timed-out-block', 'start 1'],
] as const)('%s leads to %s, and nobody marks', async (outcome, doing) => {
	const fixture = await leaving(['t1', 't3']);
	await fixture.command(outcome);
	expect(fixture.doing()).toBe(doing);
	expect(fixture.task()).toMatchObject({ status: 'success', mark: 'none' });
});

test.each(Design.options.filter((design) => design !== 'flag'))(
	'under %s nobody asks and nothing is posted',
	async (design) => {
		const fixture = await leaving(['t1'], FULL_OF_FLAGS, design);
		await fixture.command('failed');
		expect(fixture.doing()).toBe('teardown_group 1');
		expect(fixture.host().posted).toBeNull();
		await fixture.command('failed');
		expect(fixture.doing()).toBe('idle');
		expect(fixture.seen.messages.filter(({ awaited }) => awaited)).toEqual([]);
	},
);

test('its background commands run until the host has left, those of its tasks are gone', async () => {
	const background = { ...PLAIN, background: true };
	const fixture = await leaving(['t1'], {
		setup_group: [background],
		teardown_task: [background],
		teardown_group: [PLAIN, background, PLAIN],
	});
	expect(fixture.host().background).toEqual([]);
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('teardown_group 2');
	const position = { block: 'teardown_group', step: 1, member: null };
	expect(fixture.host().background).toEqual([position]);
	await fixture.command('succeeded');
	expect(fixture.host()).toMatchObject({ group: null, background: [] });
});

test('hours end it: before the host is idle', async () => {
	const fixture = await leaving(['t1']);
	await fixture.play(hour);
	expect(fixture.host()).toMatchObject({ group: null, doing: { kind: 'idle' } });
});

test('hours end it: the task that the host was given is called for, and lives', async () => {
	const fixture = await leaving(['t1', 't3']);
	await fixture.play(hour);
	expect(fixture.doing()).toBe('start 1');
	expect(fixture.host()).toMatchObject({ group: null, execution: { task: 't3' } });
	await fixture.play({ kind: 'monitor-runs' });
	expect(fixture.task(1).status).toBe('dispatched');
	await fixture.exchange('start');
	expect(fixture.doing()).toBe('pre 0');
});

test.each([
	['the host cut off', [unreachable]],
	['the server down', [{ kind: 'server-crashes' }, hour, { kind: 'server-returns' }]],
] as [string, Event[]][])(
	'hours with %s end it, and the agent lets go of the task, which it may be given again',
	async (_what, events) => {
		const fixture = await leaving(['t1', 't3']);
		await fixture.play(...events);
		expect(fixture.host()).toMatchObject({ group: null, execution: null, doing: { kind: 'idle' } });
		expect(fixture.seen.messages).toEqual([]);
		await fixture.begin();
		expect(fixture.host().execution).toEqual({ task: 't3', execution: 0 });
	},
);

test('an agent that dies meanwhile is given the task again, on a host that is set up for nothing', async () => {
	const fixture = await leaving(['t1', 't4']);
	await fixture.play({ kind: 'agent-dies', host: 'h1' }, { kind: 'agent-returns', host: 'h1' });
	expect(fixture.host().group).toBeNull();
	await fixture.begin();
	expect(fixture.host()).toMatchObject({ execution: { task: 't4' }, group: { group: 'other' } });
	expect(fixture.doing()).toBe('setup_group 0');
});

test('an abort of the task that waits is learned after its start', async () => {
	const fixture = await leaving(['t1', 't3']);
	await fixture.play({ kind: 'user-aborts', task: 't3' });
	expect(fixture.doing()).toBe('teardown_group 0');
	await fixture.command('timed-out-block');
	await fixture.exchange('start');
	expect(fixture.doing()).toBe('pre 0');
	await fixture.play({ kind: 'heartbeat-sent', host: 'h1' });
	await fixture.exchange('heartbeat');
	expect(fixture.doing()).toBe('post 0');
});

test('what is left of an earlier call does no harm', async () => {
	const fixture = await leaving(['t1', 't3']);
	await fixture.command('timed-out-block');
	await fixture.play(delivered('request', 'start'), { kind: 'call-abandoned', host: 'h1' });
	expect(fixture.host()).toMatchObject({ group: null, execution: null, doing: { kind: 'idle' } });
});
