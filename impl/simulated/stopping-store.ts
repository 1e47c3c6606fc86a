import type { Clock } from '../ports/clock.ts';
import { notingChanges } from '../store/changes.ts';
import { type Looks, lookingBack } from '../store/looks.ts';
import type { Awaitable, Store, Transaction } from '../store/store.ts';

/** What a handler got from one of its transactions, and the time at which it asked. */
type Told = { readonly at_ms: number } & (
	| { readonly result: unknown }
	| { readonly error: unknown }
);

/**
 * How far a handler has got that stands before a transaction. It is all that there is of the handler: run
 * again from its beginning, and told the same, it comes to the same place.
 */
export interface Progress {
	readonly told: readonly Told[];
	/** What the transaction before which it stands has looked at without holding it. */
	readonly looks: Looks;
	/** The time at which it got there. */
	readonly at_ms: number;
	/** Transactions that changed something. */
	readonly commits: number;
}

/** Thrown where a handler stops, before a transaction that would change something; nothing in it catches this. */
export class Stopped extends Error {
	override name = 'Stopped';
	readonly progress: Progress;

	constructor(progress: Progress) {
		super('the handler is held');
		this.progress = progress;
	}
}

class WouldChange extends Error {}

/**
 * The store and the clock of one handler, which stops before its next change. What only reads is no reason to
 * stop. A transaction must have no effect but on the store, so that it may be tried, and be run again later.
 */
export class StoppingStore implements Store, Clock {
	readonly #store: Store;
	readonly #clock: Clock;
	readonly #before: Progress | null;
	/** How often the handler was told something. */
	#place = 0;
	#goesOn = false;
	/** Whether the change before which it stood is yet to be made. */
	#mayChange: boolean;
	readonly #told: Told[];
	#looks: Looks = [];
	#commits: number;

	/** `before`: how far it had got; from there it commits one transaction. Null: it begins. */
	constructor(store: Store, clock: Clock, before: Progress | null) {
		this.#store = store;
		this.#clock = clock;
		this.#before = before;
		this.#mayChange = before !== null;
		this.#told = [...(before?.told ?? [])];
		this.#commits = before?.commits ?? 0;
	}

	now_ms(): number {
		if (this.#before === null || this.#goesOn) return this.#clock.now_ms();
		return this.#before.told[this.#place]?.at_ms ?? this.#before.at_ms;
	}

	/** Where a handler stands that came to its end without a change: before its last look. */
	beforeTheLast(): Progress {
		return {
			told: this.#told.slice(0, -1),
			looks: this.#looks,
			at_ms: this.#clock.now_ms(),
			commits: this.#commits,
		};
	}

	async transaction<Result>(work: (tx: Transaction) => Awaitable<Result>): Promise<Result> {
		const before = this.#goesOn ? undefined : this.#before?.told[this.#place];
		if (before !== undefined) {
			this.#place++;
			if ('error' in before) throw before.error;
			// The same work of the same handler came to it.
			return before.result as Result;
		}
		const old = this.#goesOn ? [] : (this.#before?.looks ?? []);
		this.#goesOn = true;
		return this.#run(work, old);
	}

	async #run<Result>(work: (tx: Transaction) => Awaitable<Result>, old: Looks): Promise<Result> {
		const at_ms = this.#clock.now_ms();
		const changes = { made: false };
		let looks: unknown[] = [];
		try {
			const result = await this.#store.transaction(async (tx) => {
				changes.made = false;
				looks = [];
				const worked = await work(notingChanges(lookingBack(tx, old, looks), changes));
				if (changes.made && !this.#mayChange) throw new WouldChange();
				return worked;
			});
			if (changes.made) this.#commits++;
			// One that is given up is run again in another way.
			this.#mayChange = false;
			this.#told.push({ at_ms, result });
			return result;
		} catch (error) {
			if (error instanceof WouldChange)
				throw new Stopped({ told: this.#told, looks, at_ms, commits: this.#commits });
			this.#told.push({ at_ms, error });
			throw error;
		} finally {
			this.#looks = looks;
		}
	}
}
