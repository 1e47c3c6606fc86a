import { expect, test } from 'vitest';
import { Bench } from '../testing/bench.ts';
import { setupOf, several } from '../testing/setups.ts';

const SUCCESS = { status: 'success', type: '' } as const;

/** The display task d of t1, t2 and t3, of which none waits for another, all started: t1 on h1 and so on. */
async function displayStarted(policy = {}): Promise<Bench> {
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2', 't3'] }];
	const bench = await Bench.of(setupOf({}, policy, { ...several({}, {}, {}), display_tasks }));
	await bench.startOn('h1', 'h2', 'h3');
	return bench;
}

test('members join the list: one slot, one piece of the budget, one restart of all that ran', async () => {
	const bench = await displayStarted({ daily_limit: 1 });
	expect(await bench.call('mark', 'h3', 't3')).toEqual([200, 'granted']);
	expect(await bench.call('mark', 'h1', 't1')).toEqual([200, 'granted']);
	expect(bench.slots()).toBe(1);
	for (const id of ['t1', 't2', 't3']) expect(bench.seen(id).automatic_restarts).toBe(1);
	await bench.end({}, 'h3', 't3');
	await bench.end(SUCCESS, 'h2', 't2');
	expect(bench.task('t3')).toMatchObject({ status: 'failed', execution: 0 });
	await bench.end({}, 'h1', 't1');
	for (const id of ['t1', 't2', 't3'])
		expect(bench.seen(id)).toMatchObject({
			status: 'undispatched',
			execution: 1,
			started_by: { by: 'mark', task: 't3', execution: 0 },
			restart_pending: false,
			automatic_restarts: 1,
		});
	expect(bench.slots()).toBe(1);
	expect(bench.displays()).toEqual([{ id: 'd', status: 'undispatched', execution: 1 }]);
});

test('the budget is the same for every member, and the cap counts the highest execution', async () => {
	const bench = await displayStarted();
	await bench.call('mark', 'h3', 't3');
	for (const index of [1, 2, 3]) await bench.end({}, `h${index}`, `t${index}`);
	await bench.startOn('h1', 'h2', 'h3');
	expect(await bench.call('mark', 'h2', 't2')).toEqual([400, 'refused_budget']);

	const capped = await displayStarted({ execution_cap: 1, max_automatic_restarts: 9 });
	for (const index of [1, 2, 3])
		await capped.end(index === 1 ? {} : SUCCESS, `h${index}`, `t${index}`);
	await capped.restart(0, 'd', { failed_only: true });
	await capped.startOn('h1');
	expect(await capped.call('mark', 'h1', 't1')).toEqual([400, 'refused_cap']);
});

test('who is aborted leaves the list, and the slot goes by the name of the next', async () => {
	const bench = await displayStarted();
	await bench.call('mark', 'h3', 't3');
	bench.clock.pass(1);
	for (const index of [1, 2, 3]) await bench.call('heartbeat', `h${index}`, `t${index}`);
	await bench.call('mark', 'h2', 't2');
	await bench.abort('t3');
	expect(bench.seen('t3')).toMatchObject({ mark: 'withdrawn', automatic_restarts: 1 });
	expect(bench.store.committedProject('p1')?.slots).toEqual([
		{ task: 't2', execution: 0, taken_at_ms: 0 },
	]);
	for (const index of [1, 2, 3]) await bench.end({}, `h${index}`, `t${index}`);
	expect(bench.seen('t3').started_by).toEqual({ by: 'mark', task: 't2', execution: 0 });
});

test('when the list becomes empty, slot and budget are given back', async () => {
	const bench = await displayStarted();
	await bench.call('mark', 'h3', 't3');
	await bench.call('mark', 'h2', 't2');
	await bench.end(SUCCESS, 'h3', 't3');
	expect([bench.slots(), bench.seen('t1').automatic_restarts]).toEqual([1, 1]);
	await bench.end(SUCCESS, 'h2', 't2');
	expect([bench.slots(), bench.seen('t1').automatic_restarts]).toEqual([0, 0]);
	await bench.end({}, 'h1', 't1');
	expect(bench.task('t3')).toMatchObject({ status: 'success', execution: 0, mark: 'granted' });
});

test('a display task is aborted as a whole, in one transaction', async () => {
	const bench = await displayStarted();
	await bench.call('mark', 'h1', 't1');
	await bench.call('mark', 'h3', 't3');
	await bench.end({}, 'h2', 't2');
	expect(await bench.abort('d')).toEqual([200, 'ok']);
	expect(bench.seen('t1')).toMatchObject({ mark: 'withdrawn', aborted: true });
	expect(bench.seen('t3')).toMatchObject({ mark: 'withdrawn', aborted: true });
	expect(bench.seen('t2').aborted).toBe(false);
	expect([bench.slots(), bench.seen('t1').automatic_restarts]).toEqual([0, 0]);
	expect(await bench.abort('d')).toEqual([200, 'ok']);
	await bench.end({}, 'h1', 't1');
	await bench.end({}, 'h3', 't3');
	expect(await bench.abort('d')).toEqual([400, 'refused_not_running']);
	expect(bench.task().execution).toBe(0);
	expect(await bench.abort('e')).toEqual([404, null]);
});

