import { Expander, OUTGROWN, type Readable, readable, type Supply } from './expander.ts';
import { bitsFor, fits, type Layout, layoutOf } from './layout.ts';
import { BUDGET } from './place.ts';
import { BUDGET_BITS } from './product.ts';
import { ROOT, States } from './states.ts';
import type { Tables } from './tables.ts';

/** How far an exploration may go. */
export interface Limits {
	/** Most bytes for states and their index. */
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

export type Ending = 'complete' | 'broken' | 'out of memory' | 'stopped';

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

/** Successors that are found before they are stored. */
const MANY = 1024;

/** How often progress is told, in states. */
const TELL = 1 << 14;

/**
 * Explores a product breadth first, up to its bounds or the limits, and stops behind the first level
 * with a broken promise. It begins in the state given place by place, else in the first one. Now and
 * then it tells how far it is, so that whoever drives it may do something else meanwhile.
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
	tell: (progress: Progress) => void = () => {},
	from?: ArrayLike<number>,
): Exploration<Label> {
	return inOneGo(exploring(tables, limits, from), tell);
}

/** Drives something that tells how far it is to its end. */
export function inOneGo<Told, Result>(
	work: Generator<Told, Result, void>,
	tell: (told: Told) => void = () => {},
): Result {
	for (let step = work.next(); ; step = work.next()) {
		if (step.done === true) return step.value;
		tell(step.value);
	}
}

class Exploring<Label> {
	readonly tables: Tables<Label>;
	readonly states: States;
	readonly expander: Expander;
	readonly breaches: Breach[] = [];
	layout: Layout;
	generated = 0;

	constructor(tables: Tables<Label>, limits: Limits) {
		this.tables = tables;
		this.layout = this.#layout();
		const { words } = this.layout;
		const capacity = Math.floor(limits.memory / ((words + 2) * 4 + 4));
		this.states = new States(
			words,
			Math.min(limits.states ?? capacity, capacity, MOST_WORDS / words),
		);
		this.expander = new Expander(
			this.tables.initial.length,
			readable(this.tables),
			this.layout,
			this.#supply(),
		);
	}

	*run(
		{ stop, goOn = false }: Limits,
		from: ArrayLike<number>,
	): Generator<Progress, Exploration<Label>, void> {
		const { states, expander } = this;
		const first = new Int32Array(this.layout.words);
		this.#pack(from, first, 0);
		states.add(first, 0, ROOT);
		let depth = 0;
		let level = 1;
		let ending: Ending = 'complete';
		for (let state = 0; ; state++) {
			if (state === level) {
				if (!this.#keep()) ending = 'out of memory';
				if (this.breaches.length > 0 && !goOn) break;
				if (ending !== 'complete' || states.count === level) break;
				depth++;
				level = states.count;
			}
			this.generated += this.#expand(state);
			if (expander.found > MANY && !this.#keep()) {
				ending = 'out of memory';
				break;
			}
			if (state % TELL === TELL - 1) {
				const waiting = states.count - state - 1;
				const { generated } = this;
				yield { depth, states: states.count, generated, waiting, bytes: states.bytes };
				if (stop?.() === true) {
					ending = 'stopped';
					break;
				}
			}
		}
		return {
			ending: this.breaches.length > 0 ? 'broken' : ending,
			states,
			tables: this.tables,
			layout: this.layout,
			expander,
			generated: this.generated,
			cut: expander.cut,
			depth,
			breaches: this.breaches,
		};
	}

	#expand(state: number): number {
		for (;;) {
			const { words, width } = this.states;
			const found = this.expander.append(words, state * width, state);
			if (found !== OUTGROWN) return found;
			this.#keep();
			this.#relayout();
		}
	}

	/** Stores the successors found so far; false if there is no room. */
	#keep(): boolean {
		const { states, expander } = this;
		const { out, stride, found } = expander;
		const { width } = states;
		for (let at = 0; at < found * stride; at += stride)
			if (out[at + width + 2] === 1)
				this.breaches.push({ state: out[at + width + 3] ?? 0, key: out[at + width] ?? 0 });
		expander.found = 0;
		return states.addAll(out, found, stride) === found;
	}

	#layout(): Layout {
		const { product, largest } = this.tables;
		return layoutOf(
			largest.map((value, place) =>
				place === BUDGET ? Math.max(1, product.budgets.length * BUDGET_BITS) : bitsFor(value + 1),
			),
		);
	}

	#pack(values: ArrayLike<number>, into: Int32Array, to: number): void {
		const { word, shift } = this.layout;
		for (let place = 0; place < values.length; place++) {
			const slot = to + (word[place] ?? 0);
			into[slot] = (into[slot] ?? 0) | ((values[place] ?? 0) << (shift[place] ?? 0));
		}
	}

	#relayout(): void {
		const { expander, states } = this;
		const layout = this.#layout();
		states.repack(layout.words, (words, at, into, to) => {
			expander.unpack(words, at);
			const old = this.layout;
			this.layout = layout;
			this.#pack(expander.before, into, to);
			this.layout = old;
		});
		this.layout = layout;
		expander.use(readable(this.tables), layout);
	}

	#supply(): Supply {
		const { tables } = this;
		return {
			fill: tables,
			read: (): Readable | null =>
				tables.largest.every((value, place) => place === BUDGET || fits(this.layout, place, value))
					? readable(tables)
					: null,
		};
	}
}

/** Most 32-bit words in one array. */
const MOST_WORDS = 2 ** 30 - 1;
