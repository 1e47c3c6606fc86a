import type { Randomness } from '../ports/randomness.ts';

/** Secrets that differ from each other and are the same in every run. */
export class SimulatedRandomness implements Randomness {
	#given = 0;
	#next: string | null = null;

	/** How many were given, to be put back. */
	snapshot(): number {
		return this.#given;
	}

	putBack(given: number): void {
		this.#given = given;
	}

	/** The next secret is this one, beside those that are counted. */
	nextIs(secret: string): void {
		this.#next = secret;
	}

	secret(): string {
		const known = this.#next;
		this.#next = null;
		return known ?? `secret-${this.#given++}`;
	}
}
