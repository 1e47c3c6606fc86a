import { ENTRY_BYTES, Interned } from '../memory/interned.ts';
import { Ints } from '../memory/ints.ts';
import { Memo, MISSING, Pairs } from '../memory/memo.ts';
import { Trees } from '../memory/trees.ts';
import type { Judgement, Observer } from '../product/product.ts';
import { NONE, type Test, Tested, UNTESTED } from './tested.ts';
import { type Step, Watched } from './watched.ts';

/** In place of memories: a promise was broken. */
export const BROKEN = -2;

/** Leaves from here on say what is put to the test, too. */
const TESTS = 2 ** 30;

/** What observers say of a step: pairs of an observer and its new memory, or that a promise is broken. */
type Ruling = readonly number[] | 'broken';

/** What an observer said when it was asked first, and the component states that it read for that. */
interface First {
	readonly reads: readonly number[];
	readonly ruling: Ruling;
	/** What the step puts to the test of one that reads nothing. */
	readonly test: Test;
}

/** Observers that read the same component states, with one decision tree for all of them. */
interface Group {
	readonly members: readonly number[];
	/** The root of a tree whose leaves are numbers of rulings; from TESTS on, places of those with what they put to the test. */
	readonly root: number;
}

/** What comes of a happening with certain memories: the memories by those who read nothing, and who has to read. */
interface Program {
	readonly memories: number;
	/** What it puts to the test of those who read nothing: a place in `#tests`, or NONE. */
	readonly tests: number;
	readonly groups: readonly Group[];
}

/**
 * The observers of a product as tables. They are run once for everything that their answers turned
 * out to depend on: what happened, their memories, and the component states that they read, in the
 * order in which they read them. The memories of all of them together are one number, a component of
 * the state.
 */
export class Observing<Label> {
	readonly observers: readonly Observer<Label>[];
	/** The memories with which all begin. */
	readonly first: number;
	/** What was put to the test anywhere. */
	readonly tested: Tested<Label>;
	/** What the step that was judged last puts to the test: a list of marks, or NONE. */
	marks = NONE;
	readonly #labels: Interned<Label>;
	/** (key, components that look different) -> number of a happening. */
	readonly #happenings = new Pairs();
	/** (happening, memories) -> place in `#programs`. */
	readonly #programOf = new Pairs();
	readonly #programs: Program[] = [];
	/** (happening, observer, its memory) -> place in `#firsts`. */
	readonly #firstOf = new Memo();
	readonly #firsts: First[] = [];
	/** By happening, members and their memories. */
	readonly #groups = new Map<string, Group>();
	readonly #trees = new Trees();
	readonly #rulings = new Interned<Ruling>();
	/** A ruling, the marks that go with it and the halves that it leaves open. */
	readonly #tests = new Ints();
	/** (ruling, marks, open) -> place in `#tests`. */
	readonly #testOf = new Memo();
	/** (memories, ruling) -> memories, or BROKEN. */
	readonly #updates = new Pairs();
	/** By observer: its memories by number. */
	readonly #values: readonly Interned<unknown>[];
	/** The memories of all observers, by number. */
	readonly #tuples = new Interned<readonly number[]>();

	constructor(observers: readonly Observer<Label>[], labels: Interned<Label>) {
		this.observers = observers;
		this.#labels = labels;
		this.tested = new Tested(observers);
		this.#values = observers.map(() => new Interned());
		this.first = this.#tuples.id(
			observers.map(({ memory }, place) => this.#values[place]?.id(memory) ?? 0),
		);
	}

