import { expect, test } from 'vitest';
import { createAppServer } from '../routes/app-server.ts';
import { SimulatedRandomness } from '../simulated/randomness.ts';
import type { Store } from '../store/store.ts';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf } from '../testing/setups.ts';

const MINUTE = 1 / 60;

/** The monitor runs, and something comes between its first look and what it does then. */
async function monitorAround(
	{ store, clock }: ServerFixture,
	between: () => Promise<unknown>,
): Promise<void> {
	let looked = 0;
	const watched: Store = {
		async transaction(work) {
			if (looked++ === 1) await between();
			return store.transaction(work);
		},
	};
	const { policy } = setupOf();
	const randomness = new SimulatedRandomness();
	await createAppServer({ store: watched, clock, randomness, policy, rules: {} }).monitor();
}

test('an execution is lost when its last heartbeat is seven minutes old, not a minute earlier', async () => {
	const fixture = await ServerFixture.started();
	fixture.clock.pass(6 * MINUTE);
	await fixture.server.monitor();
	expect(fixture.task().status).toBe('started');
	fixture.clock.pass(MINUTE);
	await fixture.server.monitor();
	expect(fixture.task().status).toBe('failed');
});

test('without start or heartbeat its dispatch counts, which being given again does not renew', async () => {
	const fixture = await ServerFixture.of();
	await fixture.call('next');
	fixture.clock.pass(6 * MINUTE);
	await fixture.server.monitor();
	expect(await fixture.call('next')).toEqual([200, 'task']);
	fixture.clock.pass(MINUTE);
	await fixture.server.monitor();
	expect(fixture.task().status).toBe('failed');
});

test('a heartbeat that is refused does not count', async () => {
	const fixture = await ServerFixture.started();
	fixture.clock.pass(7 * MINUTE);
	const headers = { ...fixture.headers(), ...(await ServerFixture.of()).headers('h2') };
	expect((await fixture.call('heartbeat', 'h1', 't1', { headers }))[0]).not.toBe(200);
	await fixture.server.monitor();
	expect(fixture.task().status).toBe('failed');
});

test('a heartbeat that comes while the monitor looks saves the execution', async () => {
	const fixture = await ServerFixture.started();
	fixture.clock.pass(1);
	await monitorAround(fixture, () => fixture.call('heartbeat'));
	expect(fixture.task().status).toBe('started');
});

test('so it is with the next execution: nothing from before is held against it', async () => {
	const fixture = await ServerFixture.started();
	fixture.clock.pass(1);
	await monitorAround(fixture, async () => {
		await fixture.call('mark');
		await fixture.end();
		await fixture.startOn('h1');
	});
	expect(fixture.task()).toMatchObject({ execution: 1, status: 'started' });
});

test('what ends or is aborted while the monitor looks has ended so', async () => {
	const ended = await ServerFixture.started();
	ended.clock.pass(1);
	await monitorAround(ended, () => ended.end());
	expect(ended.task().details?.type).toBe('test');
	const aborted = await ServerFixture.started();
	aborted.clock.pass(1);
	await monitorAround(aborted, () => aborted.abort());
	expect(aborted.task().details).toMatchObject({ type: null, description: 'aborted' });
});
