import { sharedInts } from '../memory/ints.ts';
import type { Layout } from '../memory/layout.ts';
import { MISSING, pairAt } from '../memory/memo.ts';
import { BUDGET, CORE, NETWORK, STORED } from '../memory/place.ts';
import {
	SUCCESSOR_BREAKS,
	SUCCESSOR_COST,
	SUCCESSOR_KEY,
	SUCCESSOR_PARENT,
	SUCCESSOR_TAIL,
} from '../memory/successor.ts';
import { FREE, MASK_AT } from '../product/budgets.ts';
import { CUT } from '../tables/networks.ts';
import {
	BREAKS,
	PUTS,
	STEP_CHANGE,
	STEP_CORE,
	STEP_COST,
	STEP_KEY,
	STEP_SAYS,
	STEP_SIZE,
} from '../tables/step.ts';
import type { Tables } from '../tables/tables.ts';

/** Something is missing in the tables: the state cannot be expanded yet. */
export const INCOMPLETE = -1;

/** The tables have outgrown the layout: states must be packed anew first. */
export const OUTGROWN = -2;

/** The tables as an expander reads them: plain integers in memory that threads share. */
export interface Readable {
	readonly steps: Int32Array;
	/** By core; `cores` of them are known. */
	readonly always: Int32Array;
	readonly cores: number;
	readonly ofList: Int32Array;
	readonly changes: Int32Array;
	/** By network; `networks` of them are known. */
	readonly ofNetwork: Int32Array;
	readonly networks: number;
	readonly lists: Int32Array;
	/** By list of marks of what is put to the test: 1 once a step was taken that has them; the one thing that is written. */
	readonly taken: Int32Array;
}

export function readable<Label>(tables: Tables<Label>): Readable {
	const { cores, networks, rules, observing } = tables;
	return {
		steps: cores.steps.array,
		always: cores.always.array,
		cores: cores.size,
		ofList: cores.ofList.cells,
		changes: networks.changed.cells,
		ofNetwork: rules.ofNetwork.array,
		networks: rules.ofNetwork.length,
		lists: rules.lists.array,
		taken: observing.tested.taken.array,
	};
}

/** Fills in what an expander misses. */
export interface Supply {
	always(core: number): void;
	ofList(list: number, core: number): void;
	change(network: number, change: number): void;
	rulesOf(network: number): void;
	/** The tables as they are then; null: they have outgrown the layout. */
	read(): Readable | null;
}

/** How tables fill in what is missing. */
export const supplyOf = <Label>(tables: Tables<Label>): Omit<Supply, 'read'> => ({
	always: (core) => tables.cores.findAlways(core),
	ofList: (list, core) => tables.cores.findOfList(list, core),
	change: (network, change) => void tables.networks.apply(network, change),
	rulesOf: (network) => tables.rules.findOfNetwork(network),
});

/**
 * Finds the successors of one state after another by looking things up: no machine, no observer and
 * no allocation. With a supply, what is missing is filled in; without, the state is put off.
 */
export class Expander {
	/** The successors found: words, then what stands behind them. */
	out: Int32Array;
	/** How many there are. */
	found = 0;
	/** Steps that were cut off because too many messages would be in flight. */
	cut = 0;
	/** The state being expanded: budgets, network, core. */
	readonly before = new Int32Array(STORED);
	#tables: Readable;
	#layout: Layout;
	#stride: number;
	readonly #supply: Supply | null;
	/** What is missing: 1 always, 2 of a list, 3 change, 4 rules of a network. */
	#missing = 0;
	#first = 0;
	#second = 0;

	constructor(tables: Readable, layout: Layout, supply: Supply | null) {
		this.#tables = tables;
		this.#layout = layout;
		this.#stride = layout.words + SUCCESSOR_TAIL;
		this.#supply = supply;
		this.out = sharedInts(1 << 14);
	}

	get stride(): number {
		return this.#stride;
	}

	/** Reads from these tables, and states in this layout, from now on. */
	use(tables: Readable, layout: Layout): void {
		this.#tables = tables;
		this.#layout = layout;
		this.#stride = layout.words + SUCCESSOR_TAIL;
	}

	/** Reads a state's places into `before`. */
	unpack(words: Int32Array, at: number): void {
		const { word, shift, mask } = this.#layout;
		const { before } = this;
		for (let place = 0; place < STORED; place++)
			before[place] =
				((words[at + (word[place] ?? 0)] ?? 0) >>> (shift[place] ?? 0)) & (mask[place] ?? 0);
	}

	/** How many successors the state has, all of them in `out`; or INCOMPLETE, or OUTGROWN. */
	expand(words: Int32Array, at: number): number {
		this.found = 0;
		return this.append(words, at, 0);
	}

