import { Interned } from '../memory/interned.ts';
import { COMPONENTS, FIRST } from '../memory/place.ts';
import { Budgets } from '../product/budgets.ts';
import type { Product } from '../product/product.ts';
import { ProductError } from '../product/product-error.ts';
import { Answers } from './answers.ts';
import { Components } from './components.ts';
import { Cores } from './cores.ts';
import { Networks } from './networks.ts';
import { Observing } from './observing.ts';
import { Rules } from './rules.ts';
import type { Step } from './watched.ts';

/**
 * A product as tables that fill themselves: what rules, network and observers answer is asked once
 * and kept as integers in memory that worker threads share. Explorers read the tables; where
 * something is missing, they have it filled in here and read again.
 */
export class Tables<Label> {
	readonly product: Product<Label>;
	readonly budgets: Budgets;
	/** What steps are called, by their keys. */
	readonly labels = new Interned<Label>();
	readonly networks: Networks;
	readonly rules: Rules<Label>;
	readonly observing: Observing<Label>;
	/** The cores that were met, and what can happen in each. */
	readonly cores: Cores<Label>;
	readonly #components: Components;
	readonly #answers: Answers<Label>;

	constructor(product: Product<Label>) {
		const { components, initial } = product;
		if (components.length > COMPONENTS)
			throw new ProductError(`${components.length} components, more than ${COMPONENTS}`);
		this.product = product;
		this.budgets = new Budgets(product.budgets);
		this.networks = new Networks(product.capacity);
		this.rules = new Rules(product, this.networks);
		this.observing = new Observing(product.observers, this.labels);
		this.#components = new Components(product);
		this.#answers = new Answers(
			this.rules,
			this.labels,
			this.budgets,
			this.networks,
			this.#components,
		);
		for (const [component, state] of initial.entries())
			this.#components.meet(component + FIRST, state);
		this.cores = new Cores(
			this.rules,
			this.#answers,
			this.#components,
			this.networks,
			this.observing,
			FIRST + components.length,
		);
	}

	/** The state in which everything begins, told in full. */
	get initial(): number[] {
		return [this.budgets.full, 0, this.observing.first, ...this.product.initial];
	}

	/** Bytes of all that is kept beside the states of the product, estimated where it is not in arrays. */
	get bytes(): number {
		const { labels, networks, rules, observing, cores } = this;
		const parts = [labels, networks, rules, observing, cores, this.#components, this.#answers];
		return parts.reduce((sum, { bytes }) => sum + bytes, this.product.bytes ?? 0);
	}

	/** A step as observers see it, between two states told in full; until the next one is asked for. */
	step(key: number, before: Int32Array, after: Int32Array): Step {
		return this.#components.look(key, before, after);
	}
}
