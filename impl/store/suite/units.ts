import { expect, test } from 'vitest';
import type { Dependency } from '../../../model/vocabulary/dependency.ts';
import { appServerOver, askForWork, callFor } from '../../testing/callers.ts';
import {
	hostOf,
	pairOf,
	placeOf,
	saveRunning,
	saveTasks,
	taskOf,
} from '../../testing/sample-records.ts';
import { GROUP_STAYS_MS } from '../group-room.ts';
import type { Store, TaskRecord } from '../store.ts';

const NOW_MS = 10 * GROUP_STAYS_MS;
const failed = { status: 'failed', host: 'h1', ended_at_ms: 0 } as const;
const success = { status: 'success', host: 'h1', ended_at_ms: 0 } as const;
const started = { status: 'started', host: 'h1' } as const;

/** t2, which waits for others. */
const waiting = (...depends_on: Dependency[]): TaskRecord =>
	taskOf('t2', { place: placeOf('t2', { depends_on }) });
const failure = (name: string): Dependency => ({ name, status: 'failed' });
const anyEnd = (name: string): Dependency => ({ name, status: '*' });
/** t1, which waits for others and was not dispatched. */
const held = (...depends_on: Dependency[]): TaskRecord =>
	taskOf('t1', { place: placeOf('t1', { depends_on }) });
/** t0 and t1, a display task. */
const pair = (zero: Partial<TaskRecord>, one: Partial<TaskRecord>): TaskRecord[] => [
	taskOf('t0', { ...zero, place: pairOf(0) }),
	taskOf('t1', { ...one, place: pairOf(1) }),
];
/** t0, t1 and t2, a group that waits for nothing. */
const group = (hosts: number, ...each: Partial<TaskRecord>[]): TaskRecord[] => {
	const members = each.map((_, index) => `t${index}`);
	const unit = (id: string) => (hosts === 1 ? members : [id]);
	return members.map((id, index) => {
		const place = placeOf(id, { unit: unit(id), group: { name: 'g', hosts, members } });
		return taskOf(id, { ...each[index], place });
	});
};

const READY: Record<string, readonly [tasks: readonly TaskRecord[], ready: string | null]> = {
	'nobody has activated it': [[taskOf('t1', { activated: false })], null],
	'what it waits for has not begun': [[taskOf('t1', { activated: false }), waiting('t1')], null],
	'what it waits for runs': [[taskOf('t1', started), waiting('t1')], null],
	'what it waits for failed': [[taskOf('t1', failed), waiting('t1')], null],
	'what it waits for succeeded': [[taskOf('t1', success), waiting('t1')], 't2'],
	'one of two has not succeeded': [
		[taskOf('t0', success), taskOf('t1', started), waiting('t0', 't1')],
		null,
	],
	'what it waits for is about to restart': [
		[...pair({ ...failed, restart_pending: true }, success), waiting('t1')],
		null,
	],
	'what it waits for is about to be repaired': [
		[...pair({ ...failed, repair_pending: true }, success), waiting('t1')],
		null,
	],
	'it waits for a failure, and there is none yet': [
		[taskOf('t1', started), waiting(failure('t1'))],
		null,
	],
	'it waits for a failure, and it came': [[taskOf('t1', failed), waiting(failure('t1'))], 't2'],
	'it waits for a failure, and it was a success': [
		[taskOf('t1', success), waiting(failure('t1'))],
		null,
	],
	'it waits for a failure that is about to restart': [
		[
			taskOf('t1', { ...failed, restart_pending: true, place: placeOf('t1', {}) }),
			waiting(failure('t1')),
		],
		null,
	],
	'it waits for any end, and there is none yet': [
		[taskOf('t1', started), waiting(anyEnd('t1'))],
		null,
	],
	'it waits for any end, and it was a failure': [
		[taskOf('t1', failed), waiting(anyEnd('t1'))],
		't2',
	],
	'it waits for any end, and it was a success': [
		[taskOf('t1', success), waiting(anyEnd('t1'))],
		't2',
	],
	'it waits for any end, and that one is about to restart': [
		[
			taskOf('t1', { ...success, place: pairOf(1) }),
			taskOf('t0', { ...failed, repair_pending: true, place: pairOf(0) }),
			waiting(anyEnd('t1')),
		],
		null,
	],
	'it waits for any end of what nobody has activated': [
		[taskOf('t1', { activated: false }), waiting(anyEnd('t1'))],
		null,
	],
	'it waits for any end of what is blocked': [
		[taskOf('t0', failed), held('t0'), waiting(anyEnd('t1'))],
		't2',
	],
	'it waits for any end of what waits still': [
		[taskOf('t0', started), held('t0'), waiting(anyEnd('t1'))],
		null,
	],
	'it waits for any end of what is blocked by way of others': [
		[
			taskOf('a', success),
			taskOf('t0', { place: placeOf('t0', { depends_on: [failure('a')] }) }),
			held(failure('t0')),
			waiting(anyEnd('t1')),
		],
		't2',
	],
	'one task is to end in two ways': [[taskOf('t1', failed), waiting(failure('t1'), 't1')], null],
	'its own unit is about to restart': [
		[
			taskOf('t1', { ...success, place: placeOf('', { unit: ['t1', 't2', 't3'] }) }),
			taskOf('t3', {
				...started,
				restart_pending: true,
				place: placeOf('', { unit: ['t1', 't2', 't3'] }),
			}),
			taskOf('t2', { place: placeOf('', { unit: ['t1', 't2', 't3'], depends_on: ['t1'] }) }),
		],
		't2',
	],
	'its group runs on as many hosts as may be': [group(2, started, started, {}), null],
	'its group runs on fewer hosts': [group(2, started, success, {}), 't2'],
	'its group is on another host': [
		group(1, { ...success, ended_at_ms: NOW_MS - GROUP_STAYS_MS + 1 }, {}),
		null,
	],
	'its group was on another host, an hour ago': [
		group(1, { ...success, ended_at_ms: NOW_MS - GROUP_STAYS_MS }, {}),
		't1',
	],
	'its group is on this host': [
		group(1, { ...success, host: 'h2', ended_at_ms: NOW_MS }, {}),
		't1',
	],
	'one before it is passed over': [[taskOf('t1', started), waiting('t1'), taskOf('t3')], 't3'],
};

