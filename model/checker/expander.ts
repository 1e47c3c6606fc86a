import { sharedInts } from './ints.ts';
import type { Layout } from './layout.ts';
import { lookUp, MISSING, pairAt } from './memo.ts';
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

/** What stands behind the words of a successor: the key of the step, the shift of its budget (-1: free), 1 if it broke a promise, and the state it is reached from. */
export const BEHIND = 4;

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
 * no allocation. With a supply, what is missing is filled in; without, the state is put off.
 */
export class Expander {
	/** The successors found: words, then what stands behind them. */
	out: Int32Array;
	/** How many there are. */
	found = 0;
	/** Steps that were cut off because too many messages would be in flight. */
	cut = 0;
	/** The state being expanded, place by place; and what its components become, where they change. */
	readonly before: Int32Array;
	readonly after: Int32Array;
	#tables: Readable;
	#layout: Layout;
	#stride: number;
	readonly #supply: Supply | null;
	readonly #places: number;
	/** What is missing: 1 row, 2 change, 3 rules of a network, 4 chain, 5 judgement. */
	#missing = 0;
	readonly #what = new Int32Array(4);

	constructor(places: number, tables: Readable, layout: Layout, supply: Supply | null) {
		this.#places = places;
		this.before = new Int32Array(places);
		this.after = new Int32Array(places);
		this.#tables = tables;
		this.#layout = layout;
		this.#stride = layout.words + BEHIND;
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
		this.found = 0;
		return this.append(words, at, 0);
	}

