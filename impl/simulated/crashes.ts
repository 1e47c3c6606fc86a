import { type Changes, notingChanges } from '../store/changes.ts';
import type { Awaitable, Store, Transaction } from '../store/store.ts';

/** Thrown inside the app server when it crashes; nothing in it catches this. */
export class ServerCrash extends Error {
	override name = 'ServerCrash';
}

/** A store whose app server can be made to crash around the next commit of a change. */
export class CrashingStore implements Store {
	readonly #store: Store;
	#crash: 'before' | 'after' | null = null;

	constructor(store: Store) {
		this.#store = store;
	}

	/** Null: it is not to crash, after all. */
	crashNext(commit: 'before' | 'after' | null): void {
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
		const changes: Changes = { made: false };
		try {
			const result = await this.#store.transaction(async (tx) => {
				changes.made = false;
				const worked = await work(notingChanges(tx, changes));
				if (changes.made && commit === 'before') throw new ServerCrash();
				return worked;
			});
			if (changes.made) throw new ServerCrash();
			// What only reads commits nothing: the next one may.
			this.#crash = commit;
			return result;
		} catch (error) {
			// Nor does a transaction that is given up.
			if (!(error instanceof ServerCrash)) this.#crash = commit;
			throw error;
		}
	}
}
