import { expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Route } from '../../model/vocabulary/message.ts';
import {
	ask,
	begunInGroup,
	FULL,
	groupSetup,
	PLAIN,
	toEnd,
	until,
} from '../testing/group-fixture.ts';
import { delivered, SimulationFixture } from '../testing/simulation-fixture.ts';

const G = { group: 'g', variant: 'ubuntu' };
const restarts = (task: string, execution: number): Event => ({
	kind: 'user-restarts',
	task,
	execution,
});
const lost = (route: Route): Event => ({
	kind: 'message-lost',
	message: { leg: 'request', route },
});
const abandoned: Event = { kind: 'call-abandoned', host: 'h1' };

/** The first task of the group is over, and the host has asked for the next one. */
async function asked(tasks: readonly string[], group = FULL): Promise<SimulationFixture> {
	const fixture = await begunInGroup(group, tasks);
	await toEnd(fixture);
	await ask(fixture);
	return fixture;
}

test('the host is set up for a group from the answer to start on, even if setup_group is empty', async () => {
	const fixture = await SimulationFixture.of(groupSetup({}));
	await ask(fixture);
	expect(fixture.host().group).toBeNull();
	await fixture.exchange('start');
	expect(fixture.doing()).toBe('main 0');
	expect(fixture.host().group).toEqual(G);
	await toEnd(fixture);
	expect(fixture.host().group).toEqual(G);
});

test('the next task of the group finds the host set up', async () => {
	const fixture = await asked(['t1', 't2']);
	expect(fixture.doing()).toBe('start 1');
	await fixture.exchange('start');
	expect(fixture.doing()).toBe('setup_task 0');
	expect(fixture.host()).toMatchObject({ group: G, execution: { task: 't2' } });
});

test('a host with nothing to do leaves its group before it is idle', async () => {
	const fixture = await asked(['t1']);
	expect(fixture.host()).toMatchObject({
		group: G,
		execution: null,
		doing: { kind: 'running', position: { block: 'teardown_group', step: 0, member: null } },
		posted: null,
		assigned: null,
	});
	await fixture.command('succeeded');
	expect(fixture.host()).toMatchObject({ group: null, doing: { kind: 'idle' } });
	await ask(fixture);
	expect(fixture.doing()).toBe('idle');
});

test.each([
	['t3', 'a task of no group', 'pre 0', null],
	['t4', 'a task of another group', 'setup_group 0', { group: 'other', variant: 'ubuntu' }],
	['t5', 'a task of the group on another variant', 'setup_group 0', { ...G, variant: 'rhel' }],
])('%s: a host leaves its group before %s', async (task, _what, doing, group) => {
	const fixture = await asked(['t1', task]);
	expect(fixture.doing()).toBe('teardown_group 0');
	expect(fixture.host()).toMatchObject({ execution: null, assigned: { task } });
	await fixture.command('succeeded');
	expect(fixture.host()).toMatchObject({ group: null, execution: { task } });
	expect(fixture.doing()).toBe('start 1');
	await fixture.exchange('start');
	expect(fixture.doing()).toBe(doing);
	expect(fixture.host().group).toEqual(group);
});

test('a later execution than the last one has the host set up anew', async () => {
	const fixture = await asked(['t1']);
	await fixture.command('succeeded');
	await fixture.play(restarts('t1', 0));
	await fixture.begin();
	expect(fixture.doing()).toBe('setup_group 0');
	await toEnd(fixture);
	await fixture.play(restarts('t1', 1));
	await ask(fixture);
	expect(fixture.doing()).toBe('teardown_group 0');
	await fixture.command('succeeded');
	await fixture.exchange('start');
	expect(fixture.doing()).toBe('setup_group 0');
});

test('an earlier execution does not, and counts as the last one then', async () => {
	const fixture = await begunInGroup(FULL, ['t1', 't2']);
	await toEnd(fixture);
	await fixture.play(restarts('t1', 0));
	await ask(fixture);
	await fixture.command('succeeded');
	await fixture.exchange('start');
	await toEnd(fixture);
	await fixture.begin();
	expect(fixture.host().execution).toEqual({ task: 't2', execution: 0 });
	expect(fixture.doing()).toBe('setup_task 0');
	await toEnd(fixture);
	await fixture.play(restarts('t2', 0));
	await ask(fixture);
	expect(fixture.doing()).toBe('teardown_group 0');
});

test('an agent that dies is set up for nothing', async () => {
	const fixture = await begunInGroup(FULL, ['t1', 't2']);
	await toEnd(fixture);
	await fixture.play({ kind: 'agent-dies', host: 'h1' });
	expect(fixture.host().group).toBeNull();
	await fixture.play({ kind: 'agent-returns', host: 'h1' });
	await fixture.begin();
	expect(fixture.doing()).toBe('setup_group 0');
});

test('one that loses its execution, or gives a call up, stays set up', async () => {
	const fixture = await begunInGroup(FULL, ['t1', 't2']);
	await fixture.play({ kind: 'host-unreachable', host: 'h1' }, { kind: 'monitor-runs' });
	expect(fixture.host()).toMatchObject({ group: G, execution: null });
	await fixture.play({ kind: 'host-asks', host: 'h1' }, abandoned, lost('next'));
	expect(fixture.host()).toMatchObject({ group: G, doing: { kind: 'idle' } });
	await fixture.begin();
	expect(fixture.host().execution).toMatchObject({ task: 't2' });
	expect(fixture.doing()).toBe('setup_task 0');
});

test('a start that is given up does not set a host up', async () => {
	const fixture = await SimulationFixture.of(groupSetup(FULL));
	await ask(fixture);
	await fixture.play(abandoned, lost('start'));
	expect(fixture.host().group).toBeNull();
	await fixture.begin();
	expect(fixture.doing()).toBe('setup_group 0');
});

test('a start that is given up changes nothing where the host is set up', async () => {
	const fixture = await asked(['t1', 't2']);
	await fixture.play(abandoned, lost('start'));
	expect(fixture.host()).toMatchObject({ group: G, doing: { kind: 'idle' } });
	await fixture.begin();
	expect(fixture.doing()).toBe('setup_task 0');
});

test('a setup_group that failed is not run again for the next task', async () => {
	const fixture = await begunInGroup({ ...FULL, setup_group_can_fail_task: true }, ['t1', 't2']);
	await fixture.command('failed');
	await toEnd(fixture);
	expect(fixture.task().status).toBe('failed');
	await fixture.begin();
	expect(fixture.doing()).toBe('setup_task 0');
});

test('an empty teardown_group is over at once', async () => {
	const fixture = await asked(['t1', 't3'], { setup_group: [PLAIN] });
	expect(fixture.doing()).toBe('start 1');
	expect(fixture.host().group).toBeNull();
});

test('a question for work that is given up leaves the host set up', async () => {
	const fixture = await begunInGroup(FULL, ['t1']);
	await toEnd(fixture);
	await fixture.play({ kind: 'host-asks', host: 'h1' }, delivered('request', 'next'), abandoned);
	expect(fixture.host()).toMatchObject({ group: G, doing: { kind: 'idle' } });
	await until(fixture, 'idle');
});
