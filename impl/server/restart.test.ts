import { expect, test } from 'vitest';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf } from '../testing/setups.ts';

test('a user restarts an ended execution, without budget or quota', async () => {
	const fixture = await ServerFixture.started(setupOf({}, { max_automatic_restarts: 0 }));
	await fixture.end();
	expect(await fixture.restart(0)).toEqual([200, 'ok']);
	expect(fixture.task()).toMatchObject({
		execution: 1,
		started_by: { by: 'user' },
		automatic_restarts: 0,
	});
	expect(fixture.slots()).toBe(0);
});

test('a restart of an older execution does nothing', async () => {
	const fixture = await ServerFixture.started();
	await fixture.end();
	await fixture.restart(0);
	const live = fixture.task();
	expect(await fixture.restart(0)).toEqual([200, 'older']);
	expect(fixture.task()).toBe(live);
});

test('what has not ended, or does not exist, is not restarted', async () => {
	const fixture = await ServerFixture.started();
	expect(await fixture.restart(0)).toEqual([400, 'refused_not_finished']);
	await fixture.end();
	expect(await fixture.restart(1)).toEqual([400, 'refused_not_finished']);
	expect(await fixture.restart(0, 'nothing')).toEqual([404, null]);
	expect(await fixture.restart('first')).toEqual([400, null]);
	expect(fixture.task().execution).toBe(0);
});

test('a merge-queue task is not restarted, ended or not', async () => {
	const fixture = await ServerFixture.started(
		setupOf({}, {}, { requester: 'github_merge_request' }),
	);
	expect(await fixture.restart(0)).toEqual([400, 'refused_merge_queue']);
	await fixture.end();
	expect(await fixture.restart(0)).toEqual([400, 'refused_merge_queue']);
});
