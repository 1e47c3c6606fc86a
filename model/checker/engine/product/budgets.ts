import type { Budget } from './product.ts';
import { ProductError } from './product-error.ts';

/** Most that may be had of one budget. */
export const MOST_OF_A_BUDGET = 7;
/** Bits of the word that holds what is left of all budgets. */
const WORD_BITS = 30;

/** What costs nothing. */
export const FREE = -1;
/** What can never be paid for: there is none of its budget from the beginning. */
export const UNPAYABLE = -2;

/** The lower five bits of a cost are a shift, those above are the mask of what is left. */
export const MASK_AT = 5;

/**
 * The budgets of a product in one word. Only what is more than 0 takes room, and no more than it
 * needs: so most states fit in a single word. A cost says where its budget stands: whoever pays it
 * has `(word >>> cost) & (cost >>> 5)` left before, and takes `1 << cost` away (both shift by the
 * lower five bits).
 */
export class Budgets {
	/** How many bits all of them take. */
	readonly bits: number;
	/** All that may be spent. */
	readonly full: number;
	readonly #costs: readonly number[];

	/** @throws ProductError for amounts below 0 or above 7, or more than fit in one word. */
	constructor(budgets: readonly Budget[]) {
		let bits = 0;
		let full = 0;
		this.#costs = budgets.map(({ name, amount }) => {
			if (!Number.isInteger(amount) || amount < 0 || amount > MOST_OF_A_BUDGET)
				throw new ProductError(`of "${name}" there may be 0 to ${MOST_OF_A_BUDGET}, not ${amount}`);
			if (amount === 0) return UNPAYABLE;
			const width = 32 - Math.clz32(amount);
			const cost = bits | ((2 ** width - 1) << MASK_AT);
			full += amount * 2 ** bits;
			bits += width;
			return cost;
		});
		if (bits > WORD_BITS) throw new ProductError(`budgets of ${bits} bits, more than ${WORD_BITS}`);
		this.bits = bits;
		this.full = full;
	}

	/** Where the budget stands that an outcome costs one of; FREE or UNPAYABLE. */
	cost(budget: number | undefined): number {
		return budget === undefined ? FREE : (this.#costs[budget] ?? UNPAYABLE);
	}
}
