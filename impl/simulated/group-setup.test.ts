import { expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/event.ts';
import type { Route } from '../../model/vocabulary/message.ts';
import {
	ask,
	begunInGroup,
	FULL,
	groupSetup,
	PLAIN,
	toEnd,
	until,
} from '../testing/group-stage.ts';
import { delivered, Stage } from '../testing/stage.ts';

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
async function asked(tasks: readonly string[], group = FULL): Promise<Stage> {
	const stage = await begunInGroup(group, tasks);
	await toEnd(stage);
	await ask(stage);
	return stage;
}

test('the host is set up for a group from the answer to start on, even if setup_group is empty', async () => {
	const stage = await Stage.of(groupSetup({}));
	await ask(stage);
	expect(stage.host().group).toBeNull();
	await stage.exchange('start');
	expect(stage.doing()).toBe('main 0');
	expect(stage.host().group).toEqual(G);
	await toEnd(stage);
	expect(stage.host().group).toEqual(G);
});

test('the next task of the group finds the host set up', async () => {
	const stage = await asked(['t1', 't2']);
	expect(stage.doing()).toBe('start 1');
	await stage.exchange('start');
	expect(stage.doing()).toBe('setup_task 0');
	expect(stage.host()).toMatchObject({ group: G, execution: { task: 't2' } });
});

test('a host with nothing to do leaves its group before it is idle', async () => {
	const stage = await asked(['t1']);
	expect(stage.host()).toMatchObject({
		group: G,
		execution: null,
		doing: { kind: 'running', position: { block: 'teardown_group', step: 0, member: null } },
		posted: null,
		assigned: null,
	});
	await stage.command('succeeded');
	expect(stage.host()).toMatchObject({ group: null, doing: { kind: 'idle' } });
	await ask(stage);
	expect(stage.doing()).toBe('idle');
});

test.each([
	['t3', 'a task of no group', 'pre 0', null],
	['t4', 'a task of another group', 'setup_group 0', { group: 'other', variant: 'ubuntu' }],
	['t5', 'a task of the group on another variant', 'setup_group 0', { ...G, variant: 'rhel' }],
])('%s: a host leaves its group before %s', async (task, _what, doing, group) => {
	const stage = await asked(['t1', task]);
	expect(stage.doing()).toBe('teardown_group 0');
	expect(stage.host()).toMatchObject({ execution: null, assigned: { task } });
	await stage.command('succeeded');
	expect(stage.host()).toMatchObject({ group: null, execution: { task } });
	expect(stage.doing()).toBe('start 1');
	await stage.exchange('start');
	expect(stage.doing()).toBe(doing);
	expect(stage.host().group).toEqual(group);
});

test('a later execution than the last one has the host set up anew', async () => {
	const stage = await asked(['t1']);
	await stage.command('succeeded');
	await stage.play(restarts('t1', 0));
	await stage.begin();
	expect(stage.doing()).toBe('setup_group 0');
	await toEnd(stage);
	await stage.play(restarts('t1', 1));
	await ask(stage);
	expect(stage.doing()).toBe('teardown_group 0');
	await stage.command('succeeded');
	await stage.exchange('start');
	expect(stage.doing()).toBe('setup_group 0');
});

test('an earlier execution does not, and counts as the last one then', async () => {
	const stage = await begunInGroup(FULL, ['t1', 't2']);
	await toEnd(stage);
	await stage.play(restarts('t1', 0));
	await ask(stage);
	await stage.command('succeeded');
	await stage.exchange('start');
	await toEnd(stage);
	await stage.begin();
	expect(stage.host().execution).toEqual({ task: 't2', execution: 0 });
	expect(stage.doing()).toBe('setup_task 0');
	await toEnd(stage);
	await stage.play(restarts('t2', 0));
	await ask(stage);
	expect(stage.doing()).toBe('teardown_group 0');
});

test('an agent that dies is set up for nothing', async () => {
	const stage = await begunInGroup(FULL, ['t1', 't2']);
	await toEnd(stage);
	await stage.play({ kind: 'agent-dies', host: 'h1' });
	expect(stage.host().group).toBeNull();
	await stage.play({ kind: 'agent-returns', host: 'h1' });
	await stage.begin();
	expect(stage.doing()).toBe('setup_group 0');
});

test('one that loses its execution, or gives a call up, stays set up', async () => {
	const stage = await begunInGroup(FULL, ['t1', 't2']);
	await stage.play({ kind: 'host-unreachable', host: 'h1' }, { kind: 'monitor-runs' });
	expect(stage.host()).toMatchObject({ group: G, execution: null });
	await stage.play({ kind: 'host-asks', host: 'h1' }, abandoned, lost('next'));
	expect(stage.host()).toMatchObject({ group: G, doing: { kind: 'idle' } });
	await stage.begin();
	expect(stage.host().execution).toMatchObject({ task: 't2' });
	expect(stage.doing()).toBe('setup_task 0');
});

test('a start that is given up does not set a host up', async () => {
	const stage = await Stage.of(groupSetup(FULL));
	await ask(stage);
	await stage.play(abandoned, lost('start'));
	expect(stage.host().group).toBeNull();
	await stage.begin();
	expect(stage.doing()).toBe('setup_group 0');
});

test('a start that is given up changes nothing where the host is set up', async () => {
	const stage = await asked(['t1', 't2']);
	await stage.play(abandoned, lost('start'));
	expect(stage.host()).toMatchObject({ group: G, doing: { kind: 'idle' } });
	await stage.begin();
	expect(stage.doing()).toBe('setup_task 0');
});

test('a setup_group that failed is not run again for the next task', async () => {
	const stage = await begunInGroup({ ...FULL, setup_group_can_fail_task: true }, ['t1', 't2']);
	await stage.command('failed');
	await toEnd(stage);
	expect(stage.task().status).toBe('failed');
	await stage.begin();
	expect(stage.doing()).toBe('setup_task 0');
});

test('an empty teardown_group is over at once', async () => {
	const stage = await asked(['t1', 't3'], { setup_group: [PLAIN] });
	expect(stage.doing()).toBe('start 1');
	expect(stage.host().group).toBeNull();
});

test('a question for work that is given up leaves the host set up', async () => {
	const stage = await begunInGroup(FULL, ['t1']);
	await toEnd(stage);
	await stage.play({ kind: 'host-asks', host: 'h1' }, delivered('request', 'next'), abandoned);
	expect(stage.host()).toMatchObject({ group: G, doing: { kind: 'idle' } });
	await until(stage, 'idle');
});