	/** Bytes of what the observers said, and of what they remember, estimated. */
	get bytes(): number {
		const asked = [this.#happenings, this.#programOf, this.#firstOf, this.#trees];
		const tables = [...asked, this.#updates, this.#tests, this.#testOf, this.tested];
		const interned = [this.#rulings, this.#tuples, ...this.#values];
		const entries = this.#programs.length + this.#firsts.length + this.#groups.size * 2;
		return [...tables, ...interned].reduce((sum, { bytes }) => sum + bytes, entries * ENTRY_BYTES);
	}

	/** How many different memories were met. */
	get size(): number {
		return this.#tuples.size;
	}

	/** The memories after a step, or BROKEN. */
	judged(step: Step, memories: number): number {
		const happening = this.#happening(step);
		const known = this.#programOf.get(happening, memories);
		const program = this.#programs[known] ?? this.#begin(happening, step, memories);
		let after = program.memories;
		this.marks = NONE;
		if (program.tests !== NONE) this.#mark(program.tests, happening, step);
		for (const group of program.groups) {
			let leaf = this.#trees.walk(group.root, step.before, step.after);
			if (leaf === MISSING) leaf = this.#grow(group, step, memories);
			let ruling = leaf;
			if (leaf >= TESTS) {
				const tests = leaf - TESTS;
				ruling = this.#tests.at(tests);
				this.#mark(tests, happening, step);
			}
			if (after !== BROKEN) after = this.#update(after, ruling);
		}
		return after;
	}

	/** Adds to the marks of the step. */
	#mark(tests: number, happening: number, step: Step): void {
		const { tested } = this;
		const marks = this.#tests.at(tests + 1);
		const open = this.#tests.at(tests + 2);
		if (marks !== NONE) this.marks = tested.join(this.marks, marks);
		if (open === NONE) return;
		const label = this.#labels.value(step.key);
		this.marks = tested.join(this.marks, tested.ofOpen(open, happening, label, step));
	}

	/** What each observer says of a step, in words; nothing is kept. */
	judge(step: Step, memories: number): (Judgement | null)[] {
		const tuple = this.#tuples.value(memories);
		const label = this.#labels.value(step.key);
		const view = new Watched(step);
		return this.observers.map((observer, place) =>
			observer.step(this.#values[place]?.value(tuple[place] ?? 0), label, view),
		);
	}

	#happening({ key, changed }: Step): number {
		const known = this.#happenings.get(key, changed);
		if (known !== MISSING) return known;
		const happening = this.#happenings.size;
		this.#happenings.set(key, changed, happening);
		return happening;
	}

	/** Something happens for the first time with these memories: who has to read component states? */
	#begin(happening: number, step: Step, memories: number): Program {
		const tuple = this.#tuples.value(memories);
		const view = new Watched(step);
		const rulings: Ruling[] = [];
		const tests: Test[] = [];
		const readers: Readers[] = [];
		for (const place of this.observers.keys()) {
			const { reads, ruling, test } = this.#first(happening, place, tuple, step, view);
			if (reads.length > 0) readers.push({ members: [place], reads });
			else {
				rulings.push(ruling);
				tests.push(test);
			}
		}
		const settled = this.#update(memories, this.#rulings.id(jointly(rulings)));
		const groups =
			settled === BROKEN
				? []
				: together(readers).map(({ members }) => this.#group(members, happening, tuple));
		const marks = tests.flatMap((test) => test.marks);
		const open = tests.flatMap((test) => test.open);
		const leaf = this.#leaf(0, { marks, open });
		const program = { memories: settled, tests: leaf < TESTS ? NONE : leaf - TESTS, groups };
		this.#programOf.set(happening, memories, this.#programs.push(program) - 1);
		return program;
	}

	/** What an observer said first: whether it reads at all depends on what happens and on its own memory only. */
	#first(
		happening: number,
		place: number,
		tuple: readonly number[],
		step: Step,
		view: Watched,
	): First {
		const memory = tuple[place] ?? 0;
		const known = this.#firsts[this.#firstOf.get(happening, place, memory, 0)];
		if (known !== undefined) return known;
		view.reads = [];
		const exercised: number[] = [];
		const ruling = this.#ask(place, tuple, step, view, exercised);
		const { reads } = view;
		// A half may read where its observer does not: a view of its own sees all of it.
		const test =
			reads.length === 0 && exercised.length > 0
				? this.tested.by(exercised, this.#labels.value(step.key), new Watched(step))
				: UNTESTED;
		const first = { reads, ruling, test };
		this.#firstOf.set(happening, place, memory, 0, this.#firsts.push(first) - 1);
		return first;
	}

	/** Adds to a decision tree what its members say of this step. */
	#grow({ members, root }: Group, step: Step, memories: number): number {
		const tuple = this.#tuples.value(memories);
		const view = new Watched(step);
		const exercised: number[] = [];
		const rulings = members.map((place) => this.#ask(place, tuple, step, view, exercised));
		const test =
			exercised.length === 0
				? UNTESTED
				: this.tested.by(exercised, this.#labels.value(step.key), view);
		const leaf = this.#leaf(this.#rulings.id(jointly(rulings)), test);
		this.#trees.plant(root, view.reads, step.before, step.after, leaf);
		return leaf;
	}

	/** A ruling, or TESTS and the place of one with what is put to the test along with it. */
	#leaf(ruling: number, test: Test): number {
		const marks = this.tested.list(test.marks);
		const open = this.tested.open(test.open);
		if (marks === NONE && open === NONE) return ruling;
		const known = this.#testOf.get(ruling, marks, open, 0);
		if (known !== MISSING) return TESTS + known;
		const place = this.#tests.push(ruling);
		this.#tests.push(marks);
		this.#tests.push(open);
		this.#testOf.set(ruling, marks, open, 0, place);
		return TESTS + place;
	}

	/** What an observer says; it is added to those that are put to the test if something of it never was. */
	#ask(
		place: number,
		tuple: readonly number[],
		{ key }: Step,
		view: Watched,
		exercised: number[],
	): Ruling {
		const memory = tuple[place] ?? 0;
		const values = this.#values[place];
		const label = this.#labels.value(key);
		const remembered = values?.value(memory);
		const said = this.observers[place]?.step(remembered, label, view);
		if (said === null || said === undefined) return NOTHING;
		if (said.exercised && this.tested.isOpen(place)) exercised.push(place);
		if (said.broken !== null) return 'broken';
		if (said.memory === remembered) return NOTHING;
		const after = values?.id(said.memory) ?? 0;
		return after === memory ? NOTHING : [place, after];
	}

	/** The same observers with the same memories share one tree for what happens. */
	#group(members: readonly number[], happening: number, tuple: readonly number[]): Group {
		const name = `${happening}:${members.map((place) => `${place}=${tuple[place]}`).join(' ')}`;
		let group = this.#groups.get(name);
		if (group === undefined) {
			group = { members, root: this.#trees.node() };
			this.#groups.set(name, group);
		}
		return group;
	}

	#update(memories: number, number: number): number {
		const known = this.#updates.get(memories, number);
		if (known !== MISSING) return known;
		const ruling = this.#rulings.value(number);
		const after = ruling === 'broken' ? BROKEN : this.#remember(memories, ruling);
		this.#updates.set(memories, number, after);
		return after;
	}

	#remember(memories: number, changes: readonly number[]): number {
		if (changes.length === 0) return memories;
		const tuple = [...this.#tuples.value(memories)];
		for (let at = 0; at < changes.length; at += 2) tuple[changes[at] ?? 0] = changes[at + 1] ?? 0;
		return this.#tuples.id(tuple);
	}
}

const NOTHING: readonly number[] = [];

/** What several observers say together. */
function jointly(rulings: readonly Ruling[]): Ruling {
	const changes: number[] = [];
	for (const ruling of rulings) {
		if (ruling === 'broken') return ruling;
		if (ruling.length > 0) changes.push(...ruling);
	}
	return changes;
}

/** Observers, and the component states that they read. */
interface Readers {
	readonly members: number[];
	readonly reads: readonly number[];
}

/** Puts those who read part of what another one reads together with that one. */
function together(readers: readonly Readers[]): Readers[] {
	const widest = [...readers].sort((a, b) => b.reads.length - a.reads.length);
	const groups: Readers[] = [];
	for (const { members, reads } of widest) {
		const host = groups.find((group) => reads.every((ask) => group.reads.includes(ask)));
		if (host === undefined) groups.push({ members: [...members], reads });
		else host.members.push(...members);
	}
	return groups;
}
