import { expect, test } from 'vitest';
import { heededOf, Policy, type PolicyInForce } from '../../../model/vocabulary/setup.ts';
import type { AppServer } from '../../routes/app-server.ts';
import { appServerOver, askForWork, callFor } from '../../testing/callers.ts';
import { hostOf, saveRunning, saveTasks, taskOf } from '../../testing/sample-records.ts';
import type { Store } from '../store.ts';

const limitedTo = (daily_limit: number): PolicyInForce => heededOf(Policy.parse({ daily_limit }));

const repeat = <Value>(times: number, make: (index: number) => Value): Value[] =>
	Array.from({ length: times }, (_, index) => make(index));

/** How many there are of each. */
function tally(words: readonly unknown[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const word of words) counts[String(word)] = (counts[String(word)] ?? 0) + 1;
	return counts;
}

/**
 * Many at once. `processes` gives stores that look at the same data, as of several app servers; without
 * it there is one.
 */
export function testConcurrency(
	fresh: () => Promise<Store>,
	processes: (store: Store) => readonly Store[] = (store) => [store],
): void {
	const start = async (fill: (store: Store) => Promise<unknown>) => {
		const store = await fresh();
		await fill(store);
		return { store, stores: processes(store) };
	};
	const pick = <Item>(items: readonly Item[], index: number): Item => {
		const item = items[index % items.length];
		if (item === undefined) throw new Error('nothing to pick');
		return item;
	};

	test('transactions on one record that overlap behave as if each ran alone', async () => {
		const { store, stores } = await start((store) => saveTasks(store, taskOf('t1')));
		const add = (index: number) =>
			pick(stores, index).transaction(async (tx) => {
				const task = await tx.task('t1');
				if (task === undefined) throw new Error('no task');
				await new Promise((resolve) => setTimeout(resolve, 1));
				await tx.saveTask({ ...task, automatic_restarts: task.automatic_restarts + 1 });
				if (index % 3 === 0) throw new Error('no');
			});
		await Promise.allSettled(repeat(30, add));
		expect((await store.transaction((tx) => tx.task('t1')))?.automatic_restarts).toBe(20);
	});

	test('of many who find a record missing one saves it', async () => {
		const { stores } = await start(async () => {});
		const create = (index: number) =>
			pick(stores, index).transaction(async (tx) => {
				if ((await tx.user('u')) !== undefined) return 'found';
				await tx.saveUser({ id: 'u', key_hash: String(index), roles: [] });
				return 'saved';
			});
		expect(tally(await Promise.all(repeat(20, create)))).toEqual({ saved: 1, found: 19 });
	});

	test('a policy waits for the grants that heed the one before it', async () => {
		const { store, stores } = await start(async (store) => {
			await store.transaction((tx) => tx.savePolicy({ id: 'policy', heeded: limitedTo(2) }));
			await saveTasks(store, taskOf('t1'));
		});
		const order: string[] = [];
		let change: Promise<unknown> = Promise.resolve();
		await pick(stores, 0).transaction(async (tx) => {
			const kept = await tx.policy();
			change = pick(stores, 1)
				.transaction((tx) => tx.savePolicy({ id: 'policy', heeded: limitedTo(1) }))
				.then(() => order.push('changed'));
			// Time enough for who does not wait.
			await Promise.race([change, new Promise((resolve) => setTimeout(resolve, 200))]);
			order.push(`granted by ${kept?.heeded.daily_limit}`);
		});
		await change;
		expect(order).toEqual(['granted by 2', 'changed']);
		expect((await store.transaction((tx) => tx.policy()))?.heeded).toEqual(limitedTo(1));
	});

	test('many marks for one task take one slot', async () => {
		const { store, stores } = await start((store) => saveRunning(store, 1));
		const servers = stores.map((each) => appServerOver(each));
		const answers = await Promise.all(repeat(40, (n) => callFor(pick(servers, n), 'mark', 0)));
		expect(tally(answers)).toEqual({ '200,granted': 1, '200,already_granted': 39 });
		const [task, project] = await store.transaction(async (tx) => [
			await tx.task('t0'),
			await tx.project('p1'),
		]);
		expect(task).toMatchObject({ mark: 'granted', automatic_restarts: 1 });
		expect(project?.slots).toEqual([{ task: 't0', execution: 0, taken_at_ms: 0 }]);
	});

	test('of 500 tasks that mark at once with a limit of 200, 200 are granted', async () => {
		const { store, stores } = await start((store) => saveRunning(store, 500));
		const servers = stores.map((each) => appServerOver(each, { daily_limit: 200 }));
		const answers = await Promise.all(repeat(500, (n) => callFor(pick(servers, n), 'mark', n)));
		expect(tally(answers)).toEqual({ '200,granted': 200, '429,refused_quota': 300 });
		const [project, tasks] = await store.transaction(async (tx) => [
			await tx.project('p1'),
			await tx.tasksInProgress(),
		]);
		expect(project?.slots).toHaveLength(200);
		expect(tally(tasks.map(({ mark }) => mark))).toEqual({ granted: 200, refused_quota: 300 });
	}, 60_000);

	test('an execution that is ended by many at once ends once and is followed by one', async () => {
		const { store, stores } = await start((store) => saveRunning(store, 1));
		const servers = stores.map((each) => appServerOver(each));
		await callFor(pick(servers, 0), 'mark', 0);
		const ask = (n: number): Promise<unknown> =>
			n % 5 === 0 ? pick(servers, n).monitor() : callFor(pick(servers, n), 'end', 0);
		const answers = await Promise.all(repeat(40, ask));
		expect(tally(answers)).toEqual({ '200,ok': 1, '200,already_ended': 31, undefined: 8 });
		const [task, history] = await store.transaction(async (tx) => [
			await tx.task('t0'),
			await tx.history('t0'),
		]);
		expect(task).toMatchObject({ status: 'undispatched', execution: 1 });
		expect(history).toMatchObject([{ execution: 0, mark: 'granted' }]);
	});

	test('no task is given to two hosts', async () => {
		const { store, stores } = await start(async (store) => {
			await saveTasks(store, ...repeat(60, (n) => taskOf(`t${n}`)));
			await store.transaction(async (tx) => {
				for (let n = 0; n < 50; n++) await tx.saveHost(hostOf(`h${n}`));
			});
		});
		const servers: readonly AppServer[] = stores.map((each) => appServerOver(each));
		const given = await Promise.all(repeat(50, (n) => askForWork(pick(servers, n), `h${n}`)));
		expect(new Set(given).size).toBe(50);
		expect(given).not.toContain(null);
		expect(await store.transaction((tx) => tx.queueLength())).toBe(10);
	});
}
