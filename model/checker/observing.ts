import { Interned } from './interned.ts';
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

/** Observers that look at the same component states beyond what is known, with one decision tree for all of them. */
interface Group {
	readonly members: readonly number[];
	readonly root: number;
}

/**
 * The observers of a product as tables. They are run once for everything that their answers turned
 * out to depend on: the step, their memories, and the component states that they read, in the order
 * in which they read them. The memories of all of them together are one number, a component of the
 * state. What a judgement comes to is a *change*: a list of new memories, which has a number too.
 */
export class Observing<Label> {
	/** (key, memories) -> the memories after it, BROKEN, or a program. */
	readonly verdicts = new Memo();
	/** (node, value read) -> node. */
	readonly branches = new Memo();
	/** By node: component * 2 + (1: after) that it asks for, or LEAF; and what a leaf says. */
	readonly asks = new Ints();
	readonly leaves = new Ints();
	/** [memories to begin with, count, root...]. */
	readonly programs = new Ints();
	/** (memories, change) -> memories. */
	readonly updates = new Memo();
	/** By observer: whether it was put to the test anywhere. */
	readonly mattered: boolean[];
	readonly observers: readonly Observer<Label>[];
	readonly first: number;
	readonly #values: Interned<unknown>[];
	readonly #tuples = new Interned<readonly number[]>();
	/** Changes: pairs of an observer and its new memory. */
	readonly #changes = new Interned<readonly number[]>();
	readonly #groups = new Map<string, Group>();
	/** By (key, memories): the groups of its program. */
	readonly #programs = new Map<number, { settled: number; groups: readonly Group[] }>();

	constructor(observers: readonly Observer<Label>[]) {
		this.observers = observers;
		this.mattered = observers.map(() => false);
		this.#values = observers.map(() => new Interned());
		this.first = this.#tuples.id(
			observers.map(({ memory }, place) => this.#values[place]?.id(memory) ?? 0),
		);
	}

	/** How many different memories were met. */
	get size(): number {
		return this.#tuples.size;
	}

	/** Fills in whatever is missing to judge a step; nothing is missing afterwards. */
	learn(step: Step<Label>, memories: number): void {
		const verdict = this.verdicts.get(step.key, memories, 0, 0);
		if (verdict === MISSING) this.#begin(step, memories);
		else if (verdict <= PROGRAM) this.#goOn(PROGRAM - verdict, step, memories);
	}

	/** What each observer says of a step, in words; nothing is kept. */
	judge(step: Step<Label>, memories: number): (Judgement | null)[] {
		const tuple = this.#tuples.value(memories);
		return this.observers.map((observer, place) =>
			observer.step(this.#values[place]?.value(tuple[place] ?? 0), step.label, viewOf(step, null)),
		);
	}

	/** A step that is met for the first time with these memories: who has to look further? */
	#begin(step: Step<Label>, memories: number): void {
		const tuple = this.#tuples.value(memories);
		const clusters = new Map<string, number[]>();
		const settledAt: number[] = [];
		let broken = false;
		for (const place of this.observers.keys()) {
			const reads: number[] = [];
			const said = this.#ask(place, tuple, step, reads);
			if (reads.length > 0) {
				const cluster = clusters.get(reads.join(' '));
				if (cluster === undefined) clusters.set(reads.join(' '), [place]);
				else cluster.push(place);
			} else if (said === BROKEN) broken = true;
			else if (said !== NO_CHANGE) settledAt.push(place, said);
		}
		const settled = this.#update(memories, settledAt);
		const groups = [...clusters.values()].map((members) => this.#group(members, step.key, tuple));
		if (broken || groups.length === 0) {
			this.verdicts.set(step.key, memories, 0, 0, broken ? BROKEN : settled);
			return;
		}
		const place = this.programs.push(settled);
		this.programs.push(groups.length);
		for (const { root } of groups) this.programs.push(root);
		this.#programs.set(place, { settled, groups });
		this.verdicts.set(step.key, memories, 0, 0, PROGRAM - place);
		this.#goOn(place, step, memories);
	}

	/** Lets the groups of a program look at what they do not know yet. */
	#goOn(program: number, step: Step<Label>, memories: number): void {
		const { settled, groups } = this.#programs.get(program) ?? { settled: memories, groups: [] };
		const tuple = this.#tuples.value(memories);
		let after = settled;
		for (const { members, root } of groups) {
			let leaf = this.#walk(root, step);
			if (leaf === MISSING) leaf = this.#grow(members, root, tuple, step);
			if (leaf >= 0 && after !== BROKEN)
				after = this.#update(after, this.#changes.value(leaf), leaf);
			else if (leaf === BROKEN) after = BROKEN;
		}
	}

	/** Where the decision tree ends for this step, or MISSING. */
	#walk(root: number, { before, after }: Step<Label>): number {
		let node = root;
		for (;;) {
			const ask = this.asks.at(node);
			if (ask === LEAF) return this.leaves.at(node);
			const value = (ask & 1 ? after : before)[ask >> 1] ?? 0;
			node = this.branches.get(node, value, 0, 0);
			if (node === MISSING) return MISSING;
		}
	}

	/** Adds to a decision tree what its members say of this step. */
	#grow(
		members: readonly number[],
		root: number,
		tuple: readonly number[],
		step: Step<Label>,
	): number {
		const reads: number[] = [];
		const changes: number[] = [];
		let broken = false;
		for (const place of members) {
			const said = this.#ask(place, tuple, step, reads);
			if (said === BROKEN) broken = true;
			else if (said !== NO_CHANGE) changes.push(place, said);
		}
		const leaf = broken ? BROKEN : changes.length === 0 ? NO_CHANGE : this.#changes.id(changes);
		let node = root;
		for (const ask of reads) {
			if (this.asks.at(node) === LEAF) this.asks.array[node] = ask;
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
		return leaf;
	}

	/** What an observer says: a new memory, NO_CHANGE or BROKEN. */
	#ask(place: number, tuple: readonly number[], step: Step<Label>, reads: number[]): number {
		const memory = tuple[place] ?? 0;
		const values = this.#values[place];
		const said = this.observers[place]?.step(
			values?.value(memory),
			step.label,
			viewOf(step, reads),
		);
		if (said === null || said === undefined) return NO_CHANGE;
		if (said.mattered) this.mattered[place] = true;
		if (said.broken !== null) return BROKEN;
		const id = values?.id(said.memory) ?? 0;
		return id === memory ? NO_CHANGE : id;
	}

	/** The same observers with the same memories share one tree for a key. */
	#group(members: readonly number[], key: number, tuple: readonly number[]): Group {
		const name = `${key}:${members.map((place) => `${place}=${tuple[place]}`).join(' ')}`;
		let group = this.#groups.get(name);
		if (group === undefined) {
			group = { members, root: this.#node() };
			this.#groups.set(name, group);
		}
		return group;
	}

	#node(): number {
		this.leaves.push(MISSING);
		return this.asks.push(LEAF);
	}

	#update(memories: number, changes: readonly number[], change?: number): number {
		if (changes.length === 0) return memories;
		const number = change ?? this.#changes.id(changes);
		const known = this.updates.get(memories, number, 0, 0);
		if (known !== MISSING) return known;
		const tuple = [...this.#tuples.value(memories)];
		for (let at = 0; at < changes.length; at += 2) tuple[changes[at] ?? 0] = changes[at + 1] ?? 0;
		const id = this.#tuples.id(tuple);
		this.updates.set(memories, number, 0, 0, id);
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
