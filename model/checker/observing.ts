import { Ints } from './ints.ts';
import { Memo, MISSING } from './memo.ts';
import { FIRST } from './place.ts';
import type { Judgement, Observer, View } from './product.ts';

/** What a judgement comes to: a memory of its observer, or one of these. */
export const NO_CHANGE = -2;
export const BROKEN = -3;
/** Below it: the place of a program in `programs`, counted downwards. */
export const PROGRAM = -16;

/** A node of a decision tree that asks for nothing: it is a leaf. */
export const LEAF = -2;

/** One step before its judges. */
export interface Step<Label> {
	/** Stands for the step wherever nothing but what its rule reads matters. */
	readonly key: number;
	readonly label: Label;
	/** By component: 1 << c if the step changed it. */
	readonly changed: number;
	/** By component: 1 << c if `key` alone says what it was and what it became. */
	readonly known: number;
	readonly before: Int32Array;
	readonly after: Int32Array;
}

/** The answer of one observer for one key and one memory: a leaf at once, or the root of its decision tree. */
type Answer = { readonly leaf: number } | { readonly root: number };

/**
 * The observers of a product as tables. Each is run once for everything that its answer turned out
 * to depend on: the step, its own memory, and the component states that it read, in the order in
 * which it read them. The memories of all of them together are one number, a component of the state.
 */
export class Observing<Label> {
	/** (key, memories) -> the memories after it, BROKEN, or a program. */
	readonly verdicts = new Memo();
	/** (node, value read) -> node. */
	readonly branches = new Memo();
	/** By node: component * 2 + (1: after) that it asks for, or LEAF; and what a leaf says. */
	readonly asks = new Ints();
	readonly leaves = new Ints();
	/** [memories to begin with, count, (observer, root)...]. */
	readonly programs = new Ints();
	/** (memories, observer, memory) -> memories. */
	readonly updates = new Memo();
	/** By observer: whether it was put to the test anywhere. */
	readonly mattered: boolean[];
	readonly observers: readonly Observer<Label>[];
	readonly #values: Interned[];
	readonly #tuples: (readonly number[])[] = [];
	readonly #tupleIds = new Map<string, number>();
	readonly #answers = new Map<string, Answer>();
	readonly first: number;

	constructor(observers: readonly Observer<Label>[]) {
		this.observers = observers;
		this.mattered = observers.map(() => false);
		this.#values = observers.map(() => new Interned());
		this.first = this.#tuple(
			observers.map(({ memory }, place) => this.#values[place]?.id(memory) ?? 0),
		);
	}

	/** How many different memories were met. */
	get size(): number {
		return this.#tuples.length;
	}

	/** Fills in whatever is missing to judge a step; nothing is missing afterwards. */
	learn(step: Step<Label>, memories: number): void {
		const tuple = this.#tuples[memories] ?? [];
		let settled = memories;
		let broken = false;
		const open: number[] = [];
		for (const [place, observer] of this.observers.entries()) {
			const answer = this.#answer(place, observer, step, tuple[place] ?? 0);
			if ('root' in answer) open.push(place, answer.root);
			else if (answer.leaf === BROKEN) broken = true;
			else if (answer.leaf !== NO_CHANGE) settled = this.#update(settled, place, answer.leaf);
		}
		if (this.verdicts.get(step.key, memories, 0, 0) === MISSING)
			this.verdicts.set(
				step.key,
				memories,
				0,
				0,
				broken ? BROKEN : open.length === 0 ? settled : PROGRAM - this.#program(settled, open),
			);
		this.#updates(settled, open, step);
	}

	/** What each observer says of a step, in words; nothing is kept. */
	judge(step: Step<Label>, memories: number): (Judgement | null)[] {
		const tuple = this.#tuples[memories] ?? [];
		return this.observers.map((observer, place) =>
			observer.step(this.#values[place]?.value(tuple[place] ?? 0), step.label, viewOf(step, null)),
		);
	}

	/** Fills in how the memories change, as the decision trees say for this step. */
	#updates(settled: number, open: readonly number[], step: Step<Label>): void {
		let memories = settled;
		for (let at = 0; at < open.length; at += 2) {
			const leaf = this.#walk(open[at + 1] ?? 0, step);
			if (leaf >= 0) memories = this.#update(memories, open[at] ?? 0, leaf);
		}
	}

