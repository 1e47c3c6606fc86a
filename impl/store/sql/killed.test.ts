import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appServerOver, callFor } from '../../testing/callers.ts';
import { type PostgresServer, postgresIsMissing, startPostgres } from '../../testing/postgres.ts';
import { saveRunning } from '../../testing/sample-records.ts';
import { openPostgres } from './postgres.ts';
import type { SqlStore } from './sql-store.ts';

const DOOMED = fileURLToPath(new URL('../../testing/doomed.ts', import.meta.url));
/** An end has two transactions, one that ends and one that restarts, and fewer points than this. */
const POINTS = 16;
const AT_LEAST = 12;
const AT_ONCE = 4;

describe.skipIf(postgresIsMissing !== null)(
	`an app server that is killed${postgresIsMissing === null ? '' : ` (${postgresIsMissing})`}`,
	() => {
		let server: PostgresServer;
		let store: SqlStore;
		let url: string;

		beforeAll(async () => {
			server = await startPostgres();
			url = await server.createDatabase();
			store = await openPostgres({ url });
			await saveRunning(store, POINTS);
		}, 60_000);
		afterAll(async () => {
			await store?.close();
			await server?.stop();
		});

		/** Whether a process of its own was killed at a point of the end of the task of that number. */
		const killAt = (point: number): Promise<boolean> =>
			new Promise((resolve, reject) => {
				const numbers = ['--index', String(point), '--point', String(point)];
				const options = ['--import', 'tsx', DOOMED, '--url', url, '--route', 'end', ...numbers];
				const child = spawn(process.execPath, options, { stdio: 'inherit' });
				child.once('error', reject);
				child.once('exit', (code, signal) => {
					if (code !== null && code !== 0) reject(new Error(`it ended with ${code}`));
					else resolve(signal === 'SIGKILL');
				});
			});

		test('at any point of an end keeps the promise of the mark, once', async () => {
			const survivor = appServerOver(store);
			const die = async (point: number): Promise<boolean> => {
				await callFor(survivor, 'mark', point);
				const killed = await killAt(point);
				// Nobody's locks are left, and whoever comes next brings it to its end.
				if (killed) expect((await callFor(survivor, 'end', point))[0]).toBe(200);
				return killed;
			};
			const points = Array.from({ length: POINTS }, (_, point) => point);
			const killed: boolean[] = [];
			for (let first = 0; first < POINTS; first += AT_ONCE)
				killed.push(...(await Promise.all(points.slice(first, first + AT_ONCE).map(die))));
			expect(killed.at(-1)).toBe(false);
			expect(killed.filter((each) => each).length).toBeGreaterThanOrEqual(AT_LEAST);

			await survivor.monitor();
			for (const point of points) {
				const [task, history] = await store.transaction(async (tx) => [
					await tx.task(`t${point}`),
					await tx.history(`t${point}`),
				]);
				expect(task).toMatchObject({ status: 'undispatched', execution: 1, automatic_restarts: 1 });
				expect(history).toMatchObject([{ mark: 'granted' }]);
			}
			const project = await store.transaction((tx) => tx.project('p1'));
			expect(project?.slots).toHaveLength(POINTS);
		}, 180_000);
	},
);
