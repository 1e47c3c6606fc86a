import pg from 'pg';

/** A statement that waits for its rows. */
export interface Asked {
	readonly text: string;
	/** Parameters as text, whose types the server knows from the statement. */
	readonly values: readonly (string | null)[];
	readonly resolve: (rows: readonly unknown[]) => void;
	readonly reject: (error: unknown) => void;
}

interface Column {
	readonly name: string;
	readonly read: (text: string) => unknown;
}

/** A statement that a connection has parsed: it is sent without its text, and its columns are known. */
interface Prepared {
	readonly name: string;
	readonly columns: readonly Column[];
}

/** The statements that one connection has parsed, by text. */
export class Statements {
	readonly #prepared = new Map<string, Prepared>();

	find(text: string): Prepared | undefined {
		return this.#prepared.get(text);
	}

	/** The name under which a statement is parsed; empty for one that is not to be kept. */
	nameOf(text: string): string {
		return this.#prepared.size < MOST_STATEMENTS ? nameOf(text) : '';
	}

	keep(text: string, prepared: Prepared): void {
		if (prepared.name !== '') this.#prepared.set(text, prepared);
	}
}

/** More than there are, unless somebody makes them up. */
const MOST_STATEMENTS = 500;
const names = new Map<string, string>();

function nameOf(text: string): string {
	const name =
		names.get(text) ?? (names.size < 2 * MOST_STATEMENTS ? `mulligan_${names.size}` : '');
	if (name !== '') names.set(text, name);
	return name;
}

/**
 * Several statements that go to the server in one piece, and whose answers come back in one: the server is
 * asked to be in step once, after the last. When one fails, those after it are not run.
 */
export class Batch implements pg.Submittable {
	readonly #asked: readonly Asked[];
	readonly #statements: Statements;
	readonly #over: () => void;
	/** Of each statement, once it is sent; nothing for one that is still to be parsed. */
	#prepared: readonly (Prepared | undefined)[] = [];
	#current = 0;
	#columns: readonly Column[] = [];
	#rows: unknown[] = [];

	/** @param over is told when the connection is free for the next one. */
	constructor(asked: readonly Asked[], statements: Statements, over: () => void) {
		this.#asked = asked;
		this.#statements = statements;
		this.#over = over;
	}

	submit(connection: pg.Connection): null {
		const { stream } = connection;
		this.#prepared = this.#asked.map(({ text }) => this.#statements.find(text));
		this.#begin();
		stream.cork();
		for (const [index, { text, values }] of this.#asked.entries()) {
			const prepared = this.#prepared[index];
			const name = prepared?.name ?? this.#statements.nameOf(text);
			if (prepared === undefined) {
				// It may be parsed already, if a batch failed just then.
				if (name !== '') connection.close({ type: 'S', name }, true);
				connection.parse({ name, text, types: [] }, true);
			}
			connection.bind({ statement: name, values: [...values] }, true);
			if (prepared === undefined) connection.describe({ type: 'P', name: '' }, true);
			connection.execute(null, true);
		}
		connection.sync();
		stream.uncork();
		return null;
	}

	handleRowDescription({ fields }: { readonly fields: readonly pg.FieldDef[] }): void {
		this.#columns = fields.map(({ name, dataTypeID }) => ({ name, read: readerOf(dataTypeID) }));
	}

	handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
		const row: Record<string, unknown> = {};
		let index = 0;
		for (const { name, read } of this.#columns) {
			const text = fields[index++] ?? null;
			row[name] = text === null ? null : read(text);
		}
		this.#rows.push(row);
	}

	handleCommandComplete(): void {
		const asked = this.#asked[this.#current];
		if (asked === undefined) return;
		if (this.#prepared[this.#current] === undefined)
			this.#statements.keep(asked.text, {
				name: this.#statements.nameOf(asked.text),
				columns: this.#columns,
			});
		asked.resolve(this.#rows);
		this.#current++;
		this.#begin();
	}

	handleReadyForQuery(): void {
		this.#over();
	}

	handleError(error: unknown): void {
		for (const { reject } of this.#asked.slice(this.#current)) reject(error);
		this.#current = this.#asked.length;
		this.#over();
	}

	#begin(): void {
		this.#rows = [];
		this.#columns = this.#prepared[this.#current]?.columns ?? [];
	}
}

/** An int8 as a bigint, and the rest as the driver reads it. */
function readerOf(type: number): (text: string) => unknown {
	return type === pg.types.builtins.INT8 ? BigInt : pg.types.getTypeParser(type, 'text');
}
