import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Details } from '../../impl/live/channel.ts';
import type { ServerOrder } from '../../impl/live/server-orders.ts';
import { openPostgres } from '../../impl/store/sql/postgres.ts';
import type { SqlStore } from '../../impl/store/sql/sql-store.ts';
import type { TaskRecord } from '../../impl/store/store.ts';
import { callOver, nextOver } from '../../impl/testing/callers.ts';
import { emptied } from '../../impl/testing/emptied.ts';
import {
	type PostgresServer,
	postgresIsMissing,
	startPostgres,
} from '../../impl/testing/postgres.ts';
import {
	hostOf,
	pairOf,
	placeOf,
	saveRunning,
	saveTasks,
	taskOf,
} from '../../impl/testing/sample-records.ts';
import { Policy, TIMING } from '../../model/vocabulary/setup.ts';
import { askServer } from './app-server.ts';
import type { Child } from './child.ts';
import { Pool } from './pool.ts';

const SERVERS = 4;
const LIMIT = 200;
/** One more than the limit allows restarts of, several times over. */
const MANY = 500;

/** How many there are of each. */
function tally(words: readonly unknown[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const word of words) counts[String(word)] = (counts[String(word)] ?? 0) + 1;
	return counts;
}

describe.skipIf(postgresIsMissing !== null)(
	`four server processes on one PostgreSQL${postgresIsMissing === null ? '' : ` (skipped: ${postgresIsMissing})`}`,
	() => {
		const pool = new Pool();
		let database: PostgresServer;
		let store: SqlStore;
		let servers: readonly Child[];
		let urls: readonly string[];

		const tell = <Kind extends ServerOrder['kind']>(
			kind: Kind,
			details: Details<ServerOrder, Kind>,
		) => Promise.all(servers.map((server) => askServer(server, kind, details)));
		beforeAll(async () => {
			database = await startPostgres();
			const place = await database.createDatabase();
			store = await openPostgres({ url: place });
			servers = Array.from({ length: SERVERS }, () => pool.take('server-process'));
			await tell('open', { place });
			const policy = Policy.parse({ daily_limit: LIMIT });
			const addresses = servers.map((each) => askServer(each, 'listen', { policy }));
			urls = (await Promise.all(addresses)).map(({ url }) => url);
		}, 60_000);
		beforeEach(async () => {
			await emptied(store);
			await tell('set-clock', { now_ms: 0 });
		});
		afterAll(async () => {
			await pool.stop();
			await store?.close();
			await database?.stop();
		}, 60_000);

		/** So many calls at once, each of the next server: for task 0, or each for a task of its own. */
		const callAtOnce = (count: number, route: 'mark' | 'end', indexOf: (call: number) => number) =>
			Promise.all(
				Array.from({ length: count }, (_, call) =>
					callOver(urls[call % SERVERS] ?? '', route, indexOf(call)),
				),
			);
		const look = (count: number) =>
			store.transaction(async (tx) => {
				const tasks: TaskRecord[] = [];
				const histories = [];
				for (let index = 0; index < count; index++) {
					const task = await tx.task(`t${index}`);
					if (task !== undefined) tasks.push(task);
					histories.push(await tx.history(`t${index}`));
				}
				return { tasks, histories, slots: (await tx.project('p1'))?.slots ?? [] };
			});

		test('100 marks of one task at once take one slot and count once', async () => {
			await saveRunning(store, 1);
			const answers = await callAtOnce(100, 'mark', () => 0);
			expect(tally(answers)).toEqual({ '200,granted': 1, '200,already_granted': 99 });
			const { tasks, slots } = await look(1);
			expect(tasks).toMatchObject([{ mark: 'granted', automatic_restarts: 1 }]);
			expect(slots).toMatchObject([{ task: 't0', execution: 0 }]);
		}, 60_000);

		test(`of ${MANY} tasks that mark at once with a limit of ${LIMIT}, ${LIMIT} are granted`, async () => {
			await saveRunning(store, MANY);
			const answers = await callAtOnce(MANY, 'mark', (call) => call);
			expect(tally(answers)).toEqual({
				'200,granted': LIMIT,
				'429,refused_quota': MANY - LIMIT,
			});
			const { tasks, slots } = await look(MANY);
			expect(tally(tasks.map(({ mark }) => mark))).toEqual({
				granted: LIMIT,
				refused_quota: MANY - LIMIT,
			});
			expect(new Set(slots.map(({ task }) => task)).size).toBe(LIMIT);
			expect(slots).toHaveLength(LIMIT);
		}, 60_000);

		test('the monitors of all end each lost execution once and keep each promise once, however often they run', async () => {
			const lost = 60;
			await saveRunning(store, lost);
			// Of every three one was marked, and one more was marked and has ended: a restart is owed.
			const marked = (index: number) => index % 3 !== 0;
			const ended = (index: number) => index % 3 === 2;
			for (let index = 0; index < lost; index++)
				if (marked(index)) await callOver(urls[index % SERVERS] ?? '', 'mark', index);
			await store.transaction(async (tx) => {
				for (let index = 0; index < lost; index++) {
					const task = await tx.task(`t${index}`);
					if (task === undefined || !ended(index)) continue;
					const details = {
						status: 'failed',
						type: 'test',
						description: '',
						timed_out: null,
					} as const;
					await tx.saveTask({ ...task, status: 'failed', ended_at_ms: 1, details });
				}
			});
			await tell('set-clock', { now_ms: TIMING.stale_s * 1000 });
			await tell('monitor', {});
			const once = await look(lost);
			for (const [index, task] of once.tasks.entries()) {
				const execution = marked(index) ? 1 : 0;
				expect(task).toMatchObject({
					status: marked(index) ? 'undispatched' : 'failed',
					execution,
					automatic_restarts: execution,
					restart_pending: false,
				});
				const cause = ended(index)
					? { type: 'test' }
					: { type: 'system', description: 'heartbeat' };
				expect(once.histories[index]).toMatchObject(
					marked(index) ? [{ execution: 0, mark: 'granted', details: cause }] : [],
				);
			}
			expect(once.slots).toHaveLength((lost * 2) / 3);
			await Promise.all([tell('monitor', {}), tell('monitor', {})]);
			expect(await look(lost)).toEqual(once);
		}, 60_000);

		test('two members of a display task that end at once on two servers restart it once', async () => {
			const members = 60;
			await saveRunning(store, members, (index) => ({ place: pairOf(index) }));
			expect(tally(await callAtOnce(members, 'mark', (call) => call))).toEqual({
				'200,granted': members,
			});
			expect(tally(await callAtOnce(members, 'end', (call) => call))).toEqual({
				'200,ok': members,
			});
			const { tasks, histories, slots } = await look(members);
			for (const [index, task] of tasks.entries()) {
				expect(task).toMatchObject({ status: 'undispatched', execution: 1 });
				expect(task.unit_restarts).toBe(index % 2 === 0 ? 1 : 0);
				expect(histories[index]).toMatchObject([{ execution: 0, mark: 'granted' }]);
			}
			expect(slots).toHaveLength(members / 2);
		}, 60_000);

		test('of a single-host group no two members are given to two hosts, by whatever servers', async () => {
			const hosts = 40;
			const unit = ['t0', 't1', 't2'];
			const group = { name: 'g', hosts: 1, members: unit };
			await store.transaction(async (tx) => {
				for (let index = 0; index < hosts; index++) await tx.saveHost(hostOf(`h${index}`));
			});
			await saveTasks(
				store,
				...unit.map((id, index) => {
					const depends_on = unit.slice(Math.max(0, index - 1), index);
					return taskOf(id, { place: placeOf(id, { unit, group, depends_on }) });
				}),
			);
			const askAll = () =>
				Promise.all(
					Array.from({ length: hosts }, (_, call) =>
						nextOver(urls[call % SERVERS] ?? '', `h${call}`),
					),
				);
			const given = (await askAll()).filter((task) => task !== null);
			expect(given).toEqual(['t0']);
			const end = { status: 'success', type: null, description: '', timed_out: null } as const;
			const { tasks } = await look(1);
			const host = tasks[0]?.host ?? '';
			await store.transaction(async (tx) => {
				const [ran, task] = [await tx.host(host), await tx.task('t0')];
				if (ran === undefined || task === undefined) throw new Error('nothing ran');
				await tx.saveHost({ ...ran, running: null });
				await tx.saveTask({ ...task, status: 'success', details: end, ended_at_ms: 0 });
			});
			const next = await askAll();
			expect(next.filter((task) => task !== null)).toEqual(['t1']);
			expect(next[Number(host.slice(1))]).toBe('t1');
		}, 60_000);
	},
);
