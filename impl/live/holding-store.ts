import { around } from '../store/around.ts';
import { type Changes, notingChanges } from '../store/changes.ts';
import { isLook } from '../store/looks.ts';
import type { Awaitable, Store, Transaction } from '../store/store.ts';

type Work<Result> = (tx: Transaction) => Awaitable<Result>;

/** Waits until the handler goes on, which has committed so many changes. */
export type Hold = (commits: number) => Promise<void>;

class WouldChange extends Error {}

/** Runs a transaction, but rolls it back if it changes something: then it comes to null. */
async function onlyReading<Result>(
	store: Store,
	work: Work<Result>,
): Promise<{ readonly result: Result } | null> {
	const changes: Changes = { made: false };
	try {
		const result = await store.transaction(async (tx) => {
			changes.made = false;
			const worked = await work(notingChanges(tx, changes));
			if (changes.made) throw new WouldChange();
			return worked;
		});
		return { result };
	} catch (error) {
		if (error instanceof WouldChange) return null;
		throw error;
	}
}

/** The store of a handler that only finds out how many transactions it begins up to its first change, or to its end. */
export class ScoutingStore implements Store {
	begun = 0;
	readonly #store: Store;

	constructor(store: Store) {
		this.#store = store;
	}

	async transaction<Result>(work: Work<Result>): Promise<Result> {
		this.begun++;
		const read = await onlyReading(this.#store, work);
		if (read === null) throw new WouldChange();
		return read.result;
	}
}

/**
 * The store of a handler that is held in a transaction, once it has looked at what it does not hold and before it holds
 * anything: in the one of a given place, and in each after that which changes something.
 */
export class HoldingStore implements Store {
	readonly #store: Store;
	readonly #first: number;
	readonly #hold: Hold;
	#begun = 0;
	#commits = 0;

	/** @param first how many transactions come before the one in which it is held first. */
	constructor(store: Store, first: number, hold: Hold) {
		this.#store = store;
		this.#first = first;
		this.#hold = hold;
	}

	async transaction<Result>(work: Work<Result>): Promise<Result> {
		const place = this.#begun++;
		if (place < this.#first) return this.#store.transaction(work);
		const read = place === this.#first ? null : await onlyReading(this.#store, work);
		return read === null ? this.#transactHeld(work) : read.result;
	}

	async #transactHeld<Result>(work: Work<Result>): Promise<Result> {
		const changes: Changes = { made: false };
		let held: Promise<void> | null = null;
		// Where others stand in its way the work is run again: it was held then.
		const hold = (): Promise<void> => {
			held ??= this.#hold(this.#commits);
			return held;
		};
		const result = await this.#store.transaction(async (tx) => {
			changes.made = false;
			const worked = await work(notingChanges(holdingBack(tx, hold), changes));
			await hold();
			return worked;
		});
		if (changes.made) this.#commits++;
		return result;
	}
}

/** The transaction, which waits before it holds its first record. */
function holdingBack(tx: Transaction, hold: () => Promise<void>): Transaction {
	let holds = false;
	return around(tx, (operation, perform) => {
		holds ||= !isLook(operation);
		return holds ? hold().then(perform) : perform();
	});
}
