import type { Awaitable, Store, Transaction } from '../store/store.ts';

/** Thrown inside the app server when it crashes; nothing in it catches this. */
export class ServerCrash extends Error {
	override name = 'ServerCrash';
}

/** A store whose app server can be made to crash around the commit of its next transaction. */
export class CrashingStore implements Store {
	readonly #store: Store;
	#crash: 'before' | 'after' | null = null;

	constructor(store: Store) {
		this.#store = store;
	}

	crashNext(commit: 'before' | 'after'): void {
		this.#crash = commit;
	}

	transaction<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result> {
		const crash = this.#crash;
		this.#crash = null;
		return crash === null ? this.#store.transaction(work) : this.#transactAndCrash(work, crash);
	}

	async #transactAndCrash<Result>(
		work: (tx: Transaction) => Awaitable<Result>,
		commit: 'before' | 'after',
	): Promise<Result> {
		await this.#store.transaction(async (tx) => {
			try {
				await work(tx);
			} catch (error) {
				// A transaction that is given up commits nothing: the next one may.
				this.#crash = commit;
				throw error;
			}
			if (commit === 'before') throw new ServerCrash();
		});
		throw new ServerCrash();
	}
}
