import { expect, test } from 'vitest';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf, TWO } from '../testing/setups.ts';

test('the first mark is granted, and takes one slot and one piece of the budget', async () => {
	const fixture = await ServerFixture.started();
	expect(await fixture.call('mark')).toEqual([200, 'granted']);
	expect(fixture.task()).toMatchObject({
		mark: 'granted',
		restart_pending: true,
		automatic_restarts: 1,
	});
	expect(fixture.slots()).toBe(1);
	const granted = fixture.task();
	expect(await fixture.call('mark')).toEqual([200, 'already_granted']);
	expect(fixture.task()).toBe(granted);
	expect(fixture.slots()).toBe(1);
});

test('a mark is refused when the budget is spent, and stays refused after an abort', async () => {
	const fixture = await ServerFixture.started(setupOf({}, { max_automatic_restarts: 0 }));
	expect(await fixture.call('mark')).toEqual([400, 'refused_budget']);
	expect(fixture.task().mark).toBe('refused_budget');
	await fixture.abort();
	expect(await fixture.call('mark')).toEqual([400, 'refused_budget']);
});

test('a mark is refused at the cap, whatever the budget says', async () => {
	const fixture = await ServerFixture.started(
		setupOf({}, { execution_cap: 0, max_automatic_restarts: 0 }),
	);
	expect(await fixture.call('mark')).toEqual([400, 'refused_cap']);
});

test('a mark of the merge queue is refused before anything else, by the server', async () => {
	const setup = setupOf({}, { execution_cap: 0 }, { requester: 'github_merge_request' });
	const fixture = await ServerFixture.started(setup);
	expect(await fixture.call('mark')).toEqual([400, 'refused_merge_queue']);
});

test('a mark is refused for quota while all slots are in use, and a refusal takes none', async () => {
	const fixture = await ServerFixture.started(setupOf({}, { daily_limit: 1 }, TWO));
	await fixture.call('next', 'h2');
	expect(await fixture.call('mark', 'h1', 't1')).toEqual([200, 'granted']);
	expect(await fixture.call('mark', 'h2', 't2')).toEqual([429, 'refused_quota']);
	expect(fixture.slots()).toBe(1);
	expect(fixture.task('t2')).toMatchObject({ mark: 'refused_quota', automatic_restarts: 0 });
	expect(await fixture.call('mark', 'h2', 't2')).toEqual([429, 'refused_quota']);
});

test('a limit of 0 is no limit', async () => {
	const fixture = await ServerFixture.started(setupOf({}, { daily_limit: 0 }));
	expect(await fixture.call('mark')).toEqual([200, 'granted']);
	expect(fixture.slots()).toBe(1);
});

test('a mark after an abort is ignored and decides nothing', async () => {
	const fixture = await ServerFixture.started();
	await fixture.abort();
	expect(await fixture.call('mark')).toEqual([200, 'ignored_aborted']);
	expect(fixture.task().mark).toBe('none');
});