test('a user restarts a display task, or a member and the others with it, once all have ended', async () => {
	const bench = await displayStarted();
	await bench.call('mark', 'h1', 't1');
	await bench.end({}, 'h1', 't1');
	await bench.end(SUCCESS, 'h2', 't2');
	expect(await bench.restart(0, 'd')).toEqual([400, 'refused_not_finished']);
	expect(await bench.restart(0, 't1')).toEqual([400, 'refused_not_finished']);
	await bench.call('mark', 'h3', 't3');
	await bench.abort('t3');
	expect(bench.displays()[0]?.status).toBe('started');
	// The last end keeps the promise of t1.
	await bench.end({}, 'h3', 't3');
	expect(await bench.restart(0, 'd')).toEqual([200, 'older']);
	expect(await bench.restart(1, 'd')).toEqual([400, 'refused_not_finished']);
	await bench.startOn('h1', 'h2', 'h3');
	for (const index of [1, 2, 3]) await bench.end({}, `h${index}`, `t${index}`);
	expect(await bench.restart(1, 't2')).toEqual([200, 'ok']);
	for (const id of ['t1', 't2', 't3'])
		expect(bench.seen(id)).toMatchObject({ execution: 2, started_by: { by: 'user' } });
	expect(bench.displays()[0]?.execution).toBe(2);
});

test('with failed_only the members that succeeded are left alone', async () => {
	const bench = await displayStarted();
	await bench.end({}, 'h1', 't1');
	await bench.end(SUCCESS, 'h2', 't2');
	await bench.end({}, 'h3', 't3');
	expect(await bench.restart(0, 't2', { failed_only: true })).toEqual([200, 'ok']);
	expect([1, 2, 3].map((index) => bench.seen(`t${index}`).execution)).toEqual([1, 0, 1]);
	await bench.startOn('h1', 'h3');
	await bench.end(SUCCESS, 'h1', 't1');
	await bench.end(SUCCESS, 'h3', 't3');
	expect(await bench.restart(1, 'd', { failed_only: true })).toEqual([200, 'nothing_failed']);
	expect(bench.displays()).toEqual([{ id: 'd', status: 'success', execution: 1 }]);
});

test('a restart by a user that overtakes a pending one gives slot and budget back', async () => {
	// Nobody keeps the promise: the server was gone after the last end.
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2'] }];
	const setup = setupOf({}, {}, { ...several({}, {}), display_tasks });
	const bench = await Bench.of(setup, { isSettled: () => false });
	await bench.startOn('h1', 'h2');
	await bench.call('mark', 'h2', 't2');
	await bench.end({}, 'h1', 't1');
	await bench.end({}, 'h2', 't2');
	expect(bench.seen('t2')).toMatchObject({ status: 'failed', restart_pending: true });
	const again = bench.again();
	expect(await again.restart(0, 't1')).toEqual([200, 'ok']);
	expect([again.slots(), again.seen('t1').automatic_restarts]).toEqual([0, 0]);
	expect(again.seen('t2').history).toMatchObject([{ mark: 'granted' }]);
	expect(again.seen('t1').started_by).toEqual({ by: 'user' });
});

test('who waits for what has failed, or is not activated, does not hold the restart up', async () => {
	const tasks = several({}, {}, { depends_on: ['t2'] }, { activated: false });
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2', 't3', 't4'] }];
	const bench = await Bench.of(setupOf({}, {}, { ...tasks, display_tasks }));
	await bench.startOn('h1', 'h2');
	expect(bench.seen('t3').held).toBe('waiting');
	await bench.call('mark', 'h1', 't1');
	await bench.end({}, 'h1', 't1');
	await bench.end({}, 'h2', 't2');
	expect(['t1', 't2', 't3', 't4'].map((id) => bench.seen(id).execution)).toEqual([1, 1, 0, 0]);
	expect(bench.seen('t3').held).toBe('waiting');
	expect(bench.seen('t4').held).toBe('inactive');
});

test('who is ready holds the restart up, also of a display task that has succeeded so far', async () => {
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2'] }];
	const bench = await Bench.of(setupOf({}, {}, { ...several({}, {}), display_tasks }));
	await bench.startOn('h1');
	await bench.call('mark', 'h1', 't1');
	await bench.end({}, 'h1', 't1');
	expect(bench.seen('t1')).toMatchObject({ status: 'failed', restart_pending: true });
	expect(bench.displays()[0]?.status).toBe('started');
	await bench.startOn('h1');
	await bench.end(SUCCESS, 'h1', 't2');
	expect(bench.displays()).toEqual([{ id: 'd', status: 'undispatched', execution: 1 }]);
});
