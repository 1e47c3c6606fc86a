import type { Queries, TransactionQueries } from './database.ts';
import type { Table } from './table.ts';

export type Lock = 'exclusive' | 'shared';

type LockedTable<Row> = Pick<Table<Row>, 'name' | 'select' | 'read'>;

/**
 * Reads a record by its id and holds it until the transaction is over. With READ COMMITTED a locked
 * row is the newest one, and whatever is read after it, in a statement of its own, is as new.
 *
 * `exclusive` for what is read to be changed; `NO KEY`, because nobody changes ids.
 */
export async function readLocked<Row>(
	queries: Queries,
	{ select, read }: LockedTable<Row>,
	id: string,
	mode: Lock,
): Promise<Row | undefined> {
	const lock = mode === 'exclusive' ? 'FOR NO KEY UPDATE' : 'FOR SHARE';
	return read(await queries.query(`${select} WHERE id = $1 ${lock}`, [id]))[0];
}

/** Holds the id of a record that is not there, so that nobody can save it who reads it first; looks again. */
export async function readMissing<Row>(
	queries: Queries,
	table: LockedTable<Row>,
	id: string,
	mode: Lock,
): Promise<Row | undefined> {
	const lock = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';
	await queries.query(lock, [`${table.name} ${id}`]);
	return readLocked(queries, table, id, mode);
}

/**
 * The records of one table that a transaction reads by id and saves. One that is held is not asked for
 * again, and what is saved is written at the end, with the commit: only the columns that have changed.
 */
export class LockedRecords<Row extends { readonly id: string }> {
	readonly #queries: TransactionQueries;
	readonly #table: Table<Row>;
	readonly #mode: Lock;
	/** As they are in the database, what this transaction has written included. */
	readonly #stored = new Map<string, Row>();
	/** Saved, and still to be written. */
	readonly #saved = new Map<string, Row>();

	constructor(queries: TransactionQueries, table: Table<Row>, mode: Lock) {
		this.#queries = queries;
		this.#table = table;
		this.#mode = mode;
	}

	async read(id: string): Promise<Row | undefined> {
		this.#queries.assertOpen();
		const known = this.#saved.get(id) ?? this.#stored.get(id);
		if (known !== undefined) return known;
		const found =
			(await readLocked(this.#queries, this.#table, id, this.#mode)) ??
			(await readMissing(this.#queries, this.#table, id, this.#mode));
		if (found !== undefined) this.hold(found);
		return found;
	}

	/** Takes note of a record that was read, and locked, in another way. */
	hold(row: Row): void {
		this.#stored.set(row.id, row);
	}

	save(row: Row): void {
		this.#queries.assertOpen();
		this.#saved.set(row.id, row);
	}

	/** Sends what is still to be written. */
	write(): Promise<unknown>[] {
		const { update, upsert, values } = this.#table;
		const sent: Promise<unknown>[] = [];
		for (const [id, row] of this.#saved) {
			const stored = this.#stored.get(id);
			const statement =
				stored === undefined ? { text: upsert, values: values(row) } : update(stored, row);
			if (statement !== null) sent.push(this.#queries.query(statement.text, statement.values));
			this.#stored.set(id, row);
		}
		this.#saved.clear();
		return sent;
	}
}
