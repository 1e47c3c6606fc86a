import { expect, test } from 'vitest';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf, TWO } from '../testing/setups.ts';

test('a host is given the first undispatched task, and the next host the second', async () => {
	const fixture = await ServerFixture.of(setupOf({}, {}, TWO));
	expect(await fixture.call('next', 'h1')).toEqual([200, 'task']);
	expect(await fixture.call('next', 'h2')).toEqual([200, 'task']);
	expect(fixture.task('t1')).toMatchObject({
		status: 'dispatched',
		host: 'h1',
		dispatched_at_ms: 0,
	});
	expect(fixture.task('t2')).toMatchObject({ status: 'dispatched', host: 'h2' });
});

test('a host that never heard of its execution is given it again, one that started it is not', async () => {
	const fixture = await ServerFixture.of(setupOf({}, {}, TWO));
	await fixture.call('next');
	const dispatched = fixture.task();
	expect(await fixture.call('next')).toEqual([200, 'task']);
	expect(fixture.task()).toBe(dispatched);
	expect(fixture.task('t2').status).toBe('undispatched');
	await fixture.call('start');
	expect(await fixture.call('next')).toEqual([200, 'nothing']);
});

test('there is nothing to do when all tasks are taken', async () => {
	const fixture = await ServerFixture.of(setupOf({}, {}, { hosts: ['h1', 'h2'] }));
	await fixture.call('next', 'h1');
	expect(await fixture.call('next', 'h2')).toEqual([200, 'nothing']);
});

test('start and heartbeat renew the last heartbeat, and start may be repeated', async () => {
	const fixture = await ServerFixture.of();
	await fixture.call('next');
	fixture.clock.pass(1);
	expect(await fixture.call('start')).toEqual([200, 'ok']);
	expect(fixture.task()).toMatchObject({ status: 'started', last_heartbeat_ms: 3_600_000 });
	expect(await fixture.call('start')).toEqual([200, 'ok']);
	fixture.clock.pass(1);
	expect(await fixture.call('heartbeat')).toEqual([200, 'ok']);
	expect(fixture.task().last_heartbeat_ms).toBe(7_200_000);
});

test('an abort is told by heartbeat, once asked for and ever after', async () => {
	const fixture = await ServerFixture.started();
	expect(await fixture.abort()).toEqual([200, 'ok']);
	const aborted = fixture.task();
	expect(aborted.aborted).toBe(true);
	expect(await fixture.abort()).toEqual([200, 'ok']);
	expect(fixture.task()).toBe(aborted);
	expect(await fixture.call('heartbeat')).toEqual([200, 'abort']);
});

test('only an execution in progress can be aborted', async () => {
	const fixture = await ServerFixture.of();
	expect(await fixture.abort()).toEqual([400, 'refused_not_running']);
	await fixture.call('next');
	expect(await fixture.abort()).toEqual([200, 'ok']);
	await fixture.end();
	expect(await fixture.abort()).toEqual([400, 'refused_not_running']);
	expect(await fixture.abort('nothing')).toEqual([404, null]);
});

test('an abort withdraws a granted mark and gives slot and budget back', async () => {
	const fixture = await ServerFixture.started();
	await fixture.call('mark');
	expect(fixture.slots()).toBe(1);
	await fixture.abort();
	expect(fixture.task()).toMatchObject({
		mark: 'withdrawn',
		restart_pending: false,
		automatic_restarts: 0,
	});
	expect(fixture.slots()).toBe(0);
	expect(await fixture.call('mark')).toEqual([200, 'ignored_aborted']);
});

test('the monitor ends an execution whose heartbeat is seven minutes old', async () => {
	const fixture = await ServerFixture.started();
	await fixture.server.monitor();
	expect(fixture.task().status).toBe('started');
	fixture.clock.pass(1);
	await fixture.server.monitor();
	expect(fixture.task()).toMatchObject({
		status: 'failed',
		ended_at_ms: 3_600_000,
		details: { type: 'system', description: 'heartbeat' },
	});
	expect(fixture.store.committedHost('h1')?.running).toBeNull();
});

test('the monitor restarts what was promised a restart', async () => {
	const fixture = await ServerFixture.started();
	await fixture.call('mark');
	fixture.clock.pass(1);
	await fixture.server.monitor();
	expect(fixture.task()).toMatchObject({
		execution: 1,
		started_by: { by: 'mark', task: 't1', execution: 0 },
	});
});

test('a stale aborted execution ends as aborted', async () => {
	const fixture = await ServerFixture.started();
	await fixture.abort();
	fixture.clock.pass(1);
	await fixture.server.monitor();
	expect(fixture.task().details).toEqual({
		status: 'failed',
		type: null,
		description: 'aborted',
		timed_out: null,
	});
});
