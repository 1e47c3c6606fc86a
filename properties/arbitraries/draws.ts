import fc from 'fast-check';

/** Rounds that mix the seed into all of the state before the first number is drawn. */
const MIXING = 15;

/** What fast-check draws from: 32-bit numbers that depend on two numbers alone (sfc32). */
class Draws {
	readonly #state: Int32Array;

	constructor(state: Int32Array) {
		this.#state = state;
	}

	/** No two pairs begin in the same state, so no two places share their numbers. */
	static at(seed: number, place: number): Draws {
		const draws = new Draws(Int32Array.of(seed, place, 0x9e3779b9, 1));
		for (let round = 0; round < MIXING; round++) draws.next();
		return draws;
	}

	clone(): Draws {
		return new Draws(this.#state.slice());
	}

	next(): number {
		const [a = 0, b = 0, c = 0, counter = 0] = this.#state;
		const drawn = (((a + b) | 0) + counter) | 0;
		this.#state[0] = b ^ (b >>> 9);
		this.#state[1] = c + (c << 3);
		this.#state[2] = ((c << 21) | (c >>> 11)) + drawn;
		this.#state[3] = counter + 1;
		return drawn;
	}

	getState(): readonly number[] {
		return [...this.#state];
	}
}

/**
 * Draws a value at any place of the stream that a seed stands for, without those before it: so that parts of a run can
 * be told on several machines. As fast-check does, the first places draw small and extreme values more often.
 */
export function drawAt<Value>(arbitrary: fc.Arbitrary<Value>, seed: number, place: number): Value {
	// fast-check turns the place of a run into its bias only inside a property.
	const property = fc.property<[Value]>(arbitrary, () => {});
	const [value] = property.generate(new fc.Random(Draws.at(seed, place)), place).value;
	return value;
}
