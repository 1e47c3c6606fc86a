import { expect, test } from 'vitest';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf } from '../testing/setups.ts';

const SUCCESS = { status: 'success', type: '' } as const;
const NAMES = ['a', 'b', 'c'];

/** Tasks a, b and c of a group, then the plain task p. */
function setupWith(max_hosts: number, rest: Partial<Setup> = {}): Setup {
	const commands = [{ command: 'make' }];
	return setupOf(
		{
			tasks: [...NAMES, 'p'].map((name) => ({ name, commands })),
			task_groups: [{ name: 'g', tasks: NAMES, max_hosts }],
		},
		{},
		{
			tasks: [
				...NAMES.map((id) => ({ id, task: id, variant: 'ubuntu', group: 'g' })),
				{ id: 'p', task: 'p', variant: 'ubuntu' },
			],
			hosts: ['h1', 'h2', 'h3'],
			...rest,
		},
	);
}

test('the members of a single-host group are given to one host, one after the other', async () => {
	const fixture = await ServerFixture.of(setupWith(1));
	await fixture.startOn('h1', 'h2');
	expect([fixture.task('a').host, fixture.task('p').host]).toEqual(['h1', 'h2']);
	expect(await fixture.call('next', 'h3')).toEqual([200, 'nothing']);
	await fixture.end(SUCCESS, 'h1', 'a');
	expect(await fixture.call('next', 'h3')).toEqual([200, 'nothing']);
	expect(fixture.seen('b').held).toBeNull();
	expect(await fixture.call('next', 'h1')).toEqual([200, 'task']);
	expect(fixture.task('b').host).toBe('h1');
});

test('an hour after the latest end the group is free for another host', async () => {
	const fixture = await ServerFixture.of(setupWith(1));
	await fixture.startOn('h1', 'h2');
	await fixture.end(SUCCESS, 'h1', 'a');
	fixture.clock.pass(1);
	expect(await fixture.call('next', 'h3')).toEqual([200, 'task']);
	expect(fixture.task('b').host).toBe('h3');
});

test('a single-host group restarts as a whole, and is free then', async () => {
	const fixture = await ServerFixture.of(setupWith(1));
	await fixture.startOn('h1', 'h2');
	await fixture.end(SUCCESS, 'h1', 'a');
	await fixture.startOn('h1');
	await fixture.call('mark', 'h1', 'b');
	expect(fixture.seen('a').automatic_restarts).toBe(1);
	await fixture.end({}, 'h1', 'b');
	expect(NAMES.map((id) => fixture.seen(id).execution)).toEqual([1, 1, 0]);
	expect(NAMES.map((id) => fixture.seen(id).held)).toEqual([null, 'waiting', 'waiting']);
	expect(await fixture.call('next', 'h3')).toEqual([200, 'task']);
	expect(fixture.task('a').host).toBe('h3');
});

test('with a member of a group a host is told how often all of it was restarted, whatever its number', async () => {
	const fixture = await ServerFixture.of(setupWith(1));
	const told = async (host: string, task: string) => fixture.body('next', host, task);
	expect(await told('h1', 'a')).toMatchObject({ task_execution: 0, task_group_restarts: 0 });
	await fixture.call('start', 'h1', 'a');
	await fixture.end({}, 'h1', 'a');
	expect(await fixture.restart(0, 'a')).toEqual([200, 'ok']);
	expect(await told('h2', 'a')).toMatchObject({ task_execution: 1, task_group_restarts: 1 });
	// Asked again it is handed out again.
	expect(await told('h2', 'a')).toMatchObject({ task_execution: 1, task_group_restarts: 1 });
	await fixture.call('start', 'h2', 'a');
	await fixture.end(SUCCESS, 'h2', 'a');
	expect(await told('h2', 'b')).toMatchObject({ task_execution: 0, task_group_restarts: 1 });
});

test('failed_only says nothing of a unit with a single-host group', async () => {
	const display_tasks = [{ id: 'd', execution_tasks: ['a', 'b'] }];
	const fixture = await ServerFixture.of(setupWith(1, { display_tasks }));
	await fixture.startOn('h1');
	await fixture.end(SUCCESS, 'h1', 'a');
	await fixture.startOn('h1');
	await fixture.end({}, 'h1', 'b');
	expect(await fixture.restart(0, 'd', { failed_only: true })).toEqual([200, 'ok']);
	expect(NAMES.map((id) => fixture.seen(id).execution)).toEqual([1, 1, 0]);
});

test('a group of several hosts runs so many members at once, and each restarts alone', async () => {
	const fixture = await ServerFixture.of(setupWith(2));
	await fixture.startOn('h1', 'h2', 'h3');
	expect(['a', 'b', 'c', 'p'].map((id) => fixture.task(id).host)).toEqual(['h1', 'h2', null, 'h3']);
	expect(fixture.seen('c').held).toBeNull();
	await fixture.call('mark', 'h1', 'a');
	await fixture.end({}, 'h1', 'a');
	expect(NAMES.map((id) => fixture.seen(id).execution)).toEqual([1, 0, 0]);
	expect(await fixture.call('next', 'h1')).toEqual([200, 'task']);
	await fixture.end({}, 'h3', 'p');
	expect(await fixture.call('next', 'h3')).toEqual([200, 'nothing']);
});

test('an agent is told of the group, with the task and in its view', async () => {
	const fixture = await ServerFixture.of(setupWith(1));
	const [grouped, plain] = await Promise.all(
		['h1', 'h2'].map((host) => fixture.body('next', host, 'a')),
	);
	expect(grouped).toMatchObject({ task_id: 'a', task_group: 'g' });
	expect(plain).toMatchObject({ task_id: 'p' });
	expect(plain).not.toHaveProperty('task_group');
});
