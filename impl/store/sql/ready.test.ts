import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type AwaitedStatus, waitFor } from '../../../model/vocabulary/dependency.ts';
import { emptied } from '../../testing/emptied.ts';
import { hostOf, saveTasks, taskOf } from '../../testing/sample-records.ts';
import { GROUP_STAYS_MS } from '../group-room.ts';
import { readyFor } from '../ready.ts';
import type { TaskRecord } from '../store.ts';
import { openPglite } from './pglite.ts';
import { IS_READY } from './ready.ts';
import type { SqlStore } from './sql-store.ts';

let store: SqlStore;

beforeAll(async () => {
	store = await openPglite();
}, 60_000);
afterAll(() => store.close());

const NOW_MS = 10 * GROUP_STAYS_MS;
/** A query over more tasks takes disproportionately long. */
const BATCHES = 4;
const DRAWS = 150;
const MOST_TASKS = 5;

/** From both sides of the moment at which a group lets its host go. */
const ENDED_MS = [NOW_MS - GROUP_STAYS_MS + 1, NOW_MS - GROUP_STAYS_MS];

/** Hosts that were taken away, for which no group waits. */
const GONE: readonly string[] = ['h3'];
const host = fc.constantFrom('h1', 'h2', 'h3');
const rarely = fc.nat({ max: 5 }).map((draw) => draw === 0);

const undispatched = fc.record({
	status: fc.constant('undispatched' as const),
	activated: rarely.map((draw) => !draw),
});
const running = fc.record({ status: fc.constantFrom('dispatched' as const, 'started'), host });
const ended = fc.record({
	status: fc.constantFrom('success' as const, 'success', 'success', 'failed'),
	host,
	ended_at_ms: fc.constantFrom(...ENDED_MS),
	repair_pending: rarely,
});

/** How a task has to end that another one waits for. */
const end = fc.constantFrom('success' as const, 'success', 'failed', '*', '*');

/** One task; whether it is of the one unit or group of many, how far before it stands what it waits for, and how that has to end. */
const drawn = fc.record({
	live: fc.oneof({ weight: 3, arbitrary: undispatched }, running, { weight: 4, arbitrary: ended }),
	restart_pending: rarely,
	inUnit: fc.boolean(),
	inGroup: fc.boolean(),
	back: fc.uniqueArray(
		fc.record({
			by: fc.integer({ min: 1, max: MOST_TASKS }),
			status: end,
		}),
		{ maxLength: 2, selector: ({ by }) => by },
	),
});

/** Tasks that stand together somehow: the two are to agree on any, not only on those that can come about. */
const together = fc
	.record({
		all: fc.array(drawn, { minLength: 1, maxLength: MOST_TASKS }),
		hosts: fc.integer({ min: 1, max: 3 }),
	})
	.map(({ all, hosts }) => (draw: number): TaskRecord[] => {
		const idOf = (index: number) => `${draw}_${index}`;
		const those = (is: (task: (typeof all)[number]) => boolean): string[] =>
			all.flatMap((task, index) => (is(task) ? [idOf(index)] : []));
		const unit = those(({ inUnit }) => inUnit);
		const group = { name: 'g', hosts, members: those(({ inGroup }) => inGroup) };
		return all.map(({ live, restart_pending, inUnit, inGroup, back }, index) => {
			const id = idOf(index);
			const depends_on = back.flatMap(({ by, status }) =>
				by > index ? [] : [waitFor(idOf(index - by), status)],
			);
			const place = {
				unit: inUnit ? unit : [id],
				display_task: null,
				group: inGroup ? group : null,
				depends_on,
			};
			const isAlone = !inUnit && !inGroup && depends_on.length === 0;
			return taskOf(id, { ...live, restart_pending, place: isAlone ? null : place });
		});
	});

/** Each value of one with each of the other. */
const times = <One, Other>(ones: readonly One[], others: readonly Other[]): [One, Other][] =>
	ones.flatMap((one) => others.map((other): [One, Other] => [one, other]));