/** How many there are of each. */
const count = <Item>(items: readonly Item[], of: Item): number =>
	items.filter((item) => item === of).length;

const many = (times: number): number[] => Array.from({ length: times }, (_, index) => index);

/** What restarts together, and who is given what. `processes` as in the suite on concurrency. */
export function testUnits(
	fresh: () => Promise<Store>,
	processes: (store: Store) => readonly Store[] = (store) => [store],
): void {
	const start = async (fill: (store: Store) => Promise<unknown>) => {
		const store = await fresh();
		await fill(store);
		const servers = processes(store).map((each) => appServerOver(each));
		const serverFor = (index: number) => {
			const server = servers[index % servers.length];
			if (server === undefined) throw new Error('no server');
			return server;
		};
		return { store, serverFor };
	};
	const look = (store: Store, id: string) => store.transaction((tx) => tx.task(id));

	test.each(Object.entries(READY))('h2 is given a task, or none: %s', async (_, [tasks, ready]) => {
		const store = await fresh();
		await saveTasks(store, ...tasks);
		const found = await store.transaction((tx) => tx.firstReady('h2', NOW_MS));
		expect(found?.id ?? null).toBe(ready);
	});

	test('units with a restart or a repair pending are listed by their first members, in order', async () => {
		const store = await fresh();
		const place = (index: number) => ({ place: pairOf(index) });
		await saveTasks(
			store,
			taskOf('t0', place(0)),
			taskOf('t2', { ...place(2), restart_pending: true }),
			taskOf('alone', { repair_pending: true }),
			taskOf('t3', { ...place(3), restart_pending: true }),
			taskOf('t1', { ...place(1), repair_pending: true }),
		);
		const ids = (tasks: readonly TaskRecord[]) => tasks.map(({ id }) => id);
		await store.transaction(async (tx) => {
			expect(ids(await tx.pendingUnits())).toEqual(['t0', 't2', 'alone']);
			expect(ids(await tx.executionTasks('d1'))).toEqual(['t2', 't3']);
			expect(ids(await tx.tasks(['t2', 'alone', 'nothing']))).toEqual(['t2', 'alone']);
		});
	});

	test('members that end at the same moment restart their unit once', async () => {
		const fill = (store: Store) => saveRunning(store, 20, (index) => ({ place: pairOf(index) }));
		const { store, serverFor } = await start(fill);
		await Promise.all(many(20).map((index) => callFor(serverFor(index), 'mark', index)));
		const slots = (await store.transaction((tx) => tx.project('p1')))?.slots;
		expect(slots).toHaveLength(10);
		await Promise.all(many(20).map((index) => callFor(serverFor(index), 'end', index)));
		for (const index of many(20)) {
			const first = index % 2 === 0 ? 1 : 0;
			expect(await look(store, `t${index}`)).toMatchObject({
				status: 'undispatched',
				execution: 1,
				automatic_restarts: first,
				unit_restarts: first,
			});
			expect(await store.transaction((tx) => tx.history(`t${index}`))).toHaveLength(1);
		}
	}, 60_000);

	test('of many failures in the merge queue at once one aborts the others', async () => {
		const fill = (store: Store) =>
			saveRunning(store, 12, () => ({ requester: 'github_merge_request' }));
		const { store, serverFor } = await start(fill);
		const answers = await Promise.all(
			many(12).map((index) => callFor(serverFor(index), 'end', index)),
		);
		expect(answers).toEqual(Array(12).fill([200, 'ok']));
		const tasks = await store.transaction((tx) => tx.tasksOfVersion('v1'));
		expect(tasks.map(({ status }) => status)).toEqual(Array(12).fill('failed'));
		expect(
			count(
				tasks.map(({ aborted }) => aborted),
				false,
			),
		).toBe(1);
	}, 60_000);

	test.each([
		[1, 1],
		[3, 3],
	])(
		'of a group of %i hosts no more are given out, however many ask at once',
		async (hosts, most) => {
			const members = many(10).map((index) => `t${index}`);
			const { store, serverFor } = await start(async (store) => {
				const tasks = members.map((id, index) => {
					const depends_on = hosts === 1 ? members.slice(Math.max(0, index - 1), index) : [];
					const unit = hosts === 1 ? members : [id];
					const place = placeOf(id, {
						unit,
						depends_on,
						group: { name: 'g', hosts, members },
					});
					return taskOf(id, { place });
				});
				await saveTasks(store, ...tasks);
				await store.transaction(async (tx) => {
					for (const n of many(20)) await tx.saveHost(hostOf(`h${n}`));
				});
			});
			const ask = () =>
				Promise.all(many(20).map((index) => askForWork(serverFor(index), `h${index}`)));
			const given = await ask();
			expect(count(given, null)).toBeGreaterThanOrEqual(20 - most);
			// Who was passed over is given it when the host asks again.
			for (let again = 0; again < most; again++) await ask();
			const tasks = await store.transaction((tx) => tx.tasksInProgress());
			expect(tasks).toHaveLength(most);
		},
		60_000,
	);
}
