import { Ints } from '../memory/ints.ts';
import { MISSING, Pairs } from '../memory/memo.ts';
import { BUDGET, CORE, FIRST, MEMORY, NETWORK } from '../memory/place.ts';
import { ROOT, SEEN, States } from '../memory/states.ts';
import type { Answers } from './answers.ts';
import type { Components } from './components.ts';
import type { Networks } from './networks.ts';
import { BROKEN, type Observing } from './observing.ts';
import {
	OUTCOME_CHANGE,
	OUTCOME_COST,
	OUTCOME_KEY,
	OUTCOME_PARTS,
	OUTCOME_WRITES,
} from './outcome.ts';
import { READS, RULE_SIZE, type Rules } from './rules.ts';
import { BREAKS, PUTS, STEP_SIZE } from './step.ts';
import { NONE } from './tested.ts';

/** Most cores that are kept. */
const MOST = 2 ** 25;

/**
 * Cores: states without their budgets and messages. There are far fewer of them than states, and what
 * can happen in one does not depend on the rest but for what a budget or the network forbids. So each
 * rule and each observer is looked up once for a core, and the steps found are kept in one row.
 */
export class Cores<Label> {
	/** [count, step...], each as step.ts says. */
	readonly steps = new Ints();
	/** By core: place in `steps` of what can happen by itself, or MISSING. */
	readonly always = new Ints();
	/** (list of rules, core) -> place in `steps`. */
	readonly ofList = new Pairs();
	readonly #rules: Rules<Label>;
	readonly #answers: Answers<Label>;
	readonly #components: Components;
	readonly #networks: Networks;
	readonly #observing: Observing<Label>;
	readonly #places: number;
	readonly #met: States;
	readonly #before: Int32Array;
	readonly #after: Int32Array;
	readonly #read = new Int32Array(READS);

	/** @param places How many there are in a state that is told in full. */
	constructor(
		rules: Rules<Label>,
		answers: Answers<Label>,
		components: Components,
		networks: Networks,
		observing: Observing<Label>,
		places: number,
	) {
		this.#rules = rules;
		this.#answers = answers;
		this.#components = components;
		this.#networks = networks;
		this.#observing = observing;
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
		const row = this.#find(this.#rules.always, core);
		this.always.array[core] = row;
	}

	/** Finds what can happen in a core by a list of rules. */
	findOfList(list: number, core: number): void {
		this.ofList.set(list, core, this.#find(list, core));
	}

	#tell(core: number, into: Int32Array): void {
		const { words, width } = this.#met;
		for (let word = 0; word < width; word++) into[MEMORY + word] = words[core * width + word] ?? 0;
	}

	#find(list: number, core: number): number {
		const { lists } = this.#rules;
		const found: number[] = [];
		this.#tell(core, this.#before);
		const count = lists.at(list);
		for (let place = 1; place <= count; place++) this.#happen(lists.at(list + place), found);
		const row = this.steps.push(found.length / STEP_SIZE);
		for (const value of found) this.steps.push(value);
		return row;
	}

	/** Adds what can happen by one rule. */
	#happen(rule: number, found: number[]): void {
		const { outcomes } = this.#answers;
		const before = this.#before;
		const after = this.#after;
		const row = this.#row(rule, before);
		const size = OUTCOME_WRITES + this.#rules.reads.at(rule * RULE_SIZE);
		const end = row + 1 + outcomes.at(row) * size;
		for (let outcome = row + 1; outcome < end; outcome += size) {
			for (let place = MEMORY; place < this.#places; place++) after[place] = before[place] ?? 0;
			this.#write(rule, outcome);
			let change = outcomes.at(outcome + OUTCOME_CHANGE);
			const parts = outcomes.at(outcome + OUTCOME_PARTS);
			if (parts >= 0) change = this.#follow(parts, change);
			const key = outcomes.at(outcome + OUTCOME_KEY);
			const says = this.#judge(key);
			this.#settle();
			const cost = outcomes.at(outcome + OUTCOME_COST);
			found.push(key, cost, change, this.id(after), says);
		}
	}

	/** The later parts of a step, each of which has one outcome; the change of the network by all of them. */
	#follow(list: number, change: number): number {
		const { lists } = this.#rules;
		const { outcomes } = this.#answers;
		let all = change;
		const count = lists.at(list);
		for (let place = 1; place <= count; place++) {
			const rule = lists.at(list + place);
			const outcome = this.#row(rule, this.#after) + 1;
			all = this.#networks.join(all, outcomes.at(outcome + OUTCOME_CHANGE));
			this.#write(rule, outcome);
		}
		return all;
	}

	/** What observers say of the step; unless it breaks a promise, they remember what they saw. */
	#judge(key: number): number {
		const before = this.#before;
		const after = this.#after;
		const step = this.#components.look(key, before, after);
		const memories = this.#observing.judged(step, before[MEMORY] ?? 0);
		if (memories === BROKEN) return BREAKS;
		after[MEMORY] = memories;
		const { marks } = this.#observing;
		return marks === NONE ? 0 : PUTS + marks;
	}

	/** Keeps of what the step showed what is carried on. */
	#settle(): void {
		const before = this.#before;
		const after = this.#after;
		for (let place = FIRST; place < this.#places; place++)
			if (after[place] !== before[place])
				after[place] = this.#components.kept(place, after[place] ?? 0);
	}

	#row(rule: number, places: Int32Array): number {
		const { reads } = this.#rules;
		const at = rule * RULE_SIZE;
		const count = reads.at(at);
		for (let read = 0; read < READS; read++)
			this.#read[read] = read < count ? (places[reads.at(at + 1 + read)] ?? 0) : 0;
		return this.#answers.row(rule, this.#read);
	}

	#write(rule: number, outcome: number): void {
		const { reads } = this.#rules;
		const { outcomes } = this.#answers;
		const at = rule * RULE_SIZE;
		const count = reads.at(at);
		for (let read = 0; read < count; read++)
			this.#after[reads.at(at + 1 + read)] = outcomes.at(outcome + OUTCOME_WRITES + read);
	}
}
