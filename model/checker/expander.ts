import { sharedInts } from './ints.ts';
import type { Layout } from './layout.ts';
import { lookUp, MISSING } from './memo.ts';
import { CUT } from './networks.ts';
import { BROKEN, PROGRAM } from './observing.ts';
import { BUDGET, FIRST, MEMORY, NETWORK } from './place.ts';
import { MOST } from './product.ts';
import { OUTCOME, RULE, type Tables } from './tables.ts';
import { LEAF } from './trees.ts';

/** Something is missing in the tables: the state cannot be expanded yet. */
export const INCOMPLETE = -1;

/** The tables have outgrown the layout: states must be packed anew first. */
export const OUTGROWN = -2;

/** What stands behind the words of a successor: the key of the step, the shift of its budget (-1: free), and 1 if it broke a promise. */
export const BEHIND = 3;

/** The tables as an expander reads them: plain integers in memory that threads share. */
export type Readable = {
	readonly rows: Int32Array;
	readonly outcomes: Int32Array;
	readonly rules: Int32Array;
	readonly changes: Int32Array;
	readonly ofNetwork: Int32Array;
	readonly networks: number;
	readonly lists: Int32Array;
	readonly always: number;
	readonly chains: Int32Array;
	readonly settled: Int32Array;
	/** Whether any component shows more than it keeps. */
	readonly settles: boolean;
	readonly verdicts: Int32Array;
	readonly branches: Int32Array;
	readonly asks: Int32Array;
	readonly leaves: Int32Array;
	readonly programs: Int32Array;
	readonly updates: Int32Array;
};

export function readable<Label>(tables: Tables<Label>): Readable {
	const { observing } = tables;
	return {
		rows: tables.rows.cells,
		outcomes: tables.outcomes.array,
		rules: tables.rules.array,
		changes: tables.changes.cells,
		ofNetwork: tables.ofNetwork.array,
		networks: tables.ofNetwork.length,
		lists: tables.lists.array,
		always: tables.always,
		chains: tables.chains.cells,
		settled: tables.settled.cells,
		settles: tables.product.settle !== undefined,
		verdicts: observing.verdicts.cells,
		branches: observing.trees.branches.cells,
		asks: observing.trees.asks.array,
		leaves: observing.trees.leaves.array,
		programs: observing.programs.array,
		updates: observing.updates.cells,
	};
}

/** Fills in what an expander misses. */
export interface Supply {
	readonly fill: Filler;
	/** The tables as they are then; null: they have outgrown the layout. */
	read(): Readable | null;
}

export interface Filler {
	row(rule: number, a: number, b: number, c: number): void;
	change(network: number, change: number): void;
	rulesOf(network: number): void;
	chain(first: number, changed: number): void;
	judge(key: number, changed: number, before: Int32Array, after: Int32Array): void;
}

/**
 * Finds the successors of one state after another by looking things up: no machine, no observer and
 * no allocation. With a filler, what is missing is filled in; without, the state is put off.
 */
export class Expander {
	/** The successors found last: words, then what stands behind them. */
	out: Int32Array;
	/** Steps that were cut off because too many messages would be in flight. */
	cut = 0;
	/** The state being expanded, place by place. */
	readonly before: Int32Array;
	readonly after: Int32Array;
	#tables: Readable;
	#layout: Layout;
	#stride: number;
	readonly #filler: Supply | null;
	readonly #places: number;
	/** What is missing: 1 row, 2 change, 3 rules of a network, 4 chain, 5 judgement. */
	#missing = 0;
	readonly #what = new Int32Array(4);

	constructor(places: number, tables: Readable, layout: Layout, filler: Supply | null) {
		this.#places = places;
		this.before = new Int32Array(places);
		this.after = new Int32Array(places);
		this.#tables = tables;
		this.#layout = layout;
		this.#stride = layout.words + BEHIND;
		this.#filler = filler;
		this.out = sharedInts(1 << 12);
	}

	get stride(): number {
		return this.#stride;
	}

	/** Reads from these tables, and states in this layout, from now on. */
	use(tables: Readable, layout: Layout): void {
		this.#tables = tables;
		this.#layout = layout;
		this.#stride = layout.words + BEHIND;
	}

