import { expect, test } from 'vitest';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf, several } from '../testing/setups.ts';

const SUCCESS = { status: 'success', type: '' } as const;

/** The display task d of t1, t2 and t3, of which none waits for another. */
const displayOf = (policy = {}): Promise<ServerFixture> => {
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2', 't3'] }];
	return ServerFixture.of(setupOf({}, policy, { ...several({}, {}, {}), display_tasks }));
};

/** The same, all started: t1 on h1 and so on. */
async function displayStarted(policy = {}): Promise<ServerFixture> {
	const fixture = await displayOf(policy);
	await fixture.startOn('h1', 'h2', 'h3');
	return fixture;
}

test('members join the list: one slot, one piece of the budget, one restart of all that ran', async () => {
	const fixture = await displayStarted({ daily_limit: 1 });
	expect(await fixture.call('mark', 'h3', 't3')).toEqual([200, 'granted']);
	expect(await fixture.call('mark', 'h1', 't1')).toEqual([200, 'granted']);
	expect(fixture.slots()).toBe(1);
	for (const id of ['t1', 't2', 't3']) expect(fixture.seen(id).automatic_restarts).toBe(1);
	await fixture.end({}, 'h3', 't3');
	await fixture.end(SUCCESS, 'h2', 't2');
	expect(fixture.task('t3')).toMatchObject({ status: 'failed', execution: 0 });
	await fixture.end({}, 'h1', 't1');
	for (const id of ['t1', 't2', 't3'])
		expect(fixture.seen(id)).toMatchObject({
			status: 'undispatched',
			execution: 1,
			started_by: { by: 'mark', task: 't3', execution: 0 },
			restart_pending: false,
			automatic_restarts: 1,
		});
	expect(fixture.slots()).toBe(1);
	expect(fixture.displays()).toEqual([{ id: 'd', status: 'undispatched', execution: 1 }]);
});

test('the budget is the same for every member, and the cap counts the highest execution', async () => {
	const fixture = await displayStarted();
	await fixture.call('mark', 'h3', 't3');
	for (const index of [1, 2, 3]) await fixture.end({}, `h${index}`, `t${index}`);
	await fixture.startOn('h1', 'h2', 'h3');
	expect(await fixture.call('mark', 'h2', 't2')).toEqual([400, 'refused_budget']);

	const capped = await displayStarted({ execution_cap: 1, max_automatic_restarts: 9 });
	for (const index of [1, 2, 3])
		await capped.end(index === 1 ? {} : SUCCESS, `h${index}`, `t${index}`);
	await capped.restart(0, 'd', { failed_only: true });
	await capped.startOn('h1');
	expect(await capped.call('mark', 'h1', 't1')).toEqual([400, 'refused_cap']);
});

test('who is aborted leaves the list, and the slot goes by the name of the next', async () => {
	const fixture = await displayStarted();
	await fixture.call('mark', 'h3', 't3');
	fixture.clock.pass(1);
	for (const index of [1, 2, 3]) await fixture.call('heartbeat', `h${index}`, `t${index}`);
	await fixture.call('mark', 'h2', 't2');
	await fixture.abort('t3');
	expect(fixture.seen('t3')).toMatchObject({ mark: 'withdrawn', automatic_restarts: 1 });
	expect(fixture.store.committedProject('p1')?.slots).toEqual([
		{ task: 't2', execution: 0, taken_at_ms: 0 },
	]);
	for (const index of [1, 2, 3]) await fixture.end({}, `h${index}`, `t${index}`);
	expect(fixture.seen('t3').started_by).toEqual({ by: 'mark', task: 't2', execution: 0 });
});

test('when the list becomes empty, slot and budget are given back', async () => {
	const fixture = await displayStarted();
	await fixture.call('mark', 'h3', 't3');
	await fixture.call('mark', 'h2', 't2');
	await fixture.end(SUCCESS, 'h3', 't3');
	expect([fixture.slots(), fixture.seen('t1').automatic_restarts]).toEqual([1, 1]);
	await fixture.end(SUCCESS, 'h2', 't2');
	expect([fixture.slots(), fixture.seen('t1').automatic_restarts]).toEqual([0, 0]);
	await fixture.end({}, 'h1', 't1');
	expect(fixture.task('t3')).toMatchObject({ status: 'success', execution: 0, mark: 'granted' });
});

test('a display task is aborted as a whole, in one transaction', async () => {
	const fixture = await displayStarted();
	await fixture.call('mark', 'h1', 't1');
	await fixture.call('mark', 'h3', 't3');
	await fixture.end({}, 'h2', 't2');
	expect(await fixture.abort('d')).toEqual([200, 'ok']);
	expect(fixture.seen('t1')).toMatchObject({ mark: 'withdrawn', aborted: true });
	expect(fixture.seen('t3')).toMatchObject({ mark: 'withdrawn', aborted: true });
	expect(fixture.seen('t2').aborted).toBe(false);
	expect([fixture.slots(), fixture.seen('t1').automatic_restarts]).toEqual([0, 0]);
	expect(await fixture.abort('d')).toEqual([200, 'ok']);
	await fixture.end({}, 'h1', 't1');
	await fixture.end({}, 'h3', 't3');
	expect(await fixture.abort('d')).toEqual([400, 'refused_not_running']);
	expect(fixture.task().execution).toBe(0);
	expect(await fixture.abort('e')).toEqual([404, null]);
});

