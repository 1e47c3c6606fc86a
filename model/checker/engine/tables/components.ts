import { MISSING, Pairs } from '../memory/memo.ts';
import { COMPONENTS, FIRST } from '../memory/place.ts';
import type { Product } from '../product/product.ts';
import type { Step } from './watched.ts';

/** The states of components that were met: what is kept of each when a step is over, and how it looks. */
export class Components {
	readonly #product: Pick<Product<never>, 'look' | 'settle'>;
	/** (place, state shown) -> state kept, where that is another one. */
	readonly #kept = new Pairs();
	/** (place, state) -> how it looks, where that is not its own number. */
	readonly #looks = new Pairs();
	/** The step that is looked at. */
	readonly #seen = {
		before: new Int32Array(FIRST + COMPONENTS),
		after: new Int32Array(FIRST + COMPONENTS),
	};

	constructor(product: Pick<Product<never>, 'look' | 'settle'>) {
		this.#product = product;
	}

	get bytes(): number {
		return this.#kept.bytes + this.#looks.bytes;
	}

	/** Asks the product about a state; must be called before anything else is asked about it. */
	meet(place: number, state: number): void {
		const look = this.#product.look?.(place - FIRST, state) ?? state;
		if (look !== state) this.#looks.set(place, state, look);
		if (this.#product.settle === undefined) return;
		const kept = this.#product.settle(place - FIRST, state);
		if (kept === state || this.#kept.get(place, state) !== MISSING) return;
		this.#kept.set(place, state, kept);
		this.meet(place, kept);
	}

	/** What is kept of a component's state when a step is over. */
	kept(place: number, state: number): number {
		const kept = this.#kept.get(place, state);
		return kept === MISSING ? state : kept;
	}

	/** Tells a step between two states, told in full, by nothing but how their components look. */
	look(key: number, before: Int32Array, after: Int32Array): Step {
		const { before: wasSeen, after: isSeen } = this.#seen;
		let changed = 0;
		for (let place = FIRST; place < before.length; place++) {
			const was = before[place] ?? 0;
			const is = after[place] ?? 0;
			const looked = this.#look(place, was);
			const looks = was === is ? looked : this.#look(place, is);
			wasSeen[place] = looked;
			isSeen[place] = looks;
			if (looked !== looks) changed |= 1 << (place - FIRST);
		}
		return { key, changed, before: wasSeen, after: isSeen };
	}

	#look(place: number, state: number): number {
		const look = this.#looks.get(place, state);
		return look === MISSING ? state : look;
	}
}
