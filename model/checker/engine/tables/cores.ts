import { Ints } from '../memory/ints.ts';
import { MISSING, Pairs } from '../memory/memo.ts';
import { BUDGET, CORE, FIRST, MEMORY, NETWORK } from '../memory/place.ts';
import { ROOT, SEEN, States } from '../memory/states.ts';
import type { Networks } from './networks.ts';
import { BROKEN } from './observing.ts';

/** Integers of an outcome in `outcomes` before its writes: key, shift of its budget, network change, what follows. */
export const OUTCOME = 4;
/** Most components that a rule reads. */
export const READS = 8;
/** Integers of a rule in `rules`: how many components it reads, and which (as places). */
export const RULE = 1 + READS;

/** Integers of a step in `steps`: key, shift of its budget (-1: free), network change, core after it, 1 if it broke a promise. */
export const STEP = 5;

/** What rules and observers answer, asked once each: what the steps of a core are made of. */
export interface Answers {
	readonly rules: Ints;
	readonly outcomes: Ints;
	readonly lists: Ints;
	/** The list of the rules that are always tried. */
	readonly always: number;
	readonly networks: Pick<Networks, 'join'>;
	row(rule: number, states: Int32Array): number;
	chain(first: number, changed: number): number;
	different(changed: number, before: Int32Array, after: Int32Array): number;
	judged(key: number, changed: number, before: Int32Array, after: Int32Array): number;
	kept(place: number, state: number): number;
}

/** Most cores that are kept. */
const MOST = 2 ** 25;

/**
 * Cores: states without their budgets and messages. There are far fewer of them than states, and what
 * can happen in one does not depend on the rest but for what a budget or the network forbids. So each
 * rule and each observer is looked up once for a core, and the steps found are kept in one row.
 */
export class Cores {
	/** [count, step...]. */
	readonly steps = new Ints();
	/** By core: place in `steps` of what can happen by itself, or MISSING. */
	readonly always = new Ints();
	/** (list of rules, core) -> place in `steps`. */
	readonly ofList = new Pairs();
	readonly #answers: Answers;
	readonly #places: number;
	readonly #met: States;
	readonly #before: Int32Array;
	readonly #after: Int32Array;
	readonly #read = new Int32Array(READS);

	constructor(answers: Answers, places: number) {
		this.#answers = answers;
		this.#places = places;
		this.#met = new States(places - MEMORY, MOST);
		this.#before = new Int32Array(places);
		this.#after = new Int32Array(places);
	}

	get size(): number {
		return this.#met.count;
	}

	/** Bytes of the rows and of what they are found by. */
	get bytes(): number {
		const { steps, always, ofList } = this;
		return steps.bytes + always.bytes + ofList.bytes + this.#met.bytes;
	}

	/** The number of the core of a state that is told in full. */
	id(places: Int32Array): number {
		const added = this.#met.add(places, MEMORY, ROOT);
		if (added === SEEN) return this.#met.find(places, MEMORY);
		this.always.push(MISSING);
		return added;
	}

	/** A stored state told in full, place by place. */
	unfold(stored: ArrayLike<number>, into: Int32Array = new Int32Array(this.#places)): Int32Array {
		this.#tell(stored[CORE] ?? 0, into);
		into[BUDGET] = stored[BUDGET] ?? 0;
		into[NETWORK] = stored[NETWORK] ?? 0;
		return into;
	}

	/** Finds what can happen by itself in a core. */
	findAlways(core: number): void {
		// The array may be made anew while cores are met: it is taken only afterwards.
		const row = this.#find(this.#answers.always, core);
		this.always.array[core] = row;
	}

	/** Finds what can happen in a core by a list of rules. */
	findOfList(list: number, core: number): void {
		this.ofList.set(list, core, this.#find(list, core));
	}

	#tell(core: number, into: Int32Array): void {
		const width = this.#met.width;
		for (let word = 0; word < width; word++)
			into[MEMORY + word] = this.#met.words[core * width + word] ?? 0;
	}

	#find(list: number, core: number): number {
		const { lists } = this.#answers;
		const found: number[] = [];
		this.#tell(core, this.#before);
		const count = lists.at(list);
		for (let place = 1; place <= count; place++) this.#happen(lists.at(list + place), found);
		const row = this.steps.push(found.length / STEP);
		for (const value of found) this.steps.push(value);
		return row;
	}

	/** Adds what can happen by one rule. */
	#happen(rule: number, found: number[]): void {
		const answers = this.#answers;
		const { outcomes, rules } = answers;
		const before = this.#before;
		const after = this.#after;
		const row = this.#row(rule, before);
		const length = OUTCOME + rules.at(rule * RULE);
		const end = row + 1 + outcomes.at(row) * length;
		for (let outcome = row + 1; outcome < end; outcome += length) {
			after.set(before);
			this.#write(rule, outcome);
			let change = outcomes.at(outcome + 2);
			const parts = outcomes.at(outcome + 3);
			if (parts >= 0) change = this.#follow(parts, change);
			let changed = 0;
			for (let place = FIRST; place < this.#places; place++)
				if (before[place] !== after[place]) changed |= 1 << (place - FIRST);
			let key = outcomes.at(outcome);
			if (parts >= 0) key = answers.chain(key, answers.different(changed, before, after));
			const memory = answers.judged(key, changed, before, after);
			if (memory !== BROKEN) after[MEMORY] = memory;
			for (let place = FIRST; place < this.#places; place++)
				if (after[place] !== before[place]) after[place] = answers.kept(place, after[place] ?? 0);
			found.push(key, outcomes.at(outcome + 1), change, this.id(after), memory === BROKEN ? 1 : 0);
		}
	}

	/** The later parts of a step, each of which has one outcome; the change of the network by all of them. */
	#follow(list: number, change: number): number {
		const { lists, outcomes, networks } = this.#answers;
		let all = change;
		const count = lists.at(list);
		for (let place = 1; place <= count; place++) {
			const rule = lists.at(list + place);
			const outcome = this.#row(rule, this.#after) + 1;
			all = networks.join(all, outcomes.at(outcome + 2));
			this.#write(rule, outcome);
		}
		return all;
	}

	#row(rule: number, places: Int32Array): number {
		const { rules } = this.#answers;
		const at = rule * RULE;
		const reads = rules.at(at);
		for (let read = 0; read < READS; read++)
			this.#read[read] = read < reads ? (places[rules.at(at + 1 + read)] ?? 0) : 0;
		return this.#answers.row(rule, this.#read);
	}

	#write(rule: number, outcome: number): void {
		const { rules, outcomes } = this.#answers;
		const reads = rules.at(rule * RULE);
		for (let read = 0; read < reads; read++)
			this.#after[rules.at(rule * RULE + 1 + read)] = outcomes.at(outcome + OUTCOME + read);
	}
}