/**
 * Chains of four in every standing that matters to the last of them, which waits for any end of the third: whether that
 * one will run hangs on the second, and by way of it on the first.
 */
function chains(): TaskRecord[] {
	const was = { host: 'h1', ended_at_ms: ENDED_MS[0] ?? 0 };
	const first = [
		{},
		{ activated: false },
		{ ...was, status: 'success' as const },
		{ ...was, status: 'failed' as const },
	];
	const second = times(
		[{}, { ...was, status: 'success' as const }, { ...was, status: 'failed' as const }],
		[false, true],
	);
	const statuses: readonly AwaitedStatus[] = ['success', 'failed', '*'];
	const ends = times(statuses, statuses);
	const third = [
		{ isUnit: false, activated: true },
		{ isUnit: true, activated: true },
		{ isUnit: false, activated: false },
	];
	return times(times(first, second), times(ends, third)).flatMap(
		([[one, [two, restart_pending]], [[end, further], { isUnit, activated }]], index) => {
			const idOf = (place: number) => `${index}_${place}`;
			const unit = [idOf(1), idOf(2)];
			const placed = (place: number, status: AwaitedStatus, joined: boolean) => ({
				unit: joined ? unit : [idOf(place)],
				display_task: null,
				group: null,
				depends_on: [waitFor(idOf(place - 1), status)],
			});
			return [
				taskOf(idOf(0), one),
				taskOf(idOf(1), { ...two, restart_pending, place: placed(1, end, isUnit) }),
				taskOf(idOf(2), { activated, place: placed(2, further, isUnit) }),
				taskOf(idOf(3), { place: placed(3, '*', false) }),
			];
		},
	);
}

/** The ids of the tasks that SQL calls ready, in order. */
async function readyInSql(tasks: readonly TaskRecord[]): Promise<unknown[]> {
	await saveTasks(await emptied(store), ...tasks);
	await store.transaction(async (tx) => {
		for (const id of GONE) await tx.saveHost(hostOf(id, { gone: true }));
	});
	const connection = await store.database.connect();
	const query = `SELECT task.id FROM tasks task WHERE ${IS_READY} ORDER BY position`;
	const rows = await connection.query(query, ['h1', NOW_MS]);
	connection.release(false);
	return z
		.array(z.object({ id: z.string() }))
		.parse(rows)
		.map(({ id }) => id);
}

test.each(Array.from({ length: BATCHES }, (_, batch) => batch))(
	'on any tasks, what is ready in SQL is ready in TypeScript and nothing else: batch %i',
	async (batch) => {
		const draws = fc.sample(together, { seed: 20_261_128 + batch, numRuns: DRAWS });
		const all = draws.flatMap((drawnAs, draw) => drawnAs(draw));
		const tasks = new Map(all.map((task) => [task.id, task]));
		const ready = all.filter(
			readyFor(
				'h1',
				(id) => tasks.get(id),
				(host) => GONE.includes(host),
				NOW_MS,
			),
		);
		expect(await readyInSql(all)).toEqual(ready.map(({ id }) => id));
		const waiting = all.filter(({ status }) => status === 'undispatched').length;
		// It would be no test if nothing, or everything, were ready.
		expect(ready.length / waiting).toBeGreaterThan(0.2);
		expect(ready.length / waiting).toBeLessThan(0.8);
	},
	60_000,
);

test('on any chain in which one waits for any end, too', async () => {
	const all = chains();
	const tasks = new Map(all.map((task) => [task.id, task]));
	const ready = all
		.filter(
			readyFor(
				'h1',
				(id) => tasks.get(id),
				(host) => GONE.includes(host),
				NOW_MS,
			),
		)
		.map(({ id }) => id);
	expect(await readyInSql(all)).toEqual(ready);
	const last = ready.filter((id) => id.endsWith('_3')).length;
	// Neither never nor always.
	expect(last / (all.length / 4)).toBeGreaterThan(0.1);
	expect(last / (all.length / 4)).toBeLessThan(0.8);
}, 60_000);