	/** Reads a state's places into `before`. */
	unpack(words: Int32Array, at: number): void {
		const { word, shift, mask } = this.#layout;
		const { before } = this;
		for (let place = 0; place < this.#places; place++)
			before[place] =
				((words[at + (word[place] ?? 0)] ?? 0) >>> (shift[place] ?? 0)) & (mask[place] ?? 0);
	}

	/** How many successors the state has, all of them in `out`; or INCOMPLETE, or OUTGROWN. */
	expand(words: Int32Array, at: number): number {
		for (;;) {
			const cut = this.cut;
			const found = this.#try(words, at);
			if (found !== INCOMPLETE) return found;
			this.cut = cut;
			if (this.#filler === null) return INCOMPLETE;
			this.#fill(this.#filler.fill);
			const tables = this.#filler.read();
			if (tables === null) return OUTGROWN;
			this.#tables = tables;
		}
	}

	#fill(filler: Filler): void {
		const [a = 0, b = 0, c = 0, d = 0] = this.#what;
		if (this.#missing === 1) filler.row(a, b, c, d);
		else if (this.#missing === 2) filler.change(a, b);
		else if (this.#missing === 3) filler.rulesOf(a);
		else if (this.#missing === 4) filler.chain(a, b);
		else filler.judge(a, b, this.before, this.after);
	}

	#miss(kind: number, a: number, b: number, c: number, d: number): number {
		this.#missing = kind;
		this.#what[0] = a;
		this.#what[1] = b;
		this.#what[2] = c;
		this.#what[3] = d;
		return INCOMPLETE;
	}

	#try(words: Int32Array, at: number): number {
		this.unpack(words, at);
		const { before } = this;
		const { lists, always, ofNetwork, networks } = this.#tables;
		const network = before[NETWORK] ?? 0;
		const delivered = network < networks ? (ofNetwork[network] ?? MISSING) : MISSING;
		if (delivered === MISSING) return this.#miss(3, network, 0, 0, 0);
		let found = 0;
		for (let list = always; ; list = delivered) {
			const count = lists[list] ?? 0;
			for (let place = 1; place <= count; place++) {
				found = this.#happen(lists[list + place] ?? 0, words, at, found);
				if (found === INCOMPLETE) return INCOMPLETE;
			}
			if (list === delivered) return found;
		}
	}

	/** Adds what can happen by one rule. */
	#happen(rule: number, words: Int32Array, at: number, already: number): number {
		const { before, after } = this;
		const { rows, outcomes, rules, changes } = this.#tables;
		const reads = rules[rule * RULE] ?? 0;
		const p0 = rules[rule * RULE + 1] ?? 0;
		const p1 = rules[rule * RULE + 2] ?? 0;
		const p2 = rules[rule * RULE + 3] ?? 0;
		const a = reads > 0 ? (before[p0] ?? 0) : 0;
		const b = reads > 1 ? (before[p1] ?? 0) : 0;
		const c = reads > 2 ? (before[p2] ?? 0) : 0;
		const row = lookUp(rows, rule, a, b, c);
		if (row === MISSING) return this.#miss(1, rule, a, b, c);
		const count = outcomes[row] ?? 0;
		let found = already;
		for (let place = 0; place < count; place++) {
			const outcome = row + 1 + place * OUTCOME;
			const shift = outcomes[outcome + 1] ?? -1;
			const budget = before[BUDGET] ?? 0;
			if (shift >= 0 && ((budget >>> shift) & MOST) === 0) continue;
			const change = outcomes[outcome + 2] ?? -1;
			let network = before[NETWORK] ?? 0;
			if (change >= 0) {
				const next = lookUp(changes, network, change, 0, 0);
				if (next === MISSING) return this.#miss(2, network, change, 0, 0);
				if (next === CUT) {
					this.cut++;
					continue;
				}
				network = next;
			}
			for (let at = 0; at < this.#places; at++) after[at] = before[at] ?? 0;
			after[BUDGET] = shift >= 0 ? budget - (1 << shift) : budget;
			after[NETWORK] = network;
			let changed = 0;
			if (reads > 0 && outcomes[outcome + 4] !== a) {
				after[p0] = outcomes[outcome + 4] ?? 0;
				changed |= 1 << (p0 - FIRST);
			}
			if (reads > 1 && outcomes[outcome + 5] !== b) {
				after[p1] = outcomes[outcome + 5] ?? 0;
				changed |= 1 << (p1 - FIRST);
			}
			if (reads > 2 && outcomes[outcome + 6] !== c) {
				after[p2] = outcomes[outcome + 6] ?? 0;
				changed |= 1 << (p2 - FIRST);
			}
			let key = outcomes[outcome] ?? 0;
			const follows = outcomes[outcome + 3] ?? -1;
			if (follows >= 0) {
				const status = this.#follow(follows);
				if (status === INCOMPLETE) return INCOMPLETE;
				if (status === CUT) {
					this.cut++;
					continue;
				}
				changed = this.#difference();
				const chain = lookUp(this.#tables.chains, key, changed, 0, 0);
				if (chain === MISSING) return this.#miss(4, key, changed, 0, 0);
				key = chain;
			}
			let memory = lookUp(this.#tables.verdicts, key, before[MEMORY] ?? 0, 0, 0);
			if (memory === MISSING) return this.#miss(5, key, changed, 0, 0);
			if (memory <= PROGRAM) memory = this.#consult(PROGRAM - memory);
			if (memory === MISSING) return this.#miss(5, key, changed, 0, 0);
			const broken = memory === BROKEN;
			after[MEMORY] = broken ? (before[MEMORY] ?? 0) : memory;
			if (changed !== 0 && this.#tables.settles) this.#settle(changed);
			this.#put(words, at, found, key, shift, broken ? 1 : 0);
			found++;
		}
		return found;
	}

	/** The later stages of a step, each of which has one outcome. */
	#follow(list: number): number {
		const { after } = this;
		const { rows, outcomes, rules, changes, lists } = this.#tables;
		const count = lists[list] ?? 0;
		for (let place = 1; place <= count; place++) {
			const rule = lists[list + place] ?? 0;
			const reads = rules[rule * RULE] ?? 0;
			const p0 = rules[rule * RULE + 1] ?? 0;
			const p1 = rules[rule * RULE + 2] ?? 0;
			const p2 = rules[rule * RULE + 3] ?? 0;
			const a = reads > 0 ? (after[p0] ?? 0) : 0;
			const b = reads > 1 ? (after[p1] ?? 0) : 0;
			const c = reads > 2 ? (after[p2] ?? 0) : 0;
			const row = lookUp(rows, rule, a, b, c);
			if (row === MISSING) return this.#miss(1, rule, a, b, c);
			const outcome = row + 1;
			const change = outcomes[outcome + 2] ?? -1;
			if (change >= 0) {
				const network = after[NETWORK] ?? 0;
				const next = lookUp(changes, network, change, 0, 0);
				if (next === MISSING) return this.#miss(2, network, change, 0, 0);
				if (next === CUT) return CUT;
				after[NETWORK] = next;
			}
			if (reads > 0) after[p0] = outcomes[outcome + 4] ?? 0;
			if (reads > 1) after[p1] = outcomes[outcome + 5] ?? 0;
			if (reads > 2) after[p2] = outcomes[outcome + 6] ?? 0;
		}
		return 0;
	}

	/** Only what is kept of the components that changed stays. */
	#settle(changed: number): void {
		const { after } = this;
		const { settled } = this.#tables;
		for (let bits = changed; bits !== 0; bits &= bits - 1) {
			const place = FIRST + 31 - Math.clz32(bits & -bits);
			const kept = lookUp(settled, place, after[place] ?? 0, 0, 0);
			if (kept !== MISSING) after[place] = kept;
		}
	}

	#difference(): number {
		const { before, after } = this;
		let changed = 0;
		for (let place = FIRST; place < this.#places; place++)
			if (before[place] !== after[place]) changed |= 1 << (place - FIRST);
		return changed;
	}

	/** What the observers say who look at more than the step and their memory. */
	#consult(program: number): number {
		const { before, after } = this;
		const { programs, asks, leaves, branches, updates } = this.#tables;
		let memory = programs[program] ?? 0;
		const count = programs[program + 1] ?? 0;
		for (let place = 0; place < count; place++) {
			let node = programs[program + 2 + place] ?? 0;
			for (let ask = asks[node] ?? LEAF; ask !== LEAF; ask = asks[node] ?? LEAF) {
				const value = (ask & 1) === 1 ? after[ask >> 1] : before[ask >> 1];
				node = lookUp(branches, node, value ?? 0, 0, 0);
				if (node === MISSING) return MISSING;
			}
			const leaf = leaves[node] ?? MISSING;
			if (leaf === MISSING || leaf === BROKEN) return leaf;
			if (leaf < 0) continue;
			memory = lookUp(updates, memory, leaf, 0, 0);
			if (memory === MISSING) return MISSING;
		}
		return memory;
	}

	#put(
		words: Int32Array,
		at: number,
		index: number,
		key: number,
		shift: number,
		broken: number,
	): void {
		const { before, after } = this;
		const { word, shift: shifts, mask, words: width } = this.#layout;
		const stride = this.#stride;
		const to = index * stride;
		if (to + stride > this.out.length) {
			const larger = sharedInts(this.out.length * 2);
			larger.set(this.out);
			this.out = larger;
		}
		const { out } = this;
		for (let place = 0; place < width; place++) out[to + place] = words[at + place] ?? 0;
		for (let place = 0; place < this.#places; place++) {
			const value = after[place] ?? 0;
			if (value === before[place]) continue;
			const by = shifts[place] ?? 0;
			const slot = to + (word[place] ?? 0);
			out[slot] = ((out[slot] ?? 0) & ~((mask[place] ?? 0) << by)) | (value << by);
		}
		out[to + width] = key;
		out[to + width + 1] = shift;
		out[to + width + 2] = broken;
	}
}
