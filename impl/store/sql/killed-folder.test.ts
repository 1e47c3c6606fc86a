import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restartExecution } from '../../server/restart.ts';
import { appServerOver, callFor, contextOver } from '../../testing/callers.ts';
import { DiskStates } from '../../testing/disk-states.ts';
import { saveRunning } from '../../testing/sample-records.ts';
import { PointedStore } from '../points.ts';
import type { Store } from '../store.ts';
import type { Database } from './database.ts';
import { openPglite } from './pglite.ts';
import { SqlStore } from './sql-store.ts';

/** Long enough for the monitor to miss a heartbeat. */
const LATER_H = 1;

interface Work {
	/** What comes before, and is not interrupted. */
	readonly before: (store: Store, index: number) => Promise<unknown>;
	/** What is interrupted anywhere, and done again by whoever got no answer. */
	readonly work: (store: Store, index: number) => Promise<unknown>;
	/** What is done then, until there is nothing left to do. */
	readonly after: (store: Store, index: number) => Promise<unknown>;
	/** How the second execution begins. */
	readonly by: 'mark' | 'user';
	/** Least states that are different on the disk: before, after, and around each commit. */
	readonly states: number;
}

const mark = (store: Store, index: number) => callFor(appServerOver(store), 'mark', index);
const end = (store: Store, index: number) => callFor(appServerOver(store), 'end', index);
const monitor = (store: Store) => appServerOver(store, {}, LATER_H).monitor();
const nothing = async (): Promise<void> => {};

/** Every piece of work that leads to a restart, in the order of the tasks that it is tried with. */
const WORKS: Readonly<Record<string, Work>> = {
	'a mark': { before: nothing, work: mark, after: end, by: 'mark', states: 2 },
	'an end that archives and resets': {
		before: mark,
		work: end,
		after: nothing,
		by: 'mark',
		states: 3,
	},
	'a restart by a user that archives and resets': {
		before: end,
		work: (store, index) =>
			restartExecution(contextOver(store), { task: `t${index}`, execution: 0 }),
		after: nothing,
		by: 'user',
		states: 2,
	},
	'a monitor that ends, archives and resets': {
		before: mark,
		work: monitor,
		after: nothing,
		by: 'mark',
		states: 3,
	},
};

let root: string;
let folder: string;
let store: SqlStore;

beforeAll(async () => {
	root = mkdtempSync(join(tmpdir(), 'mulligan-killed-'));
	folder = join(root, 'data');
	store = await openPglite({ folder });
	// Each piece of work has a task of its own; when the monitor comes, only its own still runs.
	await saveRunning(store, Object.keys(WORKS).length);
}, 60_000);
afterAll(async () => {
	await store?.close();
	rmSync(root, { recursive: true, force: true });
});

/** The database, with a moment after each statement. */
const told = (database: Database, at: (moment: string) => void): Database => ({
	place: database.place,
	migrate: () => database.migrate(),
	close: () => database.close(),
	connect: async () => {
		const connection = await database.connect();
		return {
			query: async (text, values) => {
				const rows = await connection.query(text, values);
				at(text.slice(0, 20));
				return rows;
			},
			release: (broken) => connection.release(broken),
		};
	},
});

test.each(Object.entries(WORKS).map((entry, index) => [...entry, index] as const))(
	'%s, killed between any two writes to the disk, is done once',
	async (_, { before, work, after, by, states: least }, index) => {
		await before(store, index);
		const disk = new DiskStates(folder, join(root, `killed-${index}`));
		const at = (moment: string): void => disk.at(moment);
		const pointed = new PointedStore(new SqlStore(told(store.database, at)), at);
		const states = await disk.during(() => work(pointed, index));
		await after(store, index);
		const moments = states.flatMap((state) => state.moments);
		expect(moments).toContain('before commit');
		expect(moments).toContain('COMMIT');
		expect(moments).toContain('after commit');
		expect(states.length).toBeGreaterThanOrEqual(least);

		for (const state of states) {
			const survivor = await openPglite({ folder: state.folder });
			await work(survivor, index);
			await after(survivor, index);
			await monitor(survivor);
			const seen = await survivor.transaction(async (tx) => ({
				task: await tx.task(`t${index}`),
				history: await tx.history(`t${index}`),
				slots: (await tx.project('p1'))?.slots.filter(({ task }) => task === `t${index}`).length,
			}));
			await survivor.close();
			const restarts = by === 'mark' ? 1 : 0;
			expect(seen, `killed at: ${state.moments.join(', ')}`).toMatchObject({
				task: {
					status: 'undispatched',
					execution: 1,
					started_by: { by },
					automatic_restarts: restarts,
					restart_pending: false,
				},
				history: [{ execution: 0, mark: by === 'mark' ? 'granted' : 'none' }],
				slots: restarts,
			});
			rmSync(state.folder, { recursive: true });
		}
	},
	120_000,
);
