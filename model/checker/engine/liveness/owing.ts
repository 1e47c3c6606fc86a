import { MISSING } from '../memory/memo.ts';
import { FIRST, NETWORK } from '../memory/place.ts';
import { Trees } from '../memory/trees.ts';
import type { Demand } from '../product/product.ts';
import type { Networks } from '../tables/networks.ts';

/** What is owed in one state after the other; each demand is run once for all that it looked at. */
export class Owing {
	readonly demands: readonly Demand[];
	readonly #networks: Networks;
	readonly #trees = new Trees();
	readonly #roots: readonly number[];

	constructor(demands: readonly Demand[], networks: Networks) {
		this.demands = demands;
		this.#networks = networks;
		this.#roots = demands.map(() => this.#trees.node());
	}

	/** One bit for each demand that is owed in a state, given place by place. */
	owed(places: ArrayLike<number>): number {
		let bits = 0;
		for (let index = 0; index < this.#roots.length; index++) {
			const root = this.#roots[index] ?? 0;
			let leaf = this.#trees.walk(root, places, places);
			if (leaf === MISSING) leaf = this.#ask(index, root, places);
			bits |= leaf << index;
		}
		return bits;
	}

	/** What is owed, in words; null: nothing. */
	sentence(demand: Demand, places: ArrayLike<number>, reads: number[] = []): string | null {
		const read = (place: number): number => {
			if (!reads.includes(place * 2)) reads.push(place * 2);
			return places[place] ?? 0;
		};
		return demand.owed({
			state: (component) => read(component + FIRST),
			inFlight: () => this.#networks.messages(read(NETWORK)).length,
		});
	}

	#ask(index: number, root: number, places: ArrayLike<number>): number {
		const demand = this.demands[index];
		if (demand === undefined) return 0;
		const reads: number[] = [];
		const leaf = this.sentence(demand, places, reads) === null ? 0 : 1;
		this.#trees.plant(root, reads, places, places, leaf);
		return leaf;
	}
}
