import { around } from './around.ts';
import type { Awaitable, Store, Transaction } from './store.ts';

/**
 * Called at a point of a transaction: `begin`, after each operation under the operation's name,
 * `before commit`, `after commit`. It may throw, wait, or end the process.
 */
export type OnPoint = (point: string) => Awaitable<void>;

/** A store that tells where each transaction has got to, so that a test can stop it at every point. */
export class PointedStore implements Store {
	readonly #store: Store;
	readonly #onPoint: OnPoint;

	constructor(store: Store, onPoint: OnPoint) {
		this.#store = store;
		this.#onPoint = onPoint;
	}

	async transaction<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result> {
		const result = await this.#store.transaction(async (tx) => {
			await this.#onPoint('begin');
			const inner = await work(pointed(tx, this.#onPoint));
			await this.#onPoint('before commit');
			return inner;
		});
		await this.#onPoint('after commit');
		return result;
	}
}

const pointed = (tx: Transaction, onPoint: OnPoint): Transaction =>
	around(tx, async (operation, perform) => {
		const result = await perform();
		await onPoint(operation);
		return result;
	});
