import { expect, test } from 'vitest';
import { Bench } from '../testing/bench.ts';
import { setupOf, several } from '../testing/setups.ts';

const QUEUE = setupOf(
	{},
	{ restart_system_failed: true },
	{ ...several({}, {}, {}, {}), hosts: ['h1', 'h2', 'h3'], requester: 'github_merge_request' },
);

async function queueStarted(): Promise<Bench> {
	const bench = await Bench.of(QUEUE);
	await bench.startOn('h1', 'h2', 'h3');
	return bench;
}

test('a failure aborts what is in progress, and keeps the rest from beginning', async () => {
	const bench = await queueStarted();
	await bench.end({ status: 'success', type: '' }, 'h3', 't3');
	expect(await bench.end({}, 'h2', 't2')).toEqual([200, 'ok']);
	expect(['t1', 't2', 't3', 't4'].map((id) => bench.seen(id).aborted)).toEqual([
		true,
		false,
		false,
		false,
	]);
	expect(bench.seen('t4').held).toBe('inactive');
	expect(await bench.call('next', 'h2')).toEqual([200, 'nothing']);
	expect(await bench.call('heartbeat')).toEqual([200, 'abort']);
	expect(await bench.end()).toEqual([200, 'ok']);
	expect(bench.seen('t2').execution).toBe(0);
});

test('the end of an aborted execution aborts nobody else', async () => {
	const bench = await queueStarted();
	await bench.abort('t2');
	await bench.end({}, 'h2', 't2');
	expect(bench.seen('t1').aborted).toBe(false);
	expect(bench.seen('t4').held).toBeNull();
});

test('so does a lost heartbeat, and nothing is repaired', async () => {
	const bench = await queueStarted();
	bench.clock.pass(1);
	await bench.call('heartbeat', 'h1', 't1');
	await bench.call('heartbeat', 'h3', 't3');
	await bench.server.monitor();
	expect(bench.seen('t2')).toMatchObject({ status: 'failed', execution: 0, repair_pending: false });
	expect(['t1', 't3'].map((id) => bench.seen(id).aborted)).toEqual([true, true]);
	expect(bench.seen('t4').held).toBe('inactive');
});

test('of two whose heartbeats are lost the second ends as aborted', async () => {
	const bench = await queueStarted();
	bench.clock.pass(1);
	await bench.server.monitor();
	expect(['t1', 't2', 't3'].map((id) => bench.seen(id).details?.description)).toEqual([
		'heartbeat',
		'aborted',
		'aborted',
	]);
});

test('the failure of a task that is not of the merge queue aborts nobody', async () => {
	const bench = await Bench.of({ ...QUEUE, requester: 'patch_request' });
	await bench.startOn('h1', 'h2');
	await bench.end();
	expect(bench.seen('t2').aborted).toBe(false);
	expect(bench.seen('t4').held).toBeNull();
});
