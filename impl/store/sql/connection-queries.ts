import type { Connection, TransactionQueries } from './database.ts';
import { explain, isConflict, StoreError } from './errors.ts';

/**
 * The queries of one transaction. Nothing is committed after one of them has failed. The transaction
 * begins together with its first reads, and its last writes go together with its commit: on a socket each
 * of the two is one way there and back.
 */
export class ConnectionQueries implements TransactionQueries {
	readonly #connection: Connection;
	readonly #place: string;
	/** Why it could not begin; null once it has. */
	readonly #beginning: Promise<StoreError | null>;
	#failure: unknown = null;
	#over = false;

	constructor(connection: Connection, place: string) {
		this.#connection = connection;
		this.#place = place;
		this.#beginning = connection.query('BEGIN ISOLATION LEVEL READ COMMITTED').then(
			() => null,
			(error: unknown) => explain(error, place),
		);
	}

	assertOpen(): void {
		if (this.#over) throw new Error('the transaction is over');
	}

	async begun(): Promise<void> {
		const failure = await this.#beginning;
		if (failure !== null) throw failure;
	}

	/** Why it has never begun, so that nothing can have been done; null if it has. */
	whyNotBegun(): Promise<StoreError | null> {
		return this.#beginning;
	}

	async query(text: string, values?: readonly unknown[]): Promise<readonly unknown[]> {
		this.assertOpen();
		try {
			return await this.#connection.query(text, values);
		} catch (error) {
			this.#failure ??= this.#inWords(error);
			throw this.#inWords(error);
		}
	}

	/** Commits, together with what is still to be written. */
	async commit(write: () => readonly Promise<unknown>[]): Promise<void> {
		// A write outside of a transaction would be committed by itself.
		await this.begun();
		if (this.#failure !== null) throw this.#failure;
		const writes = write();
		this.#over = true;
		// After a write that fails, COMMIT rolls back and says so without an error.
		for (const sent of await Promise.allSettled([...writes, this.#connection.query('COMMIT')])) {
			if (sent.status === 'fulfilled') continue;
			const explained = this.#inWords(sent.reason);
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
