import { ENTRY_BYTES } from '../memory/interned.ts';
import { MISSING, Pairs } from '../memory/memo.ts';
import type { NetworkStep } from '../product/product.ts';

/** A change that the network cannot make: it would hold too many messages. */
export const CUT = -2;

/** The networks that were met: each a multiset of messages, written in order, with a number of its own. */
export class Networks {
	/** (network, change) -> network or CUT. */
	readonly changed = new Pairs();
	readonly #capacity: number;
	readonly #contents: (readonly number[])[] = [[]];
	readonly #ids = new Map<string, number>([['', 0]]);
	readonly #changes: (readonly NetworkStep[])[] = [];
	readonly #changeIds = new Map<string, number>();

	constructor(capacity: number) {
		this.#capacity = capacity;
	}

	/** Bytes, estimated: each network is a list, and text by which it is found. */
	get bytes(): number {
		return this.changed.bytes + this.size * (2 * ENTRY_BYTES + this.#capacity * 16);
	}

	get size(): number {
		return this.#contents.length;
	}

	/** The messages in flight, each as often as it is. */
	messages(network: number): readonly number[] {
		const found = this.#contents[network];
		if (found === undefined) throw new RangeError(`no network ${network}`);
		return found;
	}

	/** The number of a change; -1 for none. */
	change(steps: readonly NetworkStep[] | undefined): number {
		if (steps === undefined || steps.length === 0) return -1;
		const key = steps
			.map((step) =>
				'take' in step ? `-${step.take}` : 'add' in step ? `+${step.add}` : step.name,
			)
			.join(' ');
		let id = this.#changeIds.get(key);
		if (id === undefined) {
			id = this.#changes.length;
			this.#changes.push(steps);
			this.#changeIds.set(key, id);
		}
		return id;
	}

	/** One change after another, as one; -1 stands for none. */
	join(first: number, second: number): number {
		if (first < 0) return second;
		if (second < 0) return first;
		return this.change([...(this.#changes[first] ?? []), ...(this.#changes[second] ?? [])]);
	}

	/** The network in which each message of another one is replaced. */
	replaced(network: number, by: (message: number) => number): number {
		return this.#intern(
			this.messages(network)
				.map(by)
				.sort((a, b) => a - b),
		);
	}

	/** What a network becomes by a change, or CUT; found out once. */
	apply(network: number, change: number): number {
		const known = this.changed.get(network, change);
		if (known !== MISSING) return known;
		const next = this.#apply(network, change);
		this.changed.set(network, change, next);
		return next;
	}

	#apply(network: number, change: number): number {
		let messages = [...this.messages(network)];
		for (const step of this.#changes[change] ?? []) {
			if ('take' in step) {
				const place = messages.indexOf(step.take);
				if (place < 0) throw new RangeError(`message ${step.take} is not in flight`);
				messages.splice(place, 1);
			} else if ('add' in step) messages.push(step.add);
			else
				messages = messages.flatMap((message) => {
					const left = step.each(message);
					return left === null ? [] : [left];
				});
		}
		if (messages.length > this.#capacity && messages.length > this.messages(network).length)
			return CUT;
		return this.#intern(messages.sort((a, b) => a - b));
	}

	#intern(messages: readonly number[]): number {
		const key = messages.join(' ');
		let id = this.#ids.get(key);
		if (id === undefined) {
			id = this.#contents.length;
			this.#contents.push(messages);
			this.#ids.set(key, id);
		}
		return id;
	}
}
