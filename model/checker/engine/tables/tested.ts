import { ENTRY_BYTES, Interned } from '../memory/interned.ts';
import { Ints } from '../memory/ints.ts';
import { MISSING, Pairs } from '../memory/memo.ts';
import { Trees } from '../memory/trees.ts';
import type { Half, Observer } from '../product/product.ts';
import { type Step, Watched } from './watched.ts';

/** In place of a number of a list: it is empty. */
export const NONE = -1;

/** What a step put to the test that none had before, and halves of which that is not known yet. */
export interface Test {
	readonly marks: readonly number[];
	readonly open: readonly number[];
}

const NO_MARKS: number[] = [];
export const UNTESTED: Test = { marks: NO_MARKS, open: NO_MARKS };

/**
 * What is put to the test: each observer has a mark, and each half of what it promises. A mark is reached when a
 * step is taken that has it: a step that is judged may be one that no state has the budget for. Which marks a step has
 * is asked along with its observers, and no more once they are reached.
 */
export class Tested<Label> {
	/** By list of marks: 1 once a step was taken that has them; threads that explore write it. */
	readonly taken = new Ints();
	readonly #observers: readonly Observer<Label>[];
	/** By observer: the mark of the first half of it. */
	readonly #firstHalf: readonly number[];
	/** By mark: the half that it stands for; null where it is all that the observer is tested by. */
	readonly #halves: readonly (Half<Label> | null)[];
	readonly #reached: Uint8Array;
	/** By mark: its observer; by observer: how many of its marks are not reached. */
	readonly #placeOf: readonly number[];
	readonly #left: number[];
	readonly #lists = new Interned<readonly number[]>();
	readonly #open = new Interned<readonly number[]>();
	/** Lists of marks that were not yet taken when it was looked last. */
	#waiting: number[] = [];
	/** (list, list) -> list of the marks of both. */
	readonly #joined = new Pairs();
	/** (happening, mark) -> root of a tree that says whether a step has the mark. */
	readonly #roots = new Pairs();
	readonly #trees = new Trees();

	constructor(observers: readonly Observer<Label>[]) {
		this.#observers = observers;
		const firstHalf: number[] = [];
		const halves: (Half<Label> | null)[] = observers.map(() => null);
		const placeOf = [...observers.keys()];
		for (const [place, { halves: own = [] }] of observers.entries()) {
			firstHalf.push(halves.length);
			halves.push(...own);
			placeOf.push(...own.map(() => place));
		}
		this.#placeOf = placeOf;
		this.#left = observers.map(({ halves: own = [] }) => own.length + 1);
		this.#firstHalf = firstHalf;
		this.#halves = halves;
		this.#reached = new Uint8Array(halves.length);
	}

	get bytes(): number {
		const { taken } = this;
		const parts = [taken, this.#lists, this.#open, this.#joined, this.#roots, this.#trees];
		return parts.reduce((sum, { bytes }) => sum + bytes, this.#waiting.length * ENTRY_BYTES);
	}

	/** By observer: whether it was put to the test by any step that was taken. */
	get exercised(): boolean[] {
		this.#takeIn();
		return this.#observers.map((_, place) => this.#reached[place] === 1);
	}

	/** By observer and half of what it promises: whether that was. */
	get halves(): boolean[][] {
		this.#takeIn();
		return this.#observers.map(({ halves = [] }, place) =>
			halves.map((_, half) => this.#reached[(this.#firstHalf[place] ?? 0) + half] === 1),
		);
	}

	/**
	 * What a step puts to the test of observers that said they were put to the test. What the view has read so far is
	 * what the answer may depend on: a half that reads more is left open.
	 */
	by(places: readonly number[], label: Label, view: Watched): Test {
		this.#takeIn();
		const reads = view.reads.length;
		let marks: number[] = NO_MARKS;
		let open: number[] = NO_MARKS;
		for (const place of places) {
			if (this.#reached[place] === 0) marks = [...marks, place];
			const end = this.#firstHalf[place + 1] ?? this.#halves.length;
			for (let mark = this.#firstHalf[place] ?? end; mark < end; mark++) {
				if (this.#reached[mark] === 1) continue;
				const isTested = this.#halves[mark]?.isTested(label, view) ?? true;
				if (view.reads.length > reads) {
					view.reads.length = reads;
					open = [...open, mark];
				} else if (isTested) marks = [...marks, mark];
			}
		}
		return { marks, open };
	}

	/** The number of a list of marks. */
	list(marks: readonly number[]): number {
		if (marks.length === 0) return NONE;
		const list = this.#lists.id(marks);
		if (list === this.taken.length) this.#waiting.push(this.taken.push(0));
		return list;
	}

	/** The number of a list of halves that were left open. */
	open(halves: readonly number[]): number {
		return halves.length === 0 ? NONE : this.#open.id(halves);
	}

	/** The marks of a step that were in neither list taken before. */
	join(list: number, other: number): number {
		if (other === NONE || this.taken.at(other) === 1) return list;
		if (list === NONE || list === other) return other;
		const known = this.#joined.get(list, other);
		if (known !== MISSING) return known;
		const marks = new Set([...this.#lists.value(list), ...this.#lists.value(other)]);
		const joined = this.list([...marks].sort((a, b) => a - b));
		this.#joined.set(list, other, joined);
		return joined;
	}

	/** Those of a list of halves that were left open that a step puts to the test. */
	ofOpen(list: number, happening: number, label: Label, step: Step): number {
		this.#takeIn();
		let tested = NONE;
		for (const mark of this.#open.value(list))
			if (this.#reached[mark] === 0 && this.#has(mark, happening, label, step))
				tested = this.join(tested, this.list([mark]));
		return tested;
	}

	#has(mark: number, happening: number, label: Label, step: Step): boolean {
		let root = this.#roots.get(happening, mark);
		if (root === MISSING) {
			root = this.#trees.node();
			this.#roots.set(happening, mark, root);
		}
		const { before, after } = step;
		const known = this.#trees.walk(root, before, after);
		if (known !== MISSING) return known === 1;
		const view = new Watched(step);
		const isTested = this.#halves[mark]?.isTested(label, view) ?? true;
		this.#trees.plant(root, view.reads, before, after, isTested ? 1 : 0);
		return isTested;
	}

	/** Whether a step puts an observer to the test of which some half, or all of it, never was. */
	isOpen(place: number): boolean {
		return this.#left[place] !== 0;
	}

	/** Takes note of the marks of steps that were taken since it was looked last. */
	#takeIn(): void {
		let taken = false;
		for (const list of this.#waiting) {
			if (this.taken.at(list) === 0) continue;
			taken = true;
			for (const mark of this.#lists.value(list)) this.#reach(mark);
		}
		if (taken) this.#waiting = this.#waiting.filter((list) => this.taken.at(list) === 0);
	}

	#reach(mark: number): void {
		if (this.#reached[mark] === 1) return;
		this.#reached[mark] = 1;
		const place = this.#placeOf[mark] ?? 0;
		this.#left[place] = (this.#left[place] ?? 1) - 1;
	}
}