	/** The same, behind those found before; each knows the state it is reached from. */
	append(words: Int32Array, at: number, parent: number): number {
		const { found, cut } = this;
		for (;;) {
			const status = this.#try(words, at, parent);
			if (status !== INCOMPLETE) return this.found - found;
			this.cut = cut;
			this.found = found;
			if (this.#supply === null) return INCOMPLETE;
			this.#fill(this.#supply.fill);
			const tables = this.#supply.read();
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

	#try(words: Int32Array, at: number, parent: number): number {
		this.unpack(words, at);
		const { lists, always, ofNetwork, networks } = this.#tables;
		const network = this.before[NETWORK] ?? 0;
		const delivered = network < networks ? (ofNetwork[network] ?? MISSING) : MISSING;
		if (delivered === MISSING) return this.#miss(3, network, 0, 0, 0);
		for (let list = always; ; list = delivered) {
			const count = lists[list] ?? 0;
			for (let place = 1; place <= count; place++)
				if (this.#happen(lists[list + place] ?? 0, words, at, parent) === INCOMPLETE)
					return INCOMPLETE;
			if (list === delivered) return 0;
		}
	}

	/** Adds what can happen by one rule. */
	#happen(rule: number, words: Int32Array, at: number, parent: number): number {
		const { before, after } = this;
		const { rows, outcomes, rules, changes, verdicts, settled, settles } = this.#tables;
		const { word, shift: shifts, mask, words: width } = this.#layout;
		const reads = rules[rule * RULE] ?? 0;
		const p0 = rules[rule * RULE + 1] ?? 0;
		const p1 = rules[rule * RULE + 2] ?? 0;
		const p2 = rules[rule * RULE + 3] ?? 0;
		const a = reads > 0 ? (before[p0] ?? 0) : 0;
		const b = reads > 1 ? (before[p1] ?? 0) : 0;
		const c = reads > 2 ? (before[p2] ?? 0) : 0;
		const row = lookUp(rows, rule, a, b, c);
		if (row === MISSING) return this.#miss(1, rule, a, b, c);
		const budget = before[BUDGET] ?? 0;
		const network = before[NETWORK] ?? 0;
		const memory = before[MEMORY] ?? 0;
		const end = row + 1 + (outcomes[row] ?? 0) * OUTCOME;
		for (let outcome = row + 1; outcome < end; outcome += OUTCOME) {
			const cost = outcomes[outcome + 1] ?? -1;
			if (cost >= 0 && ((budget >>> cost) & MOST) === 0) continue;
			const change = outcomes[outcome + 2] ?? -1;
			let left = network;
			if (change >= 0) {
				left = pairAt(changes, network, change);
				if (left === MISSING) return this.#miss(2, network, change, 0, 0);
				if (left === CUT) {
					this.cut++;
					continue;
				}
			}
			if ((outcomes[outcome + 3] ?? -1) >= 0) {
				if (
					this.#happenInParts(outcome, a, b, c, p0, p1, p2, reads, left, words, at, parent) ===
					INCOMPLETE
				)
					return INCOMPLETE;
				continue;
			}
			let w0 = outcomes[outcome + 4] ?? 0;
			let w1 = outcomes[outcome + 5] ?? 0;
			let w2 = outcomes[outcome + 6] ?? 0;
			let changed = 0;
			if (reads > 0 && w0 !== a) {
				after[p0] = w0;
				changed |= 1 << (p0 - FIRST);
			}
			if (reads > 1 && w1 !== b) {
				after[p1] = w1;
				changed |= 1 << (p1 - FIRST);
			}
			if (reads > 2 && w2 !== c) {
				after[p2] = w2;
				changed |= 1 << (p2 - FIRST);
			}
			const key = outcomes[outcome] ?? 0;
			let kept = pairAt(verdicts, key, memory);
			if (kept <= PROGRAM) kept = this.#consult(PROGRAM - kept);
			if (kept === MISSING) return this.#miss(5, key, changed, 0, 0);
			const to = this.#room();
			const { out } = this;
			for (let place = 0; place < width; place++) out[to + place] = words[at + place] ?? 0;
			if (cost >= 0) put(out, to, word, shifts, mask, BUDGET, budget - (1 << cost));
			if (left !== network) put(out, to, word, shifts, mask, NETWORK, left);
			if (kept !== memory && kept !== BROKEN) put(out, to, word, shifts, mask, MEMORY, kept);
			if (changed !== 0) {
				if (reads > 0 && w0 !== a) {
					if (settles) w0 = settle(settled, p0, w0);
					put(out, to, word, shifts, mask, p0, w0);
				}
				if (reads > 1 && w1 !== b) {
					if (settles) w1 = settle(settled, p1, w1);
					put(out, to, word, shifts, mask, p1, w1);
				}
				if (reads > 2 && w2 !== c) {
					if (settles) w2 = settle(settled, p2, w2);
					put(out, to, word, shifts, mask, p2, w2);
				}
			}
			out[to + width] = key;
			out[to + width + 1] = cost;
			out[to + width + 2] = kept === BROKEN ? 1 : 0;
			out[to + width + 3] = parent;
		}
		return 0;
	}

	/** Adds a step that has later parts, each of which has one outcome. */
	#happenInParts(
		outcome: number,
		a: number,
		b: number,
		c: number,
		p0: number,
		p1: number,
		p2: number,
		reads: number,
		network: number,
		words: Int32Array,
		at: number,
		parent: number,
	): number {
		const { before, after } = this;
		const { outcomes, chains, verdicts, settled, settles } = this.#tables;
		const { word, shift: shifts, mask, words: width } = this.#layout;
		for (let place = 0; place < this.#places; place++) after[place] = before[place] ?? 0;
		after[NETWORK] = network;
		if (reads > 0) after[p0] = outcomes[outcome + 4] ?? a;
		if (reads > 1) after[p1] = outcomes[outcome + 5] ?? b;
		if (reads > 2) after[p2] = outcomes[outcome + 6] ?? c;
		const status = this.#follow(outcomes[outcome + 3] ?? 0);
		if (status === INCOMPLETE) return INCOMPLETE;
		if (status === CUT) {
			this.cut++;
			return 0;
		}
		let changed = 0;
		for (let place = FIRST; place < this.#places; place++)
			if (before[place] !== after[place]) changed |= 1 << (place - FIRST);
		const first = outcomes[outcome] ?? 0;
		const key = pairAt(chains, first, changed);
		if (key === MISSING) return this.#miss(4, first, changed, 0, 0);
		const memory = before[MEMORY] ?? 0;
		let kept = pairAt(verdicts, key, memory);
		if (kept <= PROGRAM) kept = this.#consult(PROGRAM - kept);
		if (kept === MISSING) return this.#miss(5, key, changed, 0, 0);
		const cost = outcomes[outcome + 1] ?? -1;
		const budget = before[BUDGET] ?? 0;
		after[BUDGET] = cost >= 0 ? budget - (1 << cost) : budget;
		after[MEMORY] = kept === BROKEN ? memory : kept;
		const to = this.#room();
		const { out } = this;
		for (let place = 0; place < width; place++) out[to + place] = words[at + place] ?? 0;
		for (let place = 0; place < this.#places; place++) {
			let value = after[place] ?? 0;
			if (value === before[place]) continue;
			if (settles && place >= FIRST) value = settle(settled, place, value);
			put(out, to, word, shifts, mask, place, value);
		}
		out[to + width] = key;
		out[to + width + 1] = cost;
		out[to + width + 2] = kept === BROKEN ? 1 : 0;
		out[to + width + 3] = parent;
		return 0;
	}

	/** The later parts of a step. */
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
				const next = pairAt(changes, network, change);
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
				node = pairAt(branches, node, value ?? 0);
				if (node === MISSING) return MISSING;
			}
			const leaf = leaves[node] ?? MISSING;
			if (leaf === MISSING || leaf === BROKEN) return leaf;
			if (leaf < 0) continue;
			memory = pairAt(updates, memory, leaf);
			if (memory === MISSING) return MISSING;
		}
		return memory;
	}

	/** Where the next successor goes. */
	#room(): number {
		const to = this.found++ * this.#stride;
		if (to + this.#stride > this.out.length) {
			const larger = sharedInts(this.out.length * 2);
			larger.set(this.out);
			this.out = larger;
		}
		return to;
	}
}

/** What is kept of a component's state when a step is over. */
function settle(settled: Int32Array, place: number, value: number): number {
	const kept = pairAt(settled, place, value);
	return kept === MISSING ? value : kept;
}

/** Writes the value of one place into packed words. */
function put(
	out: Int32Array,
	to: number,
	word: Int32Array,
	shifts: Int32Array,
	mask: Int32Array,
	place: number,
	value: number,
): void {
	const by = shifts[place] ?? 0;
	const slot = to + (word[place] ?? 0);
	out[slot] = ((out[slot] ?? 0) & ~((mask[place] ?? 0) << by)) | (value << by);
}
