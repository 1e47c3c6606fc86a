import type { Layout } from '../memory/layout.ts';
import { BUDGET, CORE, NETWORK, STORED } from '../memory/place.ts';
import { MASK_AT } from '../product/budgets.ts';
import { CUT } from '../tables/networks.ts';
import {
	BREAKS,
	STEP_CHANGE,
	STEP_CORE,
	STEP_COST,
	STEP_KEY,
	STEP_SAYS,
	STEP_SIZE,
} from '../tables/step.ts';
import type { Exploration } from './explore.ts';

/** A step out of a state that was explored. */
export interface StepOut {
	/** Names the step of the core: the same for all states that differ in budgets and messages only. */
	readonly ofCore: number;
	/** The key of its label. */
	readonly key: number;
	/** The place of the state that it leads to. */
	readonly to: number;
}

/**
 * The steps of a space that was explored, to be gone through once more: slower than an expander, but each is told
 * with the step of the core that it is.
 */
export class Stepping<Label> {
	readonly #exploration: Exploration<Label>;
	readonly #layout: Layout;
	readonly #stored = new Int32Array(STORED);
	readonly #packed: Int32Array;

	constructor(exploration: Exploration<Label>) {
		this.#exploration = exploration;
		this.#layout = exploration.layout;
		this.#packed = new Int32Array(this.#layout.words);
	}

	/** Steps that broke no promise and were not cut off, in the order in which they were found. */
	from(state: number): StepOut[] {
		const { tables, expander, states } = this.#exploration;
		expander.unpack(states.words, state * states.width);
		this.#stored.set(expander.before);
		const core = this.#stored[CORE] ?? 0;
		const network = this.#stored[NETWORK] ?? 0;
		const { lists, ofNetwork } = tables.rules;
		const found: StepOut[] = [];
		this.#take(tables.cores.always.at(core), found);
		const row = ofNetwork.at(network);
		const count = lists.at(row);
		for (let place = 1; place <= count; place++)
			this.#take(tables.cores.ofList.get(lists.at(row + place), core), found);
		return found;
	}

	/** How many steps of cores there are room for: a bound for their numbers. */
	get ofCores(): number {
		return this.#exploration.tables.cores.steps.length;
	}

	#take(row: number, found: StepOut[]): void {
		const { tables } = this.#exploration;
		const { steps } = tables.cores;
		const budget = this.#stored[BUDGET] ?? 0;
		const network = this.#stored[NETWORK] ?? 0;
		const end = row + 1 + steps.at(row) * STEP_SIZE;
		for (let step = row + 1; step < end; step += STEP_SIZE) {
			if (steps.at(step + STEP_SAYS) === BREAKS) continue;
			const cost = steps.at(step + STEP_COST);
			if (cost >= 0 && ((budget >>> cost) & (cost >>> MASK_AT)) === 0) continue;
			const change = steps.at(step + STEP_CHANGE);
			const left = change < 0 ? network : tables.networks.apply(network, change);
			if (left === CUT) continue;
			const to = this.#find(
				cost < 0 ? budget : budget - (1 << cost),
				left,
				steps.at(step + STEP_CORE),
			);
			found.push({ ofCore: step, key: steps.at(step + STEP_KEY), to });
		}
	}

	/** The place of a state; below 0: it was not stored. */
	#find(budget: number, network: number, core: number): number {
		const { word, shift } = this.#layout;
		const packed = this.#packed.fill(0);
		for (const [place, value] of [
			[BUDGET, budget],
			[NETWORK, network],
			[CORE, core],
		] as const) {
			const slot = word[place] ?? 0;
			packed[slot] = (packed[slot] ?? 0) | (value << (shift[place] ?? 0));
		}
		return this.#exploration.states.find(packed, 0);
	}
}
