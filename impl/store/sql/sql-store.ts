import type { Awaitable, Store, Transaction } from '../store.ts';
import { ConnectionQueries } from './connection-queries.ts';
import type { Database } from './database.ts';
import { explain } from './errors.ts';
import { ProjectContents } from './projects.ts';
import { RETRY, type Retry, withRetry } from './retry.ts';
import { SqlTransaction } from './transaction.ts';

export interface SqlStoreOptions {
	readonly retry?: Retry;
}

/**
 * A store in a PostgreSQL, embedded or a server. Any number of app servers may work on one server at
 * the same time: records that a transaction reads by id are locked, so that quota is exact (S7), a
 * decision is made once (S10) and an execution ends once (S18), whoever asks.
 */
export class SqlStore implements Store {
	readonly database: Database;
	readonly #retry: Retry;
	readonly #contents = new ProjectContents();

	/** Brings the schema up to date and opens the store. Errors are of the kind `StoreError`. */
	static async open(database: Database, options: SqlStoreOptions = {}): Promise<SqlStore> {
		try {
			await database.migrate();
			return new SqlStore(database, options);
		} catch (error) {
			await database.close().catch(() => {});
			throw explain(error, database.place);
		}
	}

	constructor(database: Database, { retry = RETRY }: SqlStoreOptions = {}) {
		this.database = database;
		this.#retry = retry;
	}

	transaction<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result> {
		return withRetry(this.#retry, this.database.place, () => this.#transact(work));
	}

	close(): Promise<void> {
		return this.database.close();
	}

	async #transact<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result> {
		const { place } = this.database;
		for (let attempt = 1; ; attempt++) {
			const connection = await this.database.connect().catch((error: unknown) => {
				throw explain(error, place);
			});
			const queries = new ConnectionQueries(connection, place);
			try {
				const tx = new SqlTransaction(queries, this.#contents);
				const result = await work(tx);
				await queries.commit(() => tx.write());
				connection.release(false);
				return result;
			} catch (error) {
				const notBegun = await queries.whyNotBegun();
				connection.release(notBegun !== null || !(await queries.rollBack()));
				if (notBegun === null) throw error;
				// A connection that broke while nobody used it shows it now, when nothing has been done yet.
				if (notBegun.fault !== 'lost' || attempt >= MOST_STALE) throw notBegun;
			}
		}
	}
}

/** More connections than a pool has should not be broken at once. */
const MOST_STALE = 100;
