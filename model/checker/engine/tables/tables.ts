import { ENTRY_BYTES } from '../memory/interned.ts';
import { Ints } from '../memory/ints.ts';
import { Memo, MISSING, Pairs } from '../memory/memo.ts';
import { COMPONENTS, FIRST, MEMORY } from '../memory/place.ts';
import {
	BUDGET_BITS,
	BUDGETS,
	MOST,
	type Outcome,
	type Product,
	type Rule,
} from '../product/product.ts';
import { type Answers, Cores, READS } from './cores.ts';
import { Networks } from './networks.ts';
import { Observing } from './observing.ts';

/** Bytes of a label, about: an event, and the messages that left and came. */
const LABEL_BYTES = 500;

/** A product that asks for more than the checker can hold. */
export class ProductError extends Error {
	override name = 'ProductError';
}

/**
 * A product as tables that fill themselves: what rules, network and observers answer is asked once
 * and kept as integers in memory that worker threads share. Explorers read the tables; where
 * something is missing, they have it filled in here and read again.
 */
export class Tables<Label> implements Answers {
	readonly product: Product<Label>;
	readonly networks: Networks;
	readonly observing: Observing<Label>;
	/** (rule, two states, the joint number of all others) -> place in `outcomes`: [count, outcome...]. */
	readonly rows = new Memo();
	/** (state, state) -> number. */
	readonly joint = new Pairs();
	readonly outcomes = new Ints();
	readonly rules = new Ints();
	/** (network, change) -> network or CUT. */
	readonly changes = new Pairs();
	/** By network: place in `lists` of [count, list...], or MISSING. */
	readonly ofNetwork = new Ints();
	/** [count, rule...]; the rules that are always tried stand at `always`. */
	readonly lists = new Ints();
	readonly always: number;
	/** (place, state shown) -> state kept, where that is another one. */
	readonly settled = new Pairs();
	/** (place, state) -> how it looks, where that is not its own number. */
	readonly looks = new Pairs();
	/** (key of the first outcome, changed components) -> key of the whole step. */
	readonly chains = new Pairs();
	readonly labels: Label[] = [];
	/** By key: the components that it knows; 0 for a step of several stages. */
	readonly known: number[] = [];
	readonly #rules: Rule<Label>[] = [];
	readonly #parts = new Set<Rule<Label>>();
	readonly #ids = new Map<Rule<Label>, number>();
	readonly #listIds = new Map<readonly Rule<Label>[], number>();
	readonly #beginnings = new Map<string, number>();
	readonly #ofMessage = new Map<number, number>();
	readonly #messages = new Map<number, number>();
	/** The cores that were met, and what can happen in each. */
	readonly cores: Cores;

	constructor(product: Product<Label>) {
		const { components, budgets } = product;
		if (components.length > COMPONENTS)
			throw new ProductError(`${components.length} components, more than ${COMPONENTS}`);
		if (budgets.length > BUDGETS || budgets.some(({ amount }) => amount > MOST || amount < 0))
			throw new ProductError(`at most ${BUDGETS} budgets of 0 to ${MOST} each`);
		this.product = product;
		this.networks = new Networks(product.capacity);
		this.observing = new Observing(product.observers);
		this.always = this.#list(product.rules);
		for (const [component, state] of product.initial.entries()) this.#met(component + FIRST, state);
		this.cores = new Cores(this, FIRST + components.length);
	}

	/** The state in which everything begins, told in full. */
	get initial(): number[] {
		const budget = this.product.budgets.reduce(
			(word, { amount }, place) => word + amount * 2 ** (place * BUDGET_BITS),
			0,
		);
		return [budget, 0, this.observing.first, ...this.product.initial];
	}

	/** Bytes of all that is kept beside the states of the product, estimated where it is not in arrays. */
	get bytes(): number {
		const { rows, joint, outcomes, rules, changes, ofNetwork, lists, settled, looks, chains } =
			this;
		const arrays = [
			rows,
			joint,
			outcomes,
			rules,
			changes,
			ofNetwork,
			lists,
			settled,
			looks,
			chains,
		];
		const parts = [this.networks, this.observing, this.cores, ...arrays];
		const labels = this.labels.length * LABEL_BYTES + this.#rules.length * 2 * ENTRY_BYTES;
		return parts.reduce((sum, { bytes }) => sum + bytes, labels + (this.product.bytes ?? 0));
	}

