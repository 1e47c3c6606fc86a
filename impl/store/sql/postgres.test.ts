import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptied } from '../../testing/emptied.ts';
import { type PostgresServer, postgresIsMissing, startPostgres } from '../../testing/postgres.ts';
import { hostOf } from '../../testing/sample-records.ts';
import { storeSuite } from '../store.suite.ts';
import { testConcurrency } from '../suite/concurrency.ts';
import { testUnits } from '../suite/units.ts';
import { openPostgres } from './postgres.ts';
import type { SqlStore } from './sql-store.ts';

describe.skipIf(postgresIsMissing !== null)(
	`PostgreSQL${postgresIsMissing === null ? '' : ` (${postgresIsMissing})`}`,
	() => {
		let server: PostgresServer;
		let url: string;
		let stores: SqlStore[];
		const store = (index = 0): SqlStore => {
			const found = stores[index];
			if (found === undefined) throw new Error(`no store ${index}`);
			return found;
		};

		beforeAll(async () => {
			server = await startPostgres();
			url = await server.createDatabase();
			// All at once on an empty database: one brings up the schema and the others wait.
			stores = await Promise.all(Array.from({ length: 4 }, () => openPostgres({ url })));
		}, 60_000);
		afterAll(async () => {
			for (const each of stores ?? []) await each.close();
			await server?.stop();
		});

		storeSuite('a store on one server', () => emptied(store()));

		describe('a store shared by four app servers', () => {
			const fresh = () => emptied(store());
			testConcurrency(fresh, () => stores);
			testUnits(fresh, () => stores);
		});

		test('transactions that wait for each other in a circle both succeed in the end', async () => {
			await emptied(store());
			await store().transaction(async (tx) => {
				for (const id of ['a', 'b']) await tx.saveHost(hostOf(id, { secret: '' }));
			});
			const append = (index: number, ...ids: readonly string[]) =>
				store(index).transaction(async (tx) => {
					for (const id of ids) {
						const host = await tx.host(id);
						if (host) await tx.saveHost({ ...host, secret: `${host.secret}+` });
						await new Promise((resolve) => setTimeout(resolve, 100));
					}
				});
			await Promise.all([append(0, 'a', 'b'), append(1, 'b', 'a')]);
			const hosts = await store().transaction((tx) => tx.hosts());
			expect(hosts.map(({ secret }) => secret)).toEqual(['++', '++']);
		}, 20_000);

		test('no statement is compiled: what is ready is asked in a fraction of the time that would take', async () => {
			const connection = await store().database.connect();
			try {
				expect(await connection.query('SHOW jit', [])).toEqual([{ jit: 'off' }]);
			} finally {
				connection.release(false);
			}
		});

		test('a connection that is cut off spoils one transaction and nothing else', async () => {
			await emptied(store());
			const cut = store().transaction(async (tx) => {
				await tx.saveHost(hostOf('h1'));
				const other = await store(1).database.connect();
				await other.query(
					`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
					WHERE datname = current_database() AND pid <> pg_backend_pid()`,
				);
				other.release(false);
				await new Promise((resolve) => setTimeout(resolve, 50));
				await tx.saveHost(hostOf('h2'));
			});
			await expect(cut).rejects.toMatchObject({ name: 'StoreError', fault: 'lost' });
			expect(await store().transaction((tx) => tx.hosts())).toEqual([]);
			expect(await store(2).transaction((tx) => tx.hosts())).toEqual([]);
		});

		test('of statements that go together those after a failure are not run, and others can follow', async () => {
			await emptied(store());
			const connection = await store().database.connect();
			const failing = 'SELECT 1 / $1::integer AS quotient';
			const codes = async (): Promise<unknown[]> => {
				const asked = [
					connection.query('BEGIN'),
					connection.query(failing, [0]),
					connection.query(`INSERT INTO users (id, key_hash, roles) VALUES ('u', '', '{}')`),
				];
				const settled = await Promise.allSettled(asked);
				await connection.query('COMMIT');
				return settled.map((each) => (each.status === 'rejected' ? each.reason.code : null));
			};
			// Again, as the statement that failed is parsed already.
			for (let time = 0; time < 2; time++) expect(await codes()).toEqual([null, '22012', '22012']);
			for (const [by, quotient] of [
				[1, 1],
				[null, null],
				[-1, -1],
			])
				expect(await connection.query(failing, [by])).toEqual([{ quotient }]);
			expect(await connection.query('SELECT id FROM users')).toEqual([]);
			await expect(connection.query(failing, [{}])).rejects.toThrow('a parameter is an object');
			connection.release(false);
		});

		test('a record that cannot be read says which, and not what is in it', async () => {
			await emptied(store());
			await store().transaction((tx) => tx.saveHost(hostOf('h1')));
			const connection = await store().database.connect();
			await connection.query(`UPDATE hosts SET running = '"nothing"'`);
			connection.release(false);
			await expect(store().transaction((tx) => tx.host('h1'))).rejects.toThrow(
				/^a row of the table "hosts" cannot be read: running: /,
			);
		});

		test.each([
			['a wrong password', () => url.replace(server.password, 'wrong-password'), 'unreachable'],
			['no such database', () => url.replace(/[^/]+$/, 'nowhere'), 'unreachable'],
			['nobody listening', () => url.replace(`:${server.port}/`, ':1/'), 'unreachable'],
			['no such host', () => url.replace('127.0.0.1', 'no-such-host.invalid'), 'unreachable'],
			['no URL', () => `postgres://mulligan:${server.password}@[/`, 'wrong-place'],
			['another kind of URL', () => url.replace('postgres:', 'mysql:'), 'wrong-place'],
			['no name of a database', () => url.replace(/[^/]+$/, ''), 'wrong-place'],
		])('%s is told without the password', async (_, wrong, fault) => {
			const error = await openPostgres({ url: wrong() }).then(
				() => null,
				(thrown: unknown) => thrown,
			);
			expect(error).toMatchObject({ name: 'StoreError', fault });
			for (const secret of [server.password, 'wrong-password'])
				expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
		});
	},
);
