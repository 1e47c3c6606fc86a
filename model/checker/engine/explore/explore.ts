import { bitsFor, fits, type Layout, layoutOf } from '../memory/layout.ts';
import { BUDGET, CORE, NETWORK, STORED } from '../memory/place.ts';
import { INDEX_LOAD, ROOT, States } from '../memory/states.ts';
import { SUCCESSOR_BREAKS, SUCCESSOR_KEY, SUCCESSOR_PARENT } from '../memory/successor.ts';
import type { Tables } from '../tables/tables.ts';
import { Breath } from './breath.ts';
import { Expander, OUTGROWN, readable, type Supply, supplyOf } from './expander.ts';

/** How far an exploration may go. */
export interface Limits {
	/** Most bytes for states, their index, and the tables. */
	readonly memory: number;
	/** Most states; a finite bound for tests and tries. */
	readonly states?: number;
	/** Go on beyond a broken promise. */
	readonly goOn?: boolean;
	/** Asked now and then; true ends the exploration. */
	readonly stop?: () => boolean;
}

/** A broken promise, as found: the step from one state that broke it. */
export interface Breach {
	/** The place of the state in which the step was taken. */
	readonly state: number;
	/** The key of the step. */
	readonly key: number;
}

export interface Progress {
	readonly depth: number;
	readonly states: number;
	readonly generated: number;
	/** States that wait to be expanded. */
	readonly waiting: number;
	readonly bytes: number;
}

export type Ending = 'complete' | 'broken' | 'out of memory' | 'stopped' | 'thread lost';

/** What an exploration came to. */
export interface Exploration<Label> {
	readonly ending: Ending;
	readonly states: States;
	readonly tables: Tables<Label>;
	readonly layout: Layout;
	/** Finds the steps from any of the states again. */
	readonly expander: Expander;
	/** Steps found, those that led to a known state included. */
	readonly generated: number;
	readonly cut: number;
	readonly depth: number;
	readonly breaches: readonly Breach[];
}

/** Puts one state in the place of all that are alike, and finds the steps of each of them. */
export interface Folding extends Omit<Supply, 'read'> {
	readonly bytes: number;
	/** Puts the state that stands for it in the place of each of the states in a list, one every `stride` words. */
	fold(states: Int32Array, count: number, stride: number, layout: Layout): void;
}

/** Successors that are found before they are stored. */
const MANY = 1024;

/** How often progress is reported at the least, in states. */
const REPORT = 1 << 14;

/**
 * Explores a product breadth first, up to its bounds or the limits, and stops behind the first level
 * with a broken promise. It begins in the state given place by place, else in the first one. Now and
 * then it reports how far it is, so that whoever drives it may do something else meanwhile.
 */
export function exploring<Label>(
	tables: Tables<Label>,
	limits: Limits,
	from: ArrayLike<number> = tables.initial,
): Generator<Progress, Exploration<Label>, void> {
	return new Exploring(tables, limits).run(limits, from);
}

/** The same in one go. */
export function explore<Label>(
	tables: Tables<Label>,
	limits: Limits,
	report: (progress: Progress) => void = () => {},
	from?: ArrayLike<number>,
): Exploration<Label> {
	return inOneGo(exploring(tables, limits, from), report);
}

/** Drives something that reports how far it is to its end. */
export function inOneGo<Progressing, Result>(
	work: Generator<Progressing, Result, void>,
	report: (progress: Progressing) => void = () => {},
): Result {
	for (let step = work.next(); ; step = work.next()) {
		if (step.done === true) return step.value;
		report(step.value);
	}
}

/** An exploration under way: what is stored, and how states are expanded and stored. */
export class Exploring<Label> {
	readonly tables: Tables<Label>;
	readonly states: States;
	readonly expander: Expander;
	readonly #limits: Limits;
	readonly #folding: Folding | null;
	readonly breaches: Breach[] = [];
	layout: Layout;
	depth = 0;
	generated = 0;
	/** Steps that others than its own expander cut off. */
	cut = 0;