test('a display task of which nothing is in progress is aborted as long as something is on the list', async () => {
	const fixture = await displayOf();
	expect(await fixture.abort('d')).toEqual([400, 'refused_not_running']);
	await fixture.startOn('h1');
	await fixture.call('mark', 'h1', 't1');
	await fixture.end({}, 'h1', 't1');
	expect(await fixture.abort('t1')).toEqual([400, 'refused_not_running']);
	expect([fixture.displays()[0]?.status, fixture.version()]).toEqual(['started', 'started']);
	expect([fixture.slots(), fixture.seen('t1').automatic_restarts]).toEqual([1, 1]);
	expect(await fixture.abort('d')).toEqual([200, 'ok']);
	expect(fixture.seen('t1')).toMatchObject({
		restart_pending: false,
		mark: 'granted',
		aborted: false,
	});
	expect([fixture.slots(), fixture.seen('t1').automatic_restarts]).toEqual([0, 0]);
	expect(await fixture.abort('d')).toEqual([400, 'refused_not_running']);
	await fixture.startOn('h2', 'h3');
	await fixture.end(SUCCESS, 'h2', 't2');
	await fixture.end(SUCCESS, 'h3', 't3');
	await fixture.server.monitor();
	expect(fixture.seen('t1')).toMatchObject({ status: 'failed', execution: 0 });
});

test('a user restarts a display task, or a member and the others with it, once all have ended', async () => {
	const fixture = await displayStarted();
	await fixture.call('mark', 'h1', 't1');
	await fixture.end({}, 'h1', 't1');
	await fixture.end(SUCCESS, 'h2', 't2');
	expect(await fixture.restart(0, 'd')).toEqual([400, 'refused_not_finished']);
	expect(await fixture.restart(0, 't1')).toEqual([400, 'refused_not_finished']);
	await fixture.call('mark', 'h3', 't3');
	await fixture.abort('t3');
	expect(fixture.displays()[0]?.status).toBe('started');
	// The last end keeps the promise of t1.
	await fixture.end({}, 'h3', 't3');
	expect(await fixture.restart(0, 'd')).toEqual([200, 'older']);
	expect(await fixture.restart(1, 'd')).toEqual([400, 'refused_not_finished']);
	await fixture.startOn('h1', 'h2', 'h3');
	for (const index of [1, 2, 3]) await fixture.end({}, `h${index}`, `t${index}`);
	expect(await fixture.restart(1, 't2')).toEqual([200, 'ok']);
	for (const id of ['t1', 't2', 't3'])
		expect(fixture.seen(id)).toMatchObject({ execution: 2, started_by: { by: 'user' } });
	expect(fixture.displays()[0]?.execution).toBe(2);
});

test('with failed_only the members that succeeded are left alone', async () => {
	const fixture = await displayStarted();
	await fixture.end({}, 'h1', 't1');
	await fixture.end(SUCCESS, 'h2', 't2');
	await fixture.end({}, 'h3', 't3');
	expect(await fixture.restart(0, 't2', { failed_only: true })).toEqual([200, 'ok']);
	expect([1, 2, 3].map((index) => fixture.seen(`t${index}`).execution)).toEqual([1, 0, 1]);
	await fixture.startOn('h1', 'h3');
	await fixture.end(SUCCESS, 'h1', 't1');
	await fixture.end(SUCCESS, 'h3', 't3');
	expect(await fixture.restart(1, 'd', { failed_only: true })).toEqual([200, 'nothing_failed']);
	expect(fixture.displays()).toEqual([{ id: 'd', status: 'success', execution: 1 }]);
});

test('a restart by a user that overtakes a pending one gives slot and budget back', async () => {
	// Nobody keeps the promise: the server was gone after the last end.
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2'] }];
	const setup = setupOf({}, {}, { ...several({}, {}), display_tasks });
	const fixture = await ServerFixture.of(setup, { isSettled: () => false });
	await fixture.startOn('h1', 'h2');
	await fixture.call('mark', 'h2', 't2');
	await fixture.end({}, 'h1', 't1');
	await fixture.end({}, 'h2', 't2');
	expect(fixture.seen('t2')).toMatchObject({ status: 'failed', restart_pending: true });
	const again = fixture.again();
	expect(await again.restart(0, 't1')).toEqual([200, 'ok']);
	expect([again.slots(), again.seen('t1').automatic_restarts]).toEqual([0, 0]);
	expect(again.seen('t2').history).toMatchObject([{ mark: 'granted' }]);
	expect(again.seen('t1').started_by).toEqual({ by: 'user' });
});

test('who waits for what has failed, or is not activated, does not hold the restart up', async () => {
	const tasks = several({}, {}, { depends_on: ['t2'] }, { activated: false });
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2', 't3', 't4'] }];
	const fixture = await ServerFixture.of(setupOf({}, {}, { ...tasks, display_tasks }));
	await fixture.startOn('h1', 'h2');
	expect(fixture.seen('t3').held).toBe('waiting');
	await fixture.call('mark', 'h1', 't1');
	await fixture.end({}, 'h1', 't1');
	await fixture.end({}, 'h2', 't2');
	expect(['t1', 't2', 't3', 't4'].map((id) => fixture.seen(id).execution)).toEqual([1, 1, 0, 0]);
	expect(fixture.seen('t3').held).toBe('waiting');
	expect(fixture.seen('t4').held).toBe('inactive');
});

test('who is ready holds the restart up, also of a display task that has succeeded so far', async () => {
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2'] }];
	const fixture = await ServerFixture.of(setupOf({}, {}, { ...several({}, {}), display_tasks }));
	await fixture.startOn('h1');
	await fixture.call('mark', 'h1', 't1');
	await fixture.end({}, 'h1', 't1');
	expect(fixture.seen('t1')).toMatchObject({ status: 'failed', restart_pending: true });
	expect(fixture.displays()[0]?.status).toBe('started');
	await fixture.startOn('h1');
	await fixture.end(SUCCESS, 'h1', 't2');
	expect(fixture.displays()).toEqual([{ id: 'd', status: 'undispatched', execution: 1 }]);
});
