import { expect, test } from 'vitest';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf, several } from '../testing/setups.ts';

const SUCCESS = { status: 'success', type: '' } as const;
/** t2 waits for t1, and t3 for t2. */
const CHAIN = several({}, { depends_on: ['t1'] }, { depends_on: ['t2'] });
const held = (fixture: ServerFixture) => ['t1', 't2', 't3'].map((id) => fixture.seen(id).held);

test('a task is given out when all that it waits for has succeeded', async () => {
	const fixture = await ServerFixture.of(setupOf({}, {}, CHAIN));
	expect(held(fixture)).toEqual([null, 'waiting', 'waiting']);
	await fixture.startOn('h1');
	expect(await fixture.call('next', 'h2')).toEqual([200, 'nothing']);
	await fixture.end(SUCCESS);
	expect(held(fixture)).toEqual([null, null, 'waiting']);
	expect(await fixture.call('next', 'h2')).toEqual([200, 'task']);
	expect(fixture.task('t2').host).toBe('h2');
});

test('a failure blocks all that waits for it, and the success of a later execution releases it', async () => {
	const fixture = await ServerFixture.of(setupOf({}, {}, CHAIN));
	await fixture.startOn('h1');
	await fixture.end();
	expect(held(fixture)).toEqual([null, 'blocked', 'blocked']);
	expect(await fixture.call('next', 'h2')).toEqual([200, 'nothing']);
	await fixture.restart(0);
	expect(held(fixture)).toEqual([null, 'waiting', 'waiting']);
	await fixture.startOn('h1');
	await fixture.end(SUCCESS);
	expect(held(fixture)).toEqual([null, null, 'waiting']);
});

test('who waits for a task that is not activated is blocked', async () => {
	const [t1, t2, t3] = CHAIN.tasks;
	if (!t1 || !t2 || !t3) throw new Error('three tasks');
	const tasks = [{ ...t1, activated: false as const }, t2, t3];
	const fixture = await ServerFixture.of(setupOf({}, {}, { ...CHAIN, tasks }));
	expect(held(fixture)).toEqual(['inactive', 'blocked', 'blocked']);
	expect(await fixture.call('next')).toEqual([200, 'nothing']);
});

test('who is about to restart neither blocks nor releases (S16)', async () => {
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2'] }];
	const tasks = several({}, {}, { depends_on: ['t1'] }, { depends_on: ['t2'] });
	const fixture = await ServerFixture.of(setupOf({}, {}, { ...tasks, display_tasks }));
	await fixture.startOn('h1', 'h2');
	await fixture.end(SUCCESS);
	await fixture.call('mark', 'h2', 't2');
	expect(fixture.seen('t3').held).toBe('waiting');
	expect(await fixture.call('next', 'h3')).toEqual([200, 'nothing']);
	await fixture.abort('t2');
	expect(fixture.seen('t3').held).toBeNull();
	await fixture.end({}, 'h2', 't2');
	expect(fixture.seen('t4').held).toBe('blocked');
});

/** t2 waits for the failure of t1, t3 for any end of it, and t4 for any end of t2. */
const ANYHOW = several(
	{},
	{ depends_on: [{ name: 't1', status: 'failed' }] },
	{ depends_on: [{ name: 't1', status: '*' }] },
	{ depends_on: [{ name: 't2', status: '*' }] },
);

test('a failure releases who waits for it, or for any end', async () => {
	const fixture = await ServerFixture.of(setupOf({}, {}, ANYHOW));
	expect(held(fixture)).toEqual([null, 'waiting', 'waiting']);
	await fixture.startOn('h1');
	await fixture.end();
	expect(held(fixture)).toEqual([null, null, null]);
	expect(fixture.seen('t4').held).toBe('waiting');
	expect(await fixture.call('next', 'h2')).toEqual([200, 'task']);
	expect(fixture.task('t2').host).toBe('h2');
});

test('a success blocks who waits for a failure, and releases who waits for any end, of what is blocked too', async () => {
	const fixture = await ServerFixture.of(setupOf({}, {}, ANYHOW));
	await fixture.startOn('h1');
	await fixture.end(SUCCESS);
	expect(held(fixture)).toEqual([null, 'blocked', null]);
	expect(fixture.seen('t4').held).toBeNull();
});

test('who is about to restart releases nobody who waits for a failure or any end (S16)', async () => {
	const fixture = await ServerFixture.of(setupOf({}, {}, ANYHOW), { isSettled: () => false });
	await fixture.startOn('h1');
	await fixture.call('mark', 'h1', 't1');
	await fixture.end();
	expect(fixture.seen('t1')).toMatchObject({ status: 'failed', restart_pending: true });
	expect(held(fixture)).toEqual([null, 'waiting', 'waiting']);
	expect(await fixture.call('next', 'h2')).toEqual([200, 'nothing']);
});

test('within a unit a success releases, whatever is pending', async () => {
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2', 't3'] }];
	const tasks = several({}, {}, { depends_on: ['t1'] });
	const fixture = await ServerFixture.of(setupOf({}, {}, { ...tasks, display_tasks }));
	await fixture.startOn('h1', 'h2');
	await fixture.call('mark', 'h2', 't2');
	await fixture.end(SUCCESS);
	expect(fixture.seen('t3').held).toBeNull();
	expect(await fixture.call('next', 'h1')).toEqual([200, 'task']);
});

test('what a dependent sees can be another rule', async () => {
	const fixture = await ServerFixture.of(setupOf({}, {}, CHAIN), { firstReady: () => undefined });
	expect(await fixture.call('next')).toEqual([200, 'nothing']);
});

test('a unit that is settled because what it waits for failed is left to the monitor', async () => {
	const display_tasks = [{ id: 'd', execution_tasks: ['t2', 't3'] }];
	const tasks = several({}, {}, { depends_on: ['t1'] });
	const fixture = await ServerFixture.of(setupOf({}, {}, { ...tasks, display_tasks }));
	await fixture.startOn('h1', 'h2');
	await fixture.call('mark', 'h2', 't2');
	await fixture.end({}, 'h2', 't2');
	await fixture.end({}, 'h1', 't1');
	expect(fixture.seen('t3').held).toBe('blocked');
	expect(fixture.seen('t2')).toMatchObject({ status: 'failed', restart_pending: true });
	await fixture.server.monitor();
	expect(fixture.seen('t2').execution).toBe(1);
	expect(fixture.seen('t3').execution).toBe(0);
});