	constructor(tables: Tables<Label>, limits: Limits, folding: Folding | null = null) {
		this.#folding = folding;
		this.tables = tables;
		this.#limits = limits;
		this.layout = this.#layout();
		this.states = new States(this.layout.words, this.#capacity(this.layout.words));
		this.expander = new Expander(readable(tables), this.layout, this.#supply());
	}

	*run(
		{ stop, goOn = false }: Limits,
		from: ArrayLike<number>,
	): Generator<Progress, Exploration<Label>, void> {
		const { states } = this;
		this.begin(from);
		let level = 1;
		let ending: Ending = 'complete';
		const breath = new Breath();
		for (let state = 0; ; state++) {
			if (state === level) {
				if (!this.#keep()) ending = 'out of memory';
				if (this.breaches.length > 0 && !goOn) break;
				if (ending !== 'complete' || states.count === level) break;
				this.depth++;
				level = states.count;
			}
			if (!this.#visit(state)) {
				ending = 'out of memory';
				break;
			}
			if (state % REPORT === REPORT - 1 || breath.due()) {
				yield this.progress(states.count - state - 1);
				if (stop?.() === true) {
					ending = 'stopped';
					break;
				}
			}
		}
		return this.end(ending);
	}

	/** Stores the state in which it begins. */
	begin(from: ArrayLike<number>): void {
		const core = this.tables.cores.id(Int32Array.from(from));
		this.#relayout();
		const first = new Int32Array(this.layout.words);
		this.#pack([from[BUDGET] ?? 0, from[NETWORK] ?? 0, core], first, 0);
		this.states.add(first, 0, ROOT);
	}

	/** Expands these states here and now, and stores what they lead to. */
	*expandingAll(states: Iterable<number>): Generator<Progress, Ending, void> {
		const breath = new Breath();
		for (const state of states) {
			if (!this.#visit(state)) return 'out of memory';
			if (!breath.due()) continue;
			yield this.progress(this.states.count - state);
			if (this.#limits.stop?.() === true) return this.#keep() ? 'stopped' : 'out of memory';
		}
		return this.#keep() ? 'complete' : 'out of memory';
	}

	/** Expands a state; false if there is no room for what was found. */
	#visit(state: number): boolean {
		const found = this.#expand(state);
		if (found === OUTGROWN) return false;
		this.generated += found;
		return this.expander.found <= MANY || this.#keep();
	}

	/** Bytes in use: states, their index, and the tables. */
	get bytes(): number {
		return this.states.bytes + this.tables.bytes + (this.#folding?.bytes ?? 0);
	}

	progress(waiting: number): Progress {
		const { depth, generated, states } = this;
		return { depth, states: states.count, generated, waiting, bytes: this.bytes };
	}

	end(ending: Ending): Exploration<Label> {
		const { states, tables, layout, expander, generated, depth, breaches } = this;
		return {
			ending: breaches.length > 0 ? 'broken' : ending,
			states,
			tables,
			layout,
			expander,
			generated,
			cut: this.cut + expander.cut,
			depth,
			breaches,
		};
	}

	/** The successors of a state are found; OUTGROWN if there was no room for those found before. */
	#expand(state: number): number {
		for (;;) {
			const { words, width } = this.states;
			const found = this.expander.append(words, state * width, state);
			if (found !== OUTGROWN) return found;
			if (!this.#keep()) return OUTGROWN;
			this.#relayout();
		}
	}

	/** Stores the successors found so far; false if there is no room. */
	#keep(): boolean {
		const { states, expander } = this;
		const { out, stride, found } = expander;
		const { width } = states;
		for (let at = 0; at < found * stride; at += stride)
			if (out[at + width + SUCCESSOR_BREAKS] === 1)
				this.breaches.push({
					state: out[at + width + SUCCESSOR_PARENT] ?? 0,
					key: out[at + width + SUCCESSOR_KEY] ?? 0,
				});
		expander.found = 0;
		this.#folding?.fold(out, found, stride, this.layout);
		return states.addAll(out, found, stride) === found && this.bytes <= this.#limits.memory;
	}

	/** How many states there is room for, if each takes so many words. */
	#capacity(words: number): number {
		const { memory, states = Infinity } = this.#limits;
		const slots = (2 * 4) / INDEX_LOAD;
		return Math.floor(Math.min(states, memory / ((words + 1) * 4 + slots), MOST_WORDS / words));
	}

	#layout(): Layout {
		const { budgets, networks, cores } = this.tables;
		return layoutOf([Math.max(1, budgets.bits), bitsFor(networks.size), bitsFor(cores.size)]);
	}

	#pack(values: ArrayLike<number>, into: Int32Array, to: number): void {
		const { word, shift } = this.layout;
		for (let place = 0; place < STORED; place++) {
			const slot = to + (word[place] ?? 0);
			into[slot] = (into[slot] ?? 0) | ((values[place] ?? 0) << (shift[place] ?? 0));
		}
	}

	#relayout(): void {
		const { expander, states } = this;
		const layout = this.#layout();
		const old = this.layout;
		expander.use(readable(this.tables), old);
		this.layout = layout;
		states.repack(layout.words, this.#capacity(layout.words), (words, at, into, to) => {
			expander.unpack(words, at);
			this.#pack(expander.before, into, to);
		});
		expander.use(readable(this.tables), layout);
	}

	#supply(): Supply {
		const { tables } = this;
		const source = this.#folding ?? supplyOf(tables);
		return {
			always: (core) => source.always(core),
			ofList: (list, core) => source.ofList(list, core),
			change: (network, change) => source.change(network, change),
			rulesOf: (network) => source.rulesOf(network),
			read: () =>
				fits(this.layout, NETWORK, tables.networks.size) &&
				fits(this.layout, CORE, tables.cores.size)
					? readable(tables)
					: null,
		};
	}
}

/** Most 32-bit words in one array. */
const MOST_WORDS = 2 ** 30 - 1;
