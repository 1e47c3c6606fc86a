/** Runs one statement with numbered parameters and gives its rows, whose types are the reader's to check. */
export interface Queries {
	/** What is asked before the last answer has come is answered in turn. */
	query(text: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
}

/** The same in a transaction. */
export interface TransactionQueries extends Queries {
	/** @throws when the transaction is over. */
	assertOpen(): void;
	/** Waits until the transaction has begun: before that nothing may be written. */
	begun(): Promise<void>;
}

/** One connection, for as long as it is held. */
export interface Connection extends Queries {
	/** Gives it back. A broken one is not used again. */
	release(broken: boolean): void;
}

/** A PostgreSQL, embedded or a server. */
export interface Database {
	/** What it is and where, without its password: for messages. */
	readonly place: string;
	/** A connection of one's own, for which one may have to wait. */
	connect(): Promise<Connection>;
	/** Brings the schema up to date. Several processes may do so at once. */
	migrate(): Promise<void>;
	close(): Promise<void>;
}
