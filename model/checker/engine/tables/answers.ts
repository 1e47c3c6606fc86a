import type { Interned } from '../memory/interned.ts';
import { Ints } from '../memory/ints.ts';
import { Memo, MISSING, Pairs } from '../memory/memo.ts';
import { FIRST } from '../memory/place.ts';
import { type Budgets, FREE, UNPAYABLE } from '../product/budgets.ts';
import type { Outcome, Rule } from '../product/product.ts';
import { ProductError } from '../product/product-error.ts';
import type { Components } from './components.ts';
import type { Networks } from './networks.ts';
import type { Rules } from './rules.ts';

/** What rules answer, asked once for each combination of the states that they read. */
export class Answers<Label> {
	/** [count, outcome...], each as outcome.ts says. */
	readonly outcomes = new Ints();
	readonly #rules: Rules<Label>;
	readonly #labels: Interned<Label>;
	readonly #budgets: Budgets;
	readonly #networks: Networks;
	readonly #components: Components;
	/** (rule, two states, the joint number of all others) -> place in `outcomes`. */
	readonly #rows = new Memo();
	/** (state, state) -> number. */
	readonly #joint = new Pairs();
	/** Rules that follow another one in the same step. */
	readonly #followers = new Set<Rule<Label>>();

	constructor(
		rules: Rules<Label>,
		labels: Interned<Label>,
		budgets: Budgets,
		networks: Networks,
		components: Components,
	) {
		this.#rules = rules;
		this.#labels = labels;
		this.#budgets = budgets;
		this.#networks = networks;
		this.#components = components;
	}

	get bytes(): number {
		return this.outcomes.bytes + this.#rows.bytes + this.#joint.bytes;
	}

	/** The place in `outcomes` of what a rule answers in these states. */
	row(number: number, states: Int32Array): number {
		const rule = this.#rules.rule(number);
		const [a = 0, b = 0] = states;
		const others = this.#together(states, rule.reads.length);
		const known = this.#rows.get(number, a, b, others);
		if (known !== MISSING) return known;
		const records = this.#ask(rule, [...states.subarray(0, rule.reads.length)]);
		const place = this.outcomes.push(records.length);
		for (const record of records) for (const value of record) this.outcomes.push(value);
		this.#rows.set(number, a, b, others, place);
		return place;
	}

	/** One number for all states from the third one on; rules that read three have but that one. */
	#together(states: Int32Array, reads: number): number {
		let number = states[2] ?? 0;
		for (let read = 3; read < reads; read++) {
			const state = states[read] ?? 0;
			const known = this.#joint.get(number, state);
			if (known === MISSING) this.#joint.set(number, state, this.#joint.size);
			number = known === MISSING ? this.#joint.size - 1 : known;
		}
		return number;
	}

	#ask(rule: Rule<Label>, states: readonly number[]): (readonly number[])[] {
		const outcomes = rule.ask(states);
		if (!this.#followers.has(rule))
			return outcomes.flatMap((outcome) => {
				const cost = this.#budgets.cost(outcome.cost);
				return cost === UNPAYABLE ? [] : [this.#record(rule, outcome, cost)];
			});
		if (outcomes.length !== 1)
			throw new ProductError(
				`what follows in a step has one outcome; there are ${outcomes.length}`,
			);
		return outcomes.map((outcome) => this.#record(rule, outcome, FREE));
	}

	#record(rule: Rule<Label>, { label, writes, network }: Outcome<Label>, cost: number): number[] {
		for (const part of rule.parts ?? []) this.#followers.add(part);
		const states = rule.reads.map((_, place) => writes[place] ?? 0);
		for (const [place, component] of rule.reads.entries())
			this.#components.meet(component + FIRST, states[place] ?? 0);
		return [
			this.#labels.id(label),
			cost,
			this.#networks.change(network),
			rule.parts === undefined ? -1 : this.#rules.list(rule.parts),
			...states,
		];
	}
}
