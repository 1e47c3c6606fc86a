import { ProductError } from '../product/product-error.ts';

/** Most steps that lead on from one state: a step is one byte in the tree. */
const STEPS = 255;

/**
 * How each state was reached, in two bytes a state: states are numbered in the order in which they
 * were met, and expanded in that order too, so that it is enough to know how many new states each one
 * led to, and by which of its steps.
 */
export class FamilyTree {
	/** By state: how many new ones it led to. */
	readonly #children: Uint8Array;
	/** By state: by which step, in their order, it was reached. */
	readonly #steps: Uint8Array;
	#expanded = 0;
	#born = 1;

	/** @param capacity most states; the first one counts. */
	constructor(capacity: number) {
		this.#children = new Uint8Array(capacity);
		this.#steps = new Uint8Array(capacity);
	}

	get capacity(): number {
		return this.#steps.length;
	}

	get bytes(): number {
		return this.#expanded + this.#born;
	}

	/** How many states were met, and how many of them were expanded to the end. */
	get born(): number {
		return this.#born;
	}

	get expanded(): number {
		return this.#expanded;
	}

	/**
	 * The state that is being expanded leads to a new one by its n-th step.
	 *
	 * @throws ProductError for a state from which more than 255 steps lead on.
	 */
	bear(step: number): void {
		if (step >= STEPS) throw new ProductError(`more than ${STEPS} steps lead on from one state`);
		this.#steps[this.#born++] = step;
		this.#children[this.#expanded] = (this.#children[this.#expanded] ?? 0) + 1;
	}

	/** The next state is the one that is being expanded. */
	turn(): void {
		this.#expanded++;
	}

	/** By which steps a state is reached from the first one. */
	way(state: number): number[] {
		const steps: number[] = [];
		let parent = this.#expanded;
		let first = this.#born - (this.#children[parent] ?? 0);
		for (let at = state; at > 0; at = parent) {
			while (first > at) first -= this.#children[--parent] ?? 0;
			steps.push(this.#steps[at] ?? 0);
		}
		return steps.reverse();
	}
}
