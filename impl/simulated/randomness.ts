import type { Randomness } from '../ports/randomness.ts';

/** Secrets that differ from each other and are the same in every run. */
export class SimulatedRandomness implements Randomness {
	#given = 0;

	/** How many were given, to be put back. */
	snapshot(): number {
		return this.#given;
	}

	putBack(given: number): void {
		this.#given = given;
	}

	secret(): string {
		return `secret-${this.#given++}`;
	}
}
