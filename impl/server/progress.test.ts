import { expect, test } from 'vitest';
import { Bench } from '../testing/bench.ts';
import { setupOf, TWO } from '../testing/setups.ts';

test('a host is given the first undispatched task, and the next host the second', async () => {
	const bench = await Bench.of(setupOf({}, {}, TWO));
	expect(await bench.call('next', 'h1')).toEqual([200, 'task']);
	expect(await bench.call('next', 'h2')).toEqual([200, 'task']);
	expect(bench.task('t1')).toMatchObject({ status: 'dispatched', host: 'h1', dispatched_at_ms: 0 });
	expect(bench.task('t2')).toMatchObject({ status: 'dispatched', host: 'h2' });
});

test('a host that never heard of its execution is given it again, one that started it is not', async () => {
	const bench = await Bench.of(setupOf({}, {}, TWO));
	await bench.call('next');
	const dispatched = bench.task();
	expect(await bench.call('next')).toEqual([200, 'task']);
	expect(bench.task()).toBe(dispatched);
	expect(bench.task('t2').status).toBe('undispatched');
	await bench.call('start');
	expect(await bench.call('next')).toEqual([200, 'nothing']);
});

test('there is nothing to do when all tasks are taken', async () => {
	const bench = await Bench.of(setupOf({}, {}, { hosts: ['h1', 'h2'] }));
	await bench.call('next', 'h1');
	expect(await bench.call('next', 'h2')).toEqual([200, 'nothing']);
});

test('start and heartbeat renew the last heartbeat, and start may be repeated', async () => {
	const bench = await Bench.of();
	await bench.call('next');
	bench.clock.pass(1);
	expect(await bench.call('start')).toEqual([200, 'ok']);
	expect(bench.task()).toMatchObject({ status: 'started', last_heartbeat_ms: 3_600_000 });
	expect(await bench.call('start')).toEqual([200, 'ok']);
	bench.clock.pass(1);
	expect(await bench.call('heartbeat')).toEqual([200, 'ok']);
	expect(bench.task().last_heartbeat_ms).toBe(7_200_000);
});

test('an abort is told by heartbeat, once asked for and ever after', async () => {
	const bench = await Bench.started();
	expect(await bench.abort()).toEqual([200, 'ok']);
	const aborted = bench.task();
	expect(aborted.aborted).toBe(true);
	expect(await bench.abort()).toEqual([200, 'ok']);
	expect(bench.task()).toBe(aborted);
	expect(await bench.call('heartbeat')).toEqual([200, 'abort']);
});

test('only an execution in progress can be aborted', async () => {
	const bench = await Bench.of();
	expect(await bench.abort()).toEqual([400, 'refused_not_running']);
	await bench.call('next');
	expect(await bench.abort()).toEqual([200, 'ok']);
	await bench.end();
	expect(await bench.abort()).toEqual([400, 'refused_not_running']);
	expect(await bench.abort('nothing')).toEqual([404, null]);
});

test('an abort withdraws a granted mark and gives slot and budget back', async () => {
	const bench = await Bench.started();
	await bench.call('mark');
	expect(bench.slots()).toBe(1);
	await bench.abort();
	expect(bench.task()).toMatchObject({
		mark: 'withdrawn',
		restart_pending: false,
		automatic_restarts: 0,
	});
	expect(bench.slots()).toBe(0);
	expect(await bench.call('mark')).toEqual([200, 'ignored_aborted']);
});

test('the monitor ends an execution whose heartbeat is seven minutes old', async () => {
	const bench = await Bench.started();
	await bench.server.monitor();
	expect(bench.task().status).toBe('started');
	bench.clock.pass(1);
	await bench.server.monitor();
	expect(bench.task()).toMatchObject({
		status: 'failed',
		ended_at_ms: 3_600_000,
		details: { type: 'system', description: 'heartbeat' },
	});
	expect(bench.store.committedHost('h1')?.running).toBeNull();
});

test('the monitor restarts what was promised a restart', async () => {
	const bench = await Bench.started();
	await bench.call('mark');
	bench.clock.pass(1);
	await bench.server.monitor();
	expect(bench.task()).toMatchObject({
		execution: 1,
		started_by: { by: 'mark', task: 't1', execution: 0 },
	});
});

test('a stale aborted execution ends as aborted', async () => {
	const bench = await Bench.started();
	await bench.abort();
	bench.clock.pass(1);
	await bench.server.monitor();
	expect(bench.task().details).toEqual({
		status: 'failed',
		type: null,
		description: 'aborted',
		timed_out: null,
	});
});
