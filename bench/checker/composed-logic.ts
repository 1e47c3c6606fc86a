import { type EventObject, fromTransition } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import type { Outcome, Product, Rule } from '../../model/checker/engine/product/product.ts';
import { CUT, Networks } from '../../model/checker/engine/tables/networks.ts';

/** A state of the whole system. */
interface Whole {
	readonly components: readonly number[];
	readonly network: number;
	readonly budgets: readonly number[];
}

/** A step, with what becomes of the system. */
interface Step extends EventObject {
	readonly next: Whole;
}

/** What `getAdjacencyMap` came to: states that were expanded, and whether that was all of them. */
export interface Traversal {
	readonly states: number;
	readonly complete: boolean;
}

const LIMIT_EXCEEDED = 'Traversal limit exceeded';

/**
 * Has `xstate/graph` explore a product by `getAdjacencyMap`, up to a limit of steps. Rules are asked
 * anew for each step of each state; nothing that they answer is kept.
 */
export function traverse<Label>(product: Product<Label>, limit: number): Traversal {
	const composed = new Composed(product);
	const logic = fromTransition((_: Whole, { next }: Step) => next, composed.first);
	let states = 0;
	try {
		getAdjacencyMap(logic, {
			limit,
			events: ({ context }) => {
				states++;
				return composed.steps(context);
			},
			serializeState: ({ context }) => JSON.stringify(context),
			serializeEvent: ({ type }) => type,
		});
		return { states, complete: true };
	} catch (error) {
		if (error instanceof Error && error.message === LIMIT_EXCEEDED)
			return { states, complete: false };
		throw error;
	}
}

class Composed<Label> {
	readonly first: Whole;
	readonly #product: Product<Label>;
	readonly #networks: Networks;
	readonly #deliveries = new Map<number, readonly Rule<Label>[]>();

	constructor(product: Product<Label>) {
		this.#product = product;
		this.#networks = new Networks(product.capacity);
		const budgets = product.budgets.map(({ amount }) => amount);
		this.first = { components: product.initial, network: 0, budgets };
	}

	steps(whole: Whole): Step[] {
		const steps: Step[] = [];
		for (const rule of this.#rules(whole))
			for (const outcome of this.#ask(rule, whole)) {
				const next = this.#take(rule, outcome, whole);
				if (next !== null) steps.push({ type: String(steps.length), next });
			}
		return steps;
	}

	#rules({ network }: Whole): Rule<Label>[] {
		const inFlight = [...new Set(this.#networks.messages(network))];
		return [...this.#product.rules, ...inFlight.flatMap((message) => this.#deliver(message))];
	}

	#deliver(message: number): readonly Rule<Label>[] {
		const rules = this.#deliveries.get(message) ?? this.#product.deliveries(message);
		this.#deliveries.set(message, rules);
		return rules;
	}

	#ask(rule: Rule<Label>, { components }: Whole): readonly Outcome<Label>[] {
		return rule.ask(rule.reads.map((component) => components[component] ?? 0));
	}

	/** Null: there is no budget for it, or too much would be in flight. */
	#take(rule: Rule<Label>, outcome: Outcome<Label>, before: Whole): Whole | null {
		const { cost } = outcome;
		if (cost !== undefined && before.budgets[cost] === 0) return null;
		const budgets = before.budgets.map((left, place) => (place === cost ? left - 1 : left));
		let after = this.#write(rule, outcome, { ...before, budgets });
		for (const part of rule.parts ?? []) {
			const [next] = after === null ? [] : this.#ask(part, after);
			if (after === null || next === undefined) return null;
			after = this.#write(part, next, after);
		}
		return after === null ? null : this.#settle(before, after);
	}

	#write({ reads }: Rule<Label>, outcome: Outcome<Label>, before: Whole): Whole | null {
		const change = this.#networks.change(outcome.network);
		const network = change < 0 ? before.network : this.#networks.apply(before.network, change);
		if (network === CUT) return null;
		const components = [...before.components];
		for (const [place, component] of reads.entries())
			components[component] = outcome.writes[place] ?? 0;
		return { ...before, components, network };
	}

	#settle(before: Whole, after: Whole): Whole {
		const components = after.components.map((state, component) =>
			state === before.components[component]
				? state
				: (this.#product.settle?.(component, state) ?? state),
		);
		return { ...after, components };
	}
}