	#walk(root: number, { before, after }: Step<Label>): number {
		let node = root;
		for (;;) {
			const ask = this.asks.at(node);
			if (ask === LEAF) return this.leaves.at(node);
			const value = (ask & 1 ? after : before)[ask >> 1] ?? 0;
			node = this.branches.get(node, value, 0, 0);
		}
	}

	#answer(place: number, observer: Observer<Label>, step: Step<Label>, memory: number): Answer {
		const name = `${place} ${step.key} ${memory}`;
		const known = this.#answers.get(name);
		if (known !== undefined && ('leaf' in known || this.#decided(known.root, step))) return known;
		const reads: number[] = [];
		const said = observer.step(this.#values[place]?.value(memory), step.label, viewOf(step, reads));
		const leaf = this.#leaf(place, memory, said);
		if (known === undefined) {
			const answer = reads.length === 0 ? { leaf } : { root: this.#node() };
			this.#answers.set(name, answer);
			if ('root' in answer) this.#plant(answer.root, reads, step, leaf);
			return answer;
		}
		this.#plant(known.root, reads, step, leaf);
		return known;
	}

	#leaf(place: number, memory: number, said: Judgement | null): number {
		if (said === null) return NO_CHANGE;
		if (said.mattered) this.mattered[place] = true;
		if (said.broken !== null) return BROKEN;
		const id = this.#values[place]?.id(said.memory) ?? 0;
		return id === memory ? NO_CHANGE : id;
	}

	/** Whether the decision tree knows what to say of this step. */
	#decided(root: number, { before, after }: Step<Label>): boolean {
		let node = root;
		for (;;) {
			const ask = this.asks.at(node);
			if (ask === LEAF) return true;
			const value = (ask & 1 ? after : before)[ask >> 1] ?? 0;
			node = this.branches.get(node, value, 0, 0);
			if (node === MISSING) return false;
		}
	}

	#plant(root: number, reads: readonly number[], step: Step<Label>, leaf: number): void {
		let node = root;
		for (const ask of reads) {
			if (this.asks.at(node) === LEAF && this.leaves.at(node) === MISSING)
				this.asks.array[node] = ask;
			if (this.asks.at(node) !== ask) throw new RangeError('an observer is no pure function');
			const value = (ask & 1 ? step.after : step.before)[ask >> 1] ?? 0;
			let next = this.branches.get(node, value, 0, 0);
			if (next === MISSING) {
				next = this.#node();
				this.branches.set(node, value, 0, 0, next);
			}
			node = next;
		}
		this.leaves.array[node] = leaf;
	}

	#node(): number {
		this.leaves.push(MISSING);
		return this.asks.push(LEAF);
	}

	#program(settled: number, open: readonly number[]): number {
		const place = this.programs.push(settled);
		this.programs.push(open.length / 2);
		for (const value of open) this.programs.push(value);
		return place;
	}

	#update(memories: number, place: number, memory: number): number {
		const known = this.updates.get(memories, place, memory, 0);
		if (known !== MISSING) return known;
		const tuple = [...(this.#tuples[memories] ?? [])];
		tuple[place] = memory;
		const id = this.#tuple(tuple);
		this.updates.set(memories, place, memory, 0, id);
		return id;
	}

	#tuple(tuple: readonly number[]): number {
		const key = tuple.join(' ');
		let id = this.#tupleIds.get(key);
		if (id === undefined) {
			id = this.#tuples.length;
			this.#tuples.push(tuple);
			this.#tupleIds.set(key, id);
		}
		return id;
	}
}

/** A step as an observer sees it; what it reads beyond what is known is written down, each once. */
function viewOf<Label>(step: Step<Label>, reads: number[] | null): View {
	const { before, after, changed, known } = step;
	const read = (component: number, side: 0 | 1): number => {
		const place = component + FIRST;
		const bit = 1 << component;
		const really = changed & bit ? side : 0;
		const ask = place * 2 + really;
		if (reads !== null && (known & bit) === 0 && !reads.includes(ask)) reads.push(ask);
		return (really === 1 ? after : before)[place] ?? 0;
	};
	return {
		changed: (component) => (changed & (1 << component)) !== 0,
		before: (component) => read(component, 0),
		after: (component) => read(component, 1),
	};
}

/** Plain data with small numbers for it. */
class Interned {
	readonly #values: unknown[] = [];
	readonly #ids = new Map<string, number>();

	id(value: unknown): number {
		const key = JSON.stringify(value) ?? '';
		let id = this.#ids.get(key);
		if (id === undefined) {
			id = this.#values.length;
			this.#values.push(value);
			this.#ids.set(key, id);
		}
		return id;
	}

	value(id: number): unknown {
		return this.#values[id];
	}
}
