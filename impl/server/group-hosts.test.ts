import { expect, test } from 'vitest';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { Bench } from '../testing/bench.ts';
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
	const bench = await Bench.of(setupWith(1));
	await bench.startOn('h1', 'h2');
	expect([bench.task('a').host, bench.task('p').host]).toEqual(['h1', 'h2']);
	expect(await bench.call('next', 'h3')).toEqual([200, 'nothing']);
	await bench.end(SUCCESS, 'h1', 'a');
	expect(await bench.call('next', 'h3')).toEqual([200, 'nothing']);
	expect(bench.seen('b').held).toBeNull();
	expect(await bench.call('next', 'h1')).toEqual([200, 'task']);
	expect(bench.task('b').host).toBe('h1');
});

test('an hour after the latest end the group is free for another host', async () => {
	const bench = await Bench.of(setupWith(1));
	await bench.startOn('h1', 'h2');
	await bench.end(SUCCESS, 'h1', 'a');
	bench.clock.pass(1);
	expect(await bench.call('next', 'h3')).toEqual([200, 'task']);
	expect(bench.task('b').host).toBe('h3');
});

test('a single-host group restarts as a whole, and is free then', async () => {
	const bench = await Bench.of(setupWith(1));
	await bench.startOn('h1', 'h2');
	await bench.end(SUCCESS, 'h1', 'a');
	await bench.startOn('h1');
	await bench.call('mark', 'h1', 'b');
	expect(bench.seen('a').automatic_restarts).toBe(1);
	await bench.end({}, 'h1', 'b');
	expect(NAMES.map((id) => bench.seen(id).execution)).toEqual([1, 1, 0]);
	expect(NAMES.map((id) => bench.seen(id).held)).toEqual([null, 'waiting', 'waiting']);
	expect(await bench.call('next', 'h3')).toEqual([200, 'task']);
	expect(bench.task('a').host).toBe('h3');
});

test('failed_only says nothing of a unit with a single-host group', async () => {
	const display_tasks = [{ id: 'd', execution_tasks: ['a', 'b'] }];
	const bench = await Bench.of(setupWith(1, { display_tasks }));
	await bench.startOn('h1');
	await bench.end(SUCCESS, 'h1', 'a');
	await bench.startOn('h1');
	await bench.end({}, 'h1', 'b');
	expect(await bench.restart(0, 'd', { failed_only: true })).toEqual([200, 'ok']);
	expect(NAMES.map((id) => bench.seen(id).execution)).toEqual([1, 1, 0]);
});

test('a group of several hosts runs so many members at once, and each restarts alone', async () => {
	const bench = await Bench.of(setupWith(2));
	await bench.startOn('h1', 'h2', 'h3');
	expect(['a', 'b', 'c', 'p'].map((id) => bench.task(id).host)).toEqual(['h1', 'h2', null, 'h3']);
	expect(bench.seen('c').held).toBeNull();
	await bench.call('mark', 'h1', 'a');
	await bench.end({}, 'h1', 'a');
	expect(NAMES.map((id) => bench.seen(id).execution)).toEqual([1, 0, 0]);
	expect(await bench.call('next', 'h1')).toEqual([200, 'task']);
	await bench.end({}, 'h3', 'p');
	expect(await bench.call('next', 'h3')).toEqual([200, 'nothing']);
});

test('an agent is told of the group, with the task and in its view', async () => {
	const bench = await Bench.of(setupWith(1));
	const [grouped, plain] = await Promise.all(
		['h1', 'h2'].map((host) => bench.body('next', host, 'a')),
	);
	expect(grouped).toMatchObject({ task_id: 'a', task_group: 'g' });
	expect(plain).toMatchObject({ task_id: 'p' });
	expect(plain).not.toHaveProperty('task_group');
});
