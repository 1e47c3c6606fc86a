/** Numbers thrown away at first, until the seed has reached every bit (as the author of sfc32 advises). */
const WARM_UP = 12;

/**
 * A stream of random numbers (sfc32 of PractRand: 128 bits of state, integer arithmetic only). The
 * same seed and stream give the same numbers on every machine. Nothing is allocated as it runs.
 */
export class Draws {
	#a: number;
	#b: number;
	#c: number;
	#counter = 1;

	/** `stream`: which of the streams of the seed, such as the number of a day. */
	constructor(seed: number, stream: number) {
		this.#a = seed | 0;
		this.#b = stream | 0;
		this.#c = 0x2545f491;
		for (let thrown = 0; thrown < WARM_UP; thrown++) this.next();
	}

	/** The next number in [0, 1), one of 2^32. */
	next(): number {
		const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
		this.#counter = (this.#counter + 1) | 0;
		this.#a = this.#b ^ (this.#b >>> 9);
		this.#b = (this.#c + (this.#c << 3)) | 0;
		this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
		return (sum >>> 0) / 0x1_0000_0000;
	}
}
