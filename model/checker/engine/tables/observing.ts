import { ENTRY_BYTES, Interned } from '../memory/interned.ts';
import { Memo, MISSING, Pairs } from '../memory/memo.ts';
import { FIRST } from '../memory/place.ts';
import { Trees } from '../memory/trees.ts';
import type { Judgement, Observer, View } from '../product/product.ts';

/** What a judgement comes to: a memory of its observer, or one of these. */
export const NO_CHANGE = -2;
export const BROKEN = -3;
/** From here downwards: the number of a program. */
export const PROGRAM = -16;

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
	readonly verdicts = new Pairs();
	readonly trees = new Trees();
	/** (key, observer, its memory) -> what it says without looking further, or what it looks at. */
	readonly answers = new Memo();
	/** Component states that an observer looked at. */
	readonly #looks: (readonly number[])[] = [];
	/** (memories, change) -> memories. */
	readonly updates = new Pairs();
	/** By observer: whether it was put to the test anywhere. */
	readonly mattered: boolean[];
	readonly observers: readonly Observer<Label>[];
	readonly first: number;
	readonly #values: Interned<unknown>[];
	readonly #tuples = new Interned<readonly number[]>();
	/** Changes: pairs of an observer and its new memory. */
	readonly #changes = new Interned<readonly number[]>();
	readonly #groups = new Map<string, Group>();
	/** Who has to look further at a step, and the memories of the others after it. */
	readonly #programs: { readonly settled: number; readonly groups: readonly Group[] }[] = [];

	constructor(observers: readonly Observer<Label>[]) {
		this.observers = observers;
		this.mattered = observers.map(() => false);
		this.#values = observers.map(() => new Interned());
		this.first = this.#tuples.id(
			observers.map(({ memory }, place) => this.#values[place]?.id(memory) ?? 0),
		);
	}

	/** Bytes of what the observers answered, and of what they remember, estimated. */
	get bytes(): number {
		const { verdicts, trees, updates, answers } = this;
		const memories = this.#values.reduce((sum, values) => sum + values.bytes, 0);
		const programs = (this.#programs.length + this.#groups.size) * 2 * ENTRY_BYTES;
		const kept = memories + this.#tuples.bytes + this.#changes.bytes + programs;
		const looks = this.#looks.length * ENTRY_BYTES;
		return verdicts.bytes + trees.bytes + updates.bytes + answers.bytes + looks + kept;
	}

	/** How many different memories were met. */
	get size(): number {
		return this.#tuples.size;
	}

	/** The memories after a step, or BROKEN. */
	judged(step: Step<Label>, memories: number): number {
		const known = this.verdicts.get(step.key, memories);
		if (known !== MISSING && known > PROGRAM) return known;
		if (known !== MISSING) return this.#goOn(PROGRAM - known, step, memories);
		return this.#begin(step, memories);
	}

	/** What each observer says of a step, in words; nothing is kept. */
	judge(step: Step<Label>, memories: number): (Judgement | null)[] {
		const tuple = this.#tuples.value(memories);
		const view = new Watched(step);
		return this.observers.map((observer, place) =>
			observer.step(this.#values[place]?.value(tuple[place] ?? 0), step.label, view),
		);
	}

	/** A step that is met for the first time with these memories: who has to look further? */
	#begin(step: Step<Label>, memories: number): number {
		const tuple = this.#tuples.value(memories);
		const looking: Looking[] = [];
		const settledAt: number[] = [];
		const view = new Watched(step);
		let broken = false;
		for (const place of this.observers.keys()) {
			const said = this.#first(place, tuple, step, view);
			if (said <= PROGRAM)
				looking.push({ members: [place], reads: this.#looks[PROGRAM - said] ?? [] });
			else if (said === BROKEN) broken = true;
			else if (said !== NO_CHANGE) settledAt.push(place, said);
		}
		const settled = broken ? BROKEN : this.#update(memories, settledAt);
		if (broken || looking.length === 0) {
			this.verdicts.set(step.key, memories, settled);
			return settled;
		}
		const groups = together(looking).map(({ members }) => this.#group(members, step.key, tuple));
		const program = this.#programs.push({ settled, groups }) - 1;
		this.verdicts.set(step.key, memories, PROGRAM - program);
		return this.#goOn(program, step, memories);
	}

	/**
	 * What an observer says of a step that it needs not look into; else the number of what it looked at
	 * when it was asked first. Whether it looks at all depends on the step and on its own memory only.
	 */
	#first(place: number, tuple: readonly number[], step: Step<Label>, view: Watched<Label>): number {
		const memory = tuple[place] ?? 0;
		const known = this.answers.get(step.key, place, memory, 0);
		if (known !== MISSING) return known;
		view.reads = [];
		const said = this.#ask(place, tuple, step, view);
		const answer = view.reads.length === 0 ? said : PROGRAM - (this.#looks.push(view.reads) - 1);
		this.answers.set(step.key, place, memory, 0, answer);
		return answer;
	}

	/** What the groups of a program say; they look at what they do not know yet. */
	#goOn(program: number, step: Step<Label>, memories: number): number {
		const { settled, groups } = this.#programs[program] ?? { settled: memories, groups: [] };
		let after = settled;
		for (const { members, root } of groups) {
			let leaf = this.trees.walk(root, step.before, step.after);
			if (leaf === MISSING) leaf = this.#grow(members, root, this.#tuples.value(memories), step);
			if (leaf === BROKEN) after = BROKEN;
			else if (leaf >= 0 && after !== BROKEN)
				after = this.#update(after, this.#changes.value(leaf), leaf);
		}
		return after;
	}

	/** Adds to a decision tree what its members say of this step. */
	#grow(
		members: readonly number[],
		root: number,
		tuple: readonly number[],
		step: Step<Label>,
	): number {
		const view = new Watched(step);
		const { reads } = view;
		const changes: number[] = [];
		let broken = false;
		for (const place of members) {
			const said = this.#ask(place, tuple, step, view);
			if (said === BROKEN) broken = true;
			else if (said !== NO_CHANGE) changes.push(place, said);
		}
		const leaf = broken ? BROKEN : changes.length === 0 ? NO_CHANGE : this.#changes.id(changes);
		this.trees.plant(root, reads, step.before, step.after, leaf);
		return leaf;
	}

	/** What an observer says: a new memory, NO_CHANGE or BROKEN. */
	#ask(place: number, tuple: readonly number[], { label }: Step<Label>, view: View): number {
		const memory = tuple[place] ?? 0;
		const values = this.#values[place];
		const said = this.observers[place]?.step(values?.value(memory), label, view);
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
			group = { members, root: this.trees.node() };
			this.#groups.set(name, group);
		}
		return group;
	}

	#update(memories: number, changes: readonly number[], change?: number): number {
		if (changes.length === 0) return memories;
		const number = change ?? this.#changes.id(changes);
		const known = this.updates.get(memories, number);
		if (known !== MISSING) return known;
		const tuple = [...this.#tuples.value(memories)];
		for (let at = 0; at < changes.length; at += 2) tuple[changes[at] ?? 0] = changes[at + 1] ?? 0;
		const id = this.#tuples.id(tuple);
		this.updates.set(memories, number, id);
		return id;
	}
}

