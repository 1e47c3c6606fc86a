import type { Randomness } from '../ports/randomness.ts';

/** Secrets that differ from each other and are the same in every run. */
export class SimulatedRandomness implements Randomness {
	#given = 0;

	secret(): string {
		return `secret-${this.#given++}`;
	}
}
