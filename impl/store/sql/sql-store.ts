import type { Awaitable, Store, Transaction } from '../store.ts';
import type { Connection, Database, Queries } from './database.ts';
import { explain, isConflict, StoreError } from './errors.ts';
import { PATIENCE, type Patience, patiently } from './patience.ts';
import { ProjectContents } from './projects.ts';
import { SqlTransaction } from './transaction.ts';

export interface SqlStoreOptions {
	readonly patience?: Patience;
}

/**
 * A store in a PostgreSQL, embedded or a server. Any number of app servers may work on one server at
 * the same time: records that a transaction reads by id are locked, so that quota is exact (S7), a
 * decision is made once (S10) and an execution ends once (S18), whoever asks.
 */
export class SqlStore implements Store {
	readonly database: Database;
	readonly #patience: Patience;
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

	constructor(database: Database, { patience = PATIENCE }: SqlStoreOptions = {}) {
		this.database = database;
		this.#patience = patience;
	}

	transaction<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result> {
		return patiently(this.#patience, this.database.place, () => this.#transact(work));
	}

	close(): Promise<void> {
		return this.database.close();
	}

	async #transact<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result> {
		const { connection, queries } = await this.#begin();
		try {
			const result = await work(new SqlTransaction(queries, this.#contents));
			await queries.commit();
			connection.release(false);
			return result;
		} catch (error) {
			connection.release(!(await queries.rollBack()));
			throw error;
		}
	}

	/** A connection that broke while nobody used it shows it now, when nothing has been done yet. */
	async #begin(): Promise<{ connection: Connection; queries: CarefulQueries }> {
		const { place } = this.database;
		for (let attempt = 1; ; attempt++) {
			const connection = await this.database.connect().catch((error: unknown) => {
				throw explain(error, place);
			});
			try {
				const queries = new CarefulQueries(connection, place);
				await queries.query('BEGIN ISOLATION LEVEL READ COMMITTED');
				return { connection, queries };
			} catch (error) {
				connection.release(true);
				const isStale = error instanceof StoreError && error.fault === 'lost';
				if (!isStale || attempt >= MOST_STALE) throw error;
			}
		}
	}
}

/** More connections than a pool has should not be broken at once. */
const MOST_STALE = 100;

/** The queries of one transaction. Nothing is committed after one of them has failed. */
class CarefulQueries implements Queries {
	readonly #connection: Connection;
	readonly #place: string;
	#failure: unknown = null;
	#over = false;

	constructor(connection: Connection, place: string) {
		this.#connection = connection;
		this.#place = place;
	}

	async query(text: string, values?: readonly unknown[]): Promise<readonly unknown[]> {
		if (this.#over) throw new Error('the transaction is over');
		try {
			return await this.#connection.query(text, values);
		} catch (error) {
			this.#failure ??= this.#inWords(error);
			throw this.#inWords(error);
		}
	}

	async commit(): Promise<void> {
		if (this.#failure !== null) throw this.#failure;
		this.#over = true;
		try {
			await this.#connection.query('COMMIT');
		} catch (error) {
			const explained = this.#inWords(error);
			if (!(explained instanceof StoreError) || explained.fault !== 'lost') throw explained;
			const unknown = `${explained.message} (while committing: it may have been committed)`;
			throw new StoreError('lost', unknown, explained.code);
		}
	}

	/** Whether the connection is as good as new. */
	async rollBack(): Promise<boolean> {
		this.#over = true;
		try {
			await this.#connection.query('ROLLBACK');
			return true;
		} catch {
			return false;
		}
	}

	/** What others stood in the way of stays as it is, for whoever runs it again. */
	#inWords(error: unknown): unknown {
		return isConflict(error) ? error : explain(error, this.#place);
	}
}
