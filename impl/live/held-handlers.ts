import type { Store } from '../store/store.ts';
import { HoldingStore, ScoutingStore } from './holding-store.ts';

/** Where a handler is held: it has committed so many changes; null: it is done. */
export type Standing = { readonly commits: number } | null;

/** The handlers that a process has begun and holds, by the order in which they began. */
export class HeldHandlers {
	readonly #handlers: HeldHandler[] = [];
	#begun = 0;

	/**
	 * Lets a handler work, which is held before each of its changes or, where it makes none, before its last look. It is run
	 * up to there first, which leaves nothing behind.
	 */
	begin<Result>(store: Store, handle: (store: Store) => Promise<Result>): Promise<Result> {
		return this.at(this.#begun++).run(store, handle);
	}

	/** The handler that began after so many others, or will. */
	at(place: number): HeldHandler {
		while (place >= this.#handlers.length) this.#handlers.push(new HeldHandler());
		const handler = this.#handlers[place];
		if (handler === undefined) throw new RangeError(`there is no handler ${place}`);
		return handler;
	}

	/** Gives up what is held, and waits until nothing of it is left. */
	async giveUp(): Promise<void> {
		await Promise.all(this.#handlers.map((handler) => handler.giveUp()));
		this.#handlers.length = 0;
		this.#begun = 0;
	}
}

class HeldHandler {
	#standing = new Settled<Standing>();
	#gate: Settled<void> | null = null;

	async run<Result>(store: Store, handle: (store: Store) => Promise<Result>): Promise<Result> {
		const scout = new ScoutingStore(store);
		await handle(scout).catch(() => {});
		const hold = (commits: number): Promise<void> => {
			this.#gate = new Settled();
			this.#standing.resolve({ commits });
			return this.#gate.promise;
		};
		try {
			return await handle(new HoldingStore(store, scout.begun - 1, hold));
		} finally {
			this.#standing.resolve(null);
		}
	}

	/** Where it is held, as soon as it is. */
	stands(): Promise<Standing> {
		return this.#standing.promise;
	}

	/** Goes on to where it is held next. */
	goOn(): Promise<Standing> {
		this.#leave()?.resolve();
		return this.stands();
	}

	async giveUp(): Promise<void> {
		for (let gate = this.#leave(); gate !== null; gate = this.#leave()) {
			gate.reject(new Error('nobody lets the handler go on'));
			await this.stands();
		}
	}

	/** It stands nowhere now; null: it did not. */
	#leave(): Settled<void> | null {
		const gate = this.#gate;
		this.#gate = null;
		if (gate !== null) this.#standing = new Settled();
		return gate;
	}
}

/** A promise, and how it is settled. */
class Settled<Value> {
	resolve: (value: Value) => void = () => {};
	reject: (error: Error) => void = () => {};
	readonly promise = new Promise<Value>((resolve, reject) => {
		this.resolve = resolve;
		this.reject = reject;
	});
}
