import pg from 'pg';
import { BatchingConnection } from './batching-connection.ts';
import type { Connection, Database } from './database.ts';
import { codeOf, StoreError } from './errors.ts';
import { migrate } from './migrations.ts';
import { SqlStore, type SqlStoreOptions } from './sql-store.ts';

export interface PostgresOptions extends SqlStoreOptions {
	/** `postgres://user@host:port/database`. */
	readonly url: string;
	/** Most connections at a time. */
	readonly connections?: number;
}

/** A store on a PostgreSQL server, 15 or later, shared with any number of other app servers. */
export const openPostgres = async ({
	url,
	connections = 10,
	...options
}: PostgresOptions): Promise<SqlStore> =>
	SqlStore.open(new PostgresDatabase(url, connections), options);

const OLDEST_VERSION = 15;
/** Longest wait for a connection: a new one, or one that others use. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Nobody waits for a record for longer, and nobody holds one for longer without doing something. */
const LOCK_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const IDLE_TIMEOUT_MS = 30_000;

class PostgresDatabase implements Database {
	readonly place: string;
	readonly #pool: pg.Pool;
	readonly #connections: number;

	constructor(url: string, connections: number) {
		this.place = `database ${placeOf(url)}`;
		this.#connections = connections;
		this.#pool = new pg.Pool({
			connectionString: url,
			max: connections,
			keepAlive: true,
			application_name: 'mulligan',
			connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
			lock_timeout: LOCK_TIMEOUT_MS,
			statement_timeout: STATEMENT_TIMEOUT_MS,
			idle_in_transaction_session_timeout: IDLE_TIMEOUT_MS,
			// To compile what is ready takes hundreds of times as long as to ask it: each statement reads few rows.
			options: '-c jit=off',
		});
		// An idle connection that breaks leaves the pool by itself; the error has no other reader.
		this.#pool.on('error', () => {});
		// Nor has one of a connection that breaks between two queries: the next query will tell.
		this.#pool.on('connect', (client) => client.on('error', () => {}));
	}

	async connect(): Promise<Connection> {
		return new BatchingConnection(await this.#client());
	}

	async migrate(): Promise<void> {
		const client = await this.#client();
		let broken = true;
		try {
			const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
			const version = rows[0]?.server_version ?? '';
			if (Number.parseInt(version, 10) < OLDEST_VERSION)
				throw new StoreError(
					'wrong-place',
					`the ${this.place} is PostgreSQL ${version}; at least ${OLDEST_VERSION} is needed`,
				);
			await migrate(client);
			broken = false;
		} finally {
			client.release(broken);
		}
	}

	async close(): Promise<void> {
		if (!this.#pool.ended && !this.#pool.ending) await this.#pool.end();
	}

	async #client(): Promise<pg.PoolClient> {
		try {
			return await this.#pool.connect();
		} catch (error) {
			if (codeOf(error) !== '' || !(error instanceof Error)) throw error;
			if (this.#pool.totalCount >= this.#connections)
				throw new StoreError(
					'busy',
					`the ${this.place} is too busy: none of ${this.#connections} connections became free`,
				);
			const message = `the ${this.place} cannot be reached: ${error.message}`;
			throw new StoreError('unreachable', message);
		}
	}
}

/** `host:port/name` of a URL, without its user and password, for messages. */
function placeOf(url: string): string {
	// No cause: the error of `new URL` holds the whole URL.
	if (!URL.canParse(url)) throw wrongUrl('it is not a URL');
	const { protocol, hostname, port, pathname, searchParams } = new URL(url);
	if (protocol !== 'postgres:' && protocol !== 'postgresql:')
		throw wrongUrl('it does not begin with postgres://');
	const host = searchParams.get('host') ?? (hostname === '' ? 'localhost' : hostname);
	if (pathname.length <= 1) throw wrongUrl(`it names no database on ${host}`);
	return `${host}:${port === '' ? '5432' : port}${pathname}`;
}

const wrongUrl = (why: string): StoreError =>
	new StoreError(
		'wrong-place',
		`wrong URL of the database: ${why}; write postgres://user@host:port/database`,
	);
