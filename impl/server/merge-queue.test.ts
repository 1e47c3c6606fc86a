import { expect, test } from 'vitest';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf, several } from '../testing/setups.ts';

const QUEUE = setupOf(
	{},
	{ restart_system_failed: true },
	{ ...several({}, {}, {}, {}), hosts: ['h1', 'h2', 'h3'], requester: 'github_merge_request' },
);

async function queueStarted(): Promise<ServerFixture> {
	const fixture = await ServerFixture.of(QUEUE);
	await fixture.startOn('h1', 'h2', 'h3');
	return fixture;
}

test('a failure aborts what is in progress, and keeps the rest from beginning', async () => {
	const fixture = await queueStarted();
	await fixture.end({ status: 'success', type: '' }, 'h3', 't3');
	expect(await fixture.end({}, 'h2', 't2')).toEqual([200, 'ok']);
	expect(['t1', 't2', 't3', 't4'].map((id) => fixture.seen(id).aborted)).toEqual([
		true,
		false,
		false,
		false,
	]);
	expect(fixture.seen('t4').held).toBe('inactive');
	expect(await fixture.call('next', 'h2')).toEqual([200, 'nothing']);
	expect(await fixture.call('heartbeat')).toEqual([200, 'abort']);
	expect(await fixture.end()).toEqual([200, 'ok']);
	expect(fixture.seen('t2').execution).toBe(0);
});

test('the end of an aborted execution aborts nobody else', async () => {
	const fixture = await queueStarted();
	await fixture.abort('t2');
	await fixture.end({}, 'h2', 't2');
	expect(fixture.seen('t1').aborted).toBe(false);
	expect(fixture.seen('t4').held).toBeNull();
});

test('so does a lost heartbeat, and nothing is repaired', async () => {
	const fixture = await queueStarted();
	fixture.clock.pass(1);
	await fixture.call('heartbeat', 'h1', 't1');
	await fixture.call('heartbeat', 'h3', 't3');
	await fixture.server.monitor();
	expect(fixture.seen('t2')).toMatchObject({
		status: 'failed',
		execution: 0,
		repair_pending: false,
	});
	expect(['t1', 't3'].map((id) => fixture.seen(id).aborted)).toEqual([true, true]);
	expect(fixture.seen('t4').held).toBe('inactive');
});

test('of two whose heartbeats are lost the second ends as aborted', async () => {
	const fixture = await queueStarted();
	fixture.clock.pass(1);
	await fixture.server.monitor();
	expect(['t1', 't2', 't3'].map((id) => fixture.seen(id).details?.description)).toEqual([
		'heartbeat',
		'aborted',
		'aborted',
	]);
});

test('the failure of a task that is not of the merge queue aborts nobody', async () => {
	const fixture = await ServerFixture.of({ ...QUEUE, requester: 'patch_request' });
	await fixture.startOn('h1', 'h2');
	await fixture.end();
	expect(fixture.seen('t2').aborted).toBe(false);
	expect(fixture.seen('t4').held).toBeNull();
});
