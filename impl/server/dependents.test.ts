import { expect, test } from 'vitest';
import { Bench } from '../testing/bench.ts';
import { setupOf, several } from '../testing/setups.ts';

const SUCCESS = { status: 'success', type: '' } as const;
/** t2 waits for t1, and t3 for t2. */
const CHAIN = several({}, { depends_on: ['t1'] }, { depends_on: ['t2'] });
const held = (bench: Bench) => ['t1', 't2', 't3'].map((id) => bench.seen(id).held);

test('a task is given out when all that it waits for has succeeded', async () => {
	const bench = await Bench.of(setupOf({}, {}, CHAIN));
	expect(held(bench)).toEqual([null, 'waiting', 'waiting']);
	await bench.startOn('h1');
	expect(await bench.call('next', 'h2')).toEqual([200, 'nothing']);
	await bench.end(SUCCESS);
	expect(held(bench)).toEqual([null, null, 'waiting']);
	expect(await bench.call('next', 'h2')).toEqual([200, 'task']);
	expect(bench.task('t2').host).toBe('h2');
});

test('a failure blocks all that waits for it, and the success of a later execution releases it', async () => {
	const bench = await Bench.of(setupOf({}, {}, CHAIN));
	await bench.startOn('h1');
	await bench.end();
	expect(held(bench)).toEqual([null, 'blocked', 'blocked']);
	expect(await bench.call('next', 'h2')).toEqual([200, 'nothing']);
	await bench.restart(0);
	expect(held(bench)).toEqual([null, 'waiting', 'waiting']);
	await bench.startOn('h1');
	await bench.end(SUCCESS);
	expect(held(bench)).toEqual([null, null, 'waiting']);
});

test('who waits for a task that is not activated is blocked', async () => {
	const [t1, t2, t3] = CHAIN.tasks;
	if (!t1 || !t2 || !t3) throw new Error('three tasks');
	const tasks = [{ ...t1, activated: false as const }, t2, t3];
	const bench = await Bench.of(setupOf({}, {}, { ...CHAIN, tasks }));
	expect(held(bench)).toEqual(['inactive', 'blocked', 'blocked']);
	expect(await bench.call('next')).toEqual([200, 'nothing']);
});

test('who is about to restart neither blocks nor releases (S16)', async () => {
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2'] }];
	const tasks = several({}, {}, { depends_on: ['t1'] }, { depends_on: ['t2'] });
	const bench = await Bench.of(setupOf({}, {}, { ...tasks, display_tasks }));
	await bench.startOn('h1', 'h2');
	await bench.end(SUCCESS);
	await bench.call('mark', 'h2', 't2');
	expect(bench.seen('t3').held).toBe('waiting');
	expect(await bench.call('next', 'h3')).toEqual([200, 'nothing']);
	await bench.abort('t2');
	expect(bench.seen('t3').held).toBeNull();
	await bench.end({}, 'h2', 't2');
	expect(bench.seen('t4').held).toBe('blocked');
});

test('within a unit a success releases, whatever is pending', async () => {
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2', 't3'] }];
	const tasks = several({}, {}, { depends_on: ['t1'] });
	const bench = await Bench.of(setupOf({}, {}, { ...tasks, display_tasks }));
	await bench.startOn('h1', 'h2');
	await bench.call('mark', 'h2', 't2');
	await bench.end(SUCCESS);
	expect(bench.seen('t3').held).toBeNull();
	expect(await bench.call('next', 'h1')).toEqual([200, 'task']);
});

test('what a dependent sees can be another rule', async () => {
	const bench = await Bench.of(setupOf({}, {}, CHAIN), { firstReady: () => undefined });
	expect(await bench.call('next')).toEqual([200, 'nothing']);
});

test('a unit that is settled because what it waits for failed is left to the monitor', async () => {
	const display_tasks = [{ id: 'd', execution_tasks: ['t2', 't3'] }];
	const tasks = several({}, {}, { depends_on: ['t1'] });
	const bench = await Bench.of(setupOf({}, {}, { ...tasks, display_tasks }));
	await bench.startOn('h1', 'h2');
	await bench.call('mark', 'h2', 't2');
	await bench.end({}, 'h2', 't2');
	await bench.end({}, 'h1', 't1');
	expect(bench.seen('t3').held).toBe('blocked');
	expect(bench.seen('t2')).toMatchObject({ status: 'failed', restart_pending: true });
	await bench.server.monitor();
	expect(bench.seen('t2').execution).toBe(1);
	expect(bench.seen('t3').execution).toBe(0);
});