	/** How a rule answers in these states. */
	row(rule: number, states: Int32Array): number {
		const asked = this.#rules[rule];
		if (asked === undefined) throw new RangeError(`no rule ${rule}`);
		const [a = 0, b = 0] = states;
		const others = this.#together(states, asked.reads.length);
		const known = this.rows.get(rule, a, b, others);
		if (known !== MISSING) return known;
		const outcomes = asked.ask([...states.subarray(0, asked.reads.length)]);
		if (this.#parts.has(asked) && outcomes.length !== 1)
			throw new ProductError(
				`what follows in a step has one outcome; there are ${outcomes.length}`,
			);
		const records = outcomes.map((outcome) => this.#record(asked, outcome));
		const place = this.outcomes.push(outcomes.length);
		for (const record of records) for (const value of record) this.outcomes.push(value);
		this.rows.set(rule, a, b, others, place);
		return place;
	}

	/** One number for all states from the third one on; rules that read three have but that one. */
	#together(states: Int32Array, reads: number): number {
		let number = states[2] ?? 0;
		for (let read = 3; read < reads; read++) {
			const state = states[read] ?? 0;
			const known = this.joint.get(number, state);
			if (known === MISSING) this.joint.set(number, state, this.joint.size);
			number = known === MISSING ? this.joint.size - 1 : known;
		}
		return number;
	}

	change(network: number, change: number): number {
		const known = this.changes.get(network, change);
		if (known !== MISSING) return known;
		const next = this.networks.apply(network, change);
		this.changes.set(network, change, next);
		return next;
	}

	/** The place in `lists` of the lists of rules that the messages in flight make possible: one for each message. */
	rulesOf(network: number): number {
		while (this.ofNetwork.length <= network) this.ofNetwork.push(MISSING);
		const known = this.ofNetwork.at(network);
		if (known !== MISSING) return known;
		const lists = [...new Set(this.networks.messages(network))].map((message) =>
			this.deliveries(message),
		);
		const place = this.lists.push(lists.length);
		for (const list of lists) this.lists.push(list);
		this.ofNetwork.array[network] = place;
		return place;
	}

	/** The key of a step of several stages. */
	chain(first: number, changed: number): number {
		const known = this.chains.get(first, changed);
		if (known !== MISSING) return known;
		const key = this.#key(this.labels[first] as Label, 0);
		this.chains.set(first, changed, key);
		return key;
	}

	/** What the observers remember after a step from one state to another, both told in full; or BROKEN. */
	judged(key: number, changed: number, before: Int32Array, after: Int32Array): number {
		return this.observing.judged(this.step(key, changed, before, after), before[MEMORY] ?? 0);
	}

	/** A step as observers get it; `changed` may name more components than look different. */
	step(key: number, changed: number, before: Int32Array, after: Int32Array) {
		const label = this.labels[key] as Label;
		const known = this.known[key] ?? 0;
		return { key, label, changed: this.different(changed, before, after), known, before, after };
	}

	/** Those of the components that changed that also look different. */
	different(changed: number, before: Int32Array, after: Int32Array): number {
		let different = 0;
		for (let bits = changed; bits !== 0; bits &= bits - 1) {
			const place = FIRST + 31 - Math.clz32(bits & -bits);
			if (this.#look(place, before[place] ?? 0) !== this.#look(place, after[place] ?? 0))
				different |= bits & -bits;
		}
		return different;
	}

	/** What is kept of a component's state when a step is over. */
	kept(place: number, state: number): number {
		const kept = this.settled.get(place, state);
		return kept === MISSING ? state : kept;
	}

	#look(place: number, state: number): number {
		const look = this.looks.get(place, state);
		return look === MISSING ? state : look;
	}

	#record(rule: Rule<Label>, outcome: Outcome<Label>): number[] {
		const { label, writes, network, cost } = outcome;
		for (const part of rule.parts ?? []) this.#parts.add(part);
		const known = rule.reads.reduce((bits, component) => bits | (1 << component), 0);
		for (const [place, component] of rule.reads.entries())
			this.#met(component + FIRST, writes[place] ?? 0);
		return [
			rule.parts === undefined ? this.#key(label, known) : this.#beginning(label),
			cost === undefined ? -1 : cost * BUDGET_BITS,
			this.networks.change(network),
			rule.parts === undefined ? -1 : this.#list(rule.parts),
			...rule.reads.map((_, place) => writes[place] ?? 0),
		];
	}

	#key(label: Label, known: number): number {
		this.known.push(known);
		return this.labels.push(label) - 1;
	}

	/** Of a step of several stages only the label counts: what it reads later is not known yet. */
	#beginning(label: Label): number {
		const name = JSON.stringify(label);
		let key = this.#beginnings.get(name);
		if (key === undefined) {
			key = this.#key(label, 0);
			this.#beginnings.set(name, key);
		}
		return key;
	}

	/** The list of the rules that a message in flight makes possible. */
	deliveries(message: number): number {
		let list = this.#ofMessage.get(message);
		if (list === undefined) {
			list = this.#list(this.product.deliveries(message));
			this.#ofMessage.set(message, list);
			this.#messages.set(list, message);
		}
		return list;
	}

	/** The message that makes the rules of a list possible. */
	messageOf(list: number): number {
		const message = this.#messages.get(list);
		if (message === undefined) throw new RangeError(`no message makes the list ${list} possible`);
		return message;
	}

	#list(rules: readonly Rule<Label>[]): number {
		let place = this.#listIds.get(rules);
		if (place === undefined) {
			const ids = rules.map((rule) => this.#rule(rule));
			place = this.lists.push(ids.length);
			for (const id of ids) this.lists.push(id);
			this.#listIds.set(rules, place);
		}
		return place;
	}

	#rule(rule: Rule<Label>): number {
		let id = this.#ids.get(rule);
		if (id === undefined) {
			if (rule.reads.length > READS)
				throw new ProductError(`a rule reads at most ${READS} components`);
			id = this.#rules.push(rule) - 1;
			this.#ids.set(rule, id);
			this.rules.push(rule.reads.length);
			for (let place = 0; place < READS; place++) this.rules.push((rule.reads[place] ?? 0) + FIRST);
		}
		return id;
	}

	#met(place: number, value: number): void {
		const look = this.product.look?.(place - FIRST, value) ?? value;
		if (look !== value) this.looks.set(place, value, look);
		if (this.product.settle === undefined) return;
		const kept = this.product.settle(place - FIRST, value);
		if (kept === value || this.settled.get(place, value) !== MISSING) return;
		this.settled.set(place, value, kept);
		this.#met(place, kept);
	}
}
