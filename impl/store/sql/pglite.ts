import { PGlite, types } from '@electric-sql/pglite';
import type { FileLock } from '../../host/file-lock.ts';
import type { Connection, Database } from './database.ts';
import { explain, StoreError } from './errors.ts';
import { lockFolder } from './folder-lock.ts';
import { requireSpace } from './free-space.ts';
import { migrate } from './migrations.ts';
import { SqlStore, type SqlStoreOptions } from './sql-store.ts';

export interface PgliteOptions extends SqlStoreOptions {
	/** Where the data is kept; without it in memory, for as long as the store is open. */
	readonly folder?: string;
}

/** A store in an embedded PostgreSQL, for one process at a time. It takes seconds to open. */
export const openPglite = async ({ folder, ...options }: PgliteOptions = {}): Promise<SqlStore> =>
	SqlStore.open(await PgliteDatabase.open(folder ?? null), options);

const PARSERS = { [types.INT8]: BigInt };

/**
 * The embedded PostgreSQL has no background processes: nobody else frees dead rows, or ends the log,
 * which would grow for as long as the store is open.
 */
const HOUSEKEEPING = ['VACUUM tasks, hosts, slots, projects', 'CHECKPOINT'];
const TRANSACTIONS_BETWEEN = 20_000;

/** The embedded PostgreSQL. It has one connection, which its holders get one after another. */
class PgliteDatabase implements Database {
	readonly place: string;
	readonly #folder: string | null;
	readonly #engine: PGlite;
	readonly #lock: FileLock | null;
	#free: Promise<void> = Promise.resolve();
	#transactions = 0;

	static async open(folder: string | null): Promise<PgliteDatabase> {
		const place = folder === null ? 'database in memory' : `database in ${folder}`;
		const lock = folder === null ? null : lockFolder(folder);
		try {
			if (folder !== null) requireSpace(folder, place);
			const engine = await PGlite.create({
				...(folder === null ? {} : { dataDir: folder }),
				parsers: PARSERS,
			});
			return new PgliteDatabase(folder, place, engine, lock);
		} catch (error) {
			lock?.release();
			throw explain(error, place);
		}
	}

	private constructor(folder: string | null, place: string, engine: PGlite, lock: FileLock | null) {
		this.#folder = folder;
		this.place = place;
		this.#engine = engine;
		this.#lock = lock;
	}

	async connect(): Promise<Connection> {
		const free = await this.#take();
		const engine = this.#engine;
		try {
			if (engine.closed) throw new StoreError('lost', `the ${this.place} is closed`);
			if (this.#folder !== null) requireSpace(this.#folder, this.place);
			if (++this.#transactions % TRANSACTIONS_BETWEEN === 0)
				for (const statement of HOUSEKEEPING) await engine.query(statement);
		} catch (error) {
			free();
			throw error;
		}
		return {
			query: async (text, values = []) => (await engine.query(text, [...values])).rows,
			release: free,
		};
	}

	/** Waits for the one connection; the answer gives it free again. */
	async #take(): Promise<() => void> {
		const before = this.#free;
		let free = (): void => {};
		this.#free = new Promise((resolve) => {
			free = resolve;
		});
		await before;
		return free;
	}

	async migrate(): Promise<void> {
		await migrate({
			query: async (statement, values) => {
				const text = typeof statement === 'string' ? statement : statement.text;
				if (values !== undefined) return this.#engine.query(text, values);
				const results = await this.#engine.exec(text);
				return { rows: results.at(-1)?.rows ?? [] };
			},
		});
	}

	async close(): Promise<void> {
		await this.#free;
		if (!this.#engine.closed) await this.#engine.close();
		this.#lock?.release();
	}
}