	/** The same, behind those found before; each knows the state it is reached from. */
	append(words: Int32Array, at: number, parent: number): number {
		const { found, cut } = this;
		this.unpack(words, at);
		for (;;) {
			if (this.#try(words, at, parent) !== INCOMPLETE) return this.found - found;
			this.cut = cut;
			this.found = found;
			if (this.#supply === null) return INCOMPLETE;
			this.#fill(this.#supply);
			const tables = this.#supply.read();
			if (tables === null) return OUTGROWN;
			this.#tables = tables;
		}
	}

	#fill(supply: Supply): void {
		if (this.#missing === 1) supply.always(this.#first);
		else if (this.#missing === 2) supply.ofList(this.#first, this.#second);
		else if (this.#missing === 3) supply.change(this.#first, this.#second);
		else supply.rulesOf(this.#first);
	}

	#miss(kind: number, first: number, second: number): number {
		this.#missing = kind;
		this.#first = first;
		this.#second = second;
		return INCOMPLETE;
	}

	#try(words: Int32Array, at: number, parent: number): number {
		const { always, cores, ofList, ofNetwork, networks, lists } = this.#tables;
		const network = this.before[NETWORK] ?? 0;
		const core = this.before[CORE] ?? 0;
		const own = core < cores ? (always[core] ?? MISSING) : MISSING;
		if (own === MISSING) return this.#miss(1, core, 0);
		const messages = network < networks ? (ofNetwork[network] ?? MISSING) : MISSING;
		if (messages === MISSING) return this.#miss(4, network, 0);
		if (this.#take(own, words, at, parent) === INCOMPLETE) return INCOMPLETE;
		const end = messages + (lists[messages] ?? 0);
		for (let place = messages + 1; place <= end; place++) {
			const list = lists[place] ?? 0;
			const row = pairAt(ofList, list, core);
			if (row === MISSING) return this.#miss(2, list, core);
			if (this.#take(row, words, at, parent) === INCOMPLETE) return INCOMPLETE;
		}
		return 0;
	}

	/** Takes all steps of one row that budgets and network allow. */
	#take(row: number, words: Int32Array, at: number, parent: number): number {
		const { steps, changes, taken } = this.#tables;
		const { word, shift, mask, words: width } = this.#layout;
		const { before } = this;
		const budget = before[BUDGET] ?? 0;
		const network = before[NETWORK] ?? 0;
		const core = before[CORE] ?? 0;
		const stride = this.#stride;
		const count = steps[row] ?? 0;
		this.#reserve(count);
		const { out } = this;
		let to = this.found * stride;
		for (let step = row + 1, end = step + count * STEP_SIZE; step < end; step += STEP_SIZE) {
			const cost = steps[step + STEP_COST] ?? FREE;
			if (cost >= 0 && ((budget >>> cost) & (cost >>> MASK_AT)) === 0) continue;
			const change = steps[step + STEP_CHANGE] ?? -1;
			let left = network;
			if (change >= 0) {
				left = pairAt(changes, network, change);
				if (left === MISSING) return this.#miss(3, network, change);
				if (left === CUT) {
					this.cut++;
					continue;
				}
			}
			for (let place = 0; place < width; place++) out[to + place] = words[at + place] ?? 0;
			const next = steps[step + STEP_CORE] ?? 0;
			if (next !== core) put(out, to, word, shift, mask, CORE, next);
			if (left !== network) put(out, to, word, shift, mask, NETWORK, left);
			if (cost >= 0) put(out, to, word, shift, mask, BUDGET, budget - (1 << cost));
			out[to + width + SUCCESSOR_KEY] = steps[step + STEP_KEY] ?? 0;
			out[to + width + SUCCESSOR_COST] = cost;
			const says = steps[step + STEP_SAYS] ?? 0;
			out[to + width + SUCCESSOR_BREAKS] = says === BREAKS ? 1 : 0;
			if (says >= PUTS) taken[says - PUTS] = 1;
			out[to + width + SUCCESSOR_PARENT] = parent;
			to += stride;
			this.found++;
		}
		return 0;
	}

	/** Makes room for so many more successors. */
	#reserve(more: number): void {
		while ((this.found + more) * this.#stride > this.out.length) {
			const larger = sharedInts(this.out.length * 2);
			larger.set(this.out);
			this.out = larger;
		}
	}
}

/** Writes the value of one place into packed words. */
function put(
	out: Int32Array,
	to: number,
	word: Int32Array,
	shift: Int32Array,
	mask: Int32Array,
	place: number,
	value: number,
): void {
	const by = shift[place] ?? 0;
	const slot = to + (word[place] ?? 0);
	out[slot] = ((out[slot] ?? 0) & ~((mask[place] ?? 0) << by)) | (value << by);
}
