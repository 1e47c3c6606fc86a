import { expect, test } from 'vitest';
import { appServerOver, callFor } from '../../testing/callers.ts';
import {
	archivedOf,
	hostOf,
	PROJECT,
	saveRunning,
	saveTasks,
	taskOf,
	VERSION,
} from '../../testing/sample-records.ts';
import { PointedStore } from '../points.ts';
import type { Store } from '../store.ts';

/** Points at which a transaction may be stopped, at the most. */
const MOST_POINTS = 50;

/** All of a transaction or nothing. */
export function testAtomicity(fresh: () => Promise<Store>): void {
	test('a transaction sees its own writes', async () => {
		const store = await fresh();
		await store.transaction(async (tx) => {
			await tx.saveProject({ ...PROJECT, slots: [{ task: 't', execution: 0, taken_at_ms: 1 }] });
			await tx.saveVersion(VERSION);
			await tx.saveTask(taskOf('t1'));
			await tx.archive(archivedOf('t1', 0));
			await tx.saveTask(taskOf('t1', { execution: 1 }));
			expect(await tx.task('t1')).toEqual(taskOf('t1', { execution: 1 }));
			expect(await tx.history('t1')).toEqual([archivedOf('t1', 0)]);
			expect((await tx.project('p1'))?.slots).toHaveLength(1);
			expect(await tx.tasksOfVersion('v1')).toHaveLength(1);
		});
	});

	test('a transaction that throws leaves nothing behind, in any table', async () => {
		const store = await fresh();
		await saveTasks(store, taskOf('t1'));
		const slots = [{ task: 't1', execution: 0, taken_at_ms: 0 }];
		const work = store.transaction(async (tx) => {
			await tx.saveTask(taskOf('t1', { status: 'started' }));
			await tx.saveTask(taskOf('t2'));
			await tx.archive(archivedOf('t1', 0));
			await tx.saveHost(hostOf('h1'));
			await tx.saveProject({ ...PROJECT, slots });
			await tx.saveVersion({ ...VERSION, id: 'v2' });
			await tx.saveUser({ id: 'u', key_hash: '', roles: [] });
			throw new Error('no');
		});
		await expect(work).rejects.toThrow('no');
		const found = await store.transaction(async (tx) => [
			await tx.task('t1'),
			await tx.task('t2'),
			await tx.history('t1'),
			await tx.host('h1'),
			await tx.project('p1'),
			await tx.version('v2'),
			await tx.user('u'),
		]);
		expect(found).toEqual([taskOf('t1'), undefined, [], undefined, PROJECT, undefined, undefined]);
	});

	test('what is not committed is never seen', async () => {
		const store = await fresh();
		const writing = store.transaction(async (tx) => {
			await tx.saveHost(hostOf('h1'));
			await new Promise((resolve) => setTimeout(resolve, 30));
			throw new Error('no');
		});
		const seen = store.transaction((tx) => tx.hosts());
		await expect(writing).rejects.toThrow('no');
		expect(await seen).toEqual([]);
	});

	// L1, S7, S18: the answers of a server that is stopped anywhere in a mark or an end, and asked again.
	test.each(['mark', 'end'] as const)('%s, stopped at any point, is done once', async (route) => {
		const store = await fresh();
		await saveRunning(store, MOST_POINTS);
		let index = 0;
		for (let stopped = true; stopped; index++) {
			if (route === 'end') await callFor(appServerOver(store), 'mark', index);
			let points = 0;
			const server = appServerOver(
				new PointedStore(store, () => {
					if (points++ === index) throw new Error('stopped');
				}),
			);
			stopped = await callFor(server, route, index).then(
				() => false,
				() => true,
			);
			if (stopped) await callFor(appServerOver(store), route, index);
			await appServerOver(store).monitor();
			const [task, history] = await store.transaction(async (tx) => [
				await tx.task(`t${index}`),
				await tx.history(`t${index}`),
			]);
			const execution = route === 'end' ? 1 : 0;
			expect(task).toMatchObject({ automatic_restarts: 1, execution });
			expect(history).toHaveLength(execution);
			expect((await store.transaction((tx) => tx.project('p1')))?.slots).toHaveLength(index + 1);
		}
		expect(index).toBeGreaterThan(8);
	});
}
