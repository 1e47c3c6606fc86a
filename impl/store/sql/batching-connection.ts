import type pg from 'pg';
import { type Asked, Batch, Statements } from './batch.ts';
import type { Connection } from './database.ts';

/** What each connection has parsed, for as long as it lives, whoever holds it. */
const statementsOf = new WeakMap<pg.PoolClient, Statements>();

/**
 * A connection on which statements that are asked in one turn go together: the ways there and back are what
 * a transaction costs.
 */
export class BatchingConnection implements Connection {
	readonly #client: pg.PoolClient;
	readonly #statements: Statements;
	#waiting: Asked[] = [];
	#isBusy = false;

	constructor(client: pg.PoolClient) {
		this.#client = client;
		this.#statements = statementsOf.get(client) ?? new Statements();
		statementsOf.set(client, this.#statements);
	}

	query(text: string, values: readonly unknown[] = []): Promise<readonly unknown[]> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ text, values: values.map(toText), resolve, reject });
			if (this.#waiting.length === 1) queueMicrotask(() => this.#send());
		});
	}

	release(broken: boolean): void {
		this.#client.release(broken);
	}

	#send(): void {
		if (this.#isBusy || this.#waiting.length === 0) return;
		this.#isBusy = true;
		const asked = this.#waiting;
		this.#waiting = [];
		this.#client.query(
			new Batch(asked, this.#statements, () => {
				this.#isBusy = false;
				this.#send();
			}),
		);
	}
}

function toText(value: unknown): string | null {
	switch (typeof value) {
		case 'string':
			return value;
		case 'number':
		case 'boolean':
		case 'bigint':
			return String(value);
		case 'undefined':
			return null;
		default:
			if (value === null) return null;
			if (!Array.isArray(value)) throw new TypeError('a parameter is an object');
			return `{${value.map((one) => `"${String(one).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
	}
}