/** Observers, and the component states that they looked at. */
interface Looking {
	readonly members: number[];
	readonly reads: readonly number[];
}

/** Puts those who look at part of what another one looks at together with that one. */
function together(looking: readonly Looking[]): Looking[] {
	const widest = [...looking].sort((a, b) => b.reads.length - a.reads.length);
	const groups: Looking[] = [];
	for (const { members, reads } of widest) {
		const host = groups.find((group) => reads.every((ask) => group.reads.includes(ask)));
		if (host === undefined) groups.push({ members: [...members], reads });
		else host.members.push(...members);
	}
	return groups;
}

/** A step as an observer sees it; what it reads beyond what is known is written down, each once. */
class Watched<Label> implements View {
	reads: number[] = [];
	readonly #step: Step<Label>;

	constructor(step: Step<Label>) {
		this.#step = step;
	}

	changed = (component: number): boolean => (this.#step.changed & (1 << component)) !== 0;
	before = (component: number): number => this.#read(component, 0);
	after = (component: number): number => this.#read(component, 1);

	#read(component: number, side: 0 | 1): number {
		const { before, after, changed, known } = this.#step;
		const bit = 1 << component;
		const really = (changed & bit) === 0 ? 0 : side;
		const place = component + FIRST;
		const ask = place * 2 + really;
		if ((known & bit) === 0 && !this.reads.includes(ask)) this.reads.push(ask);
		return (really === 1 ? after : before)[place] ?? 0;
	}
}
