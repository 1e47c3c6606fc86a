import { expect, test } from 'vitest';
import { Bench } from '../testing/bench.ts';
import { setupOf } from '../testing/setups.ts';

test('a user restarts an ended execution, without budget or quota', async () => {
	const bench = await Bench.started(setupOf({}, { max_automatic_restarts: 0 }));
	await bench.end();
	expect(await bench.restart(0)).toEqual([200, 'ok']);
	expect(bench.task()).toMatchObject({
		execution: 1,
		started_by: { by: 'user' },
		automatic_restarts: 0,
	});
	expect(bench.slots()).toBe(0);
});

test('a restart of an older execution does nothing', async () => {
	const bench = await Bench.started();
	await bench.end();
	await bench.restart(0);
	const live = bench.task();
	expect(await bench.restart(0)).toEqual([200, 'older']);
	expect(bench.task()).toBe(live);
});

test('what has not ended, or does not exist, is not restarted', async () => {
	const bench = await Bench.started();
	expect(await bench.restart(0)).toEqual([400, 'refused_not_finished']);
	await bench.end();
	expect(await bench.restart(1)).toEqual([400, 'refused_not_finished']);
	expect(await bench.restart(0, 'nothing')).toEqual([404, null]);
	expect(await bench.restart('first')).toEqual([400, null]);
	expect(bench.task().execution).toBe(0);
});

test('a merge-queue task is not restarted, ended or not', async () => {
	const bench = await Bench.started(setupOf({}, {}, { requester: 'github_merge_request' }));
	expect(await bench.restart(0)).toEqual([400, 'refused_merge_queue']);
	await bench.end();
	expect(await bench.restart(0)).toEqual([400, 'refused_merge_queue']);
});
