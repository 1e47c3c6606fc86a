/** How many bits stand for one state. */
const HASHES = 3;

/** One and the other 32-bit number that a state is mixed into. */
const SEEDS = [0x2545f491, 0x6a09e667] as const;

/**
 * Which states were met, as bits: each state stands for a few places in one array, by as many hash
 * functions, and was met if all of them are set. Two states may share all their bits; then the second
 * is taken for known, and is left out. How many are is estimated on the way: a new state finds all its
 * bits set by others with the probability `share of bits set ^ hashes`.
 */
export class Bits {
	readonly #words: Int32Array;
	#set = 0;
	#omitted = 0;

	/** @param bytes how large the array may be. */
	constructor(bytes: number) {
		this.#words = new Int32Array(Math.max(1, Math.floor(bytes / 4)));
	}

	get bytes(): number {
		return this.#words.byteLength;
	}

	/** The share of bits that are set. */
	get share(): number {
		return this.#set / (this.#words.length * 32);
	}

	/** States that were probably met and taken for known, though they were new. */
	get omitted(): number {
		return this.#omitted;
	}

	/** Sets the bits of a state of so many words; false if all of them were set: it is taken for known. */
	add(state: Int32Array, at: number, width: number): boolean {
		const words = this.#words;
		const first = mixed(SEEDS[0], state, at, width);
		const second = mixed(SEEDS[1], state, at, width);
		let set = 0;
		let place = first;
		for (let hash = 0; hash < HASHES; hash++) {
			// The upper bits of a number choose the word, lower ones of the other the bit in it.
			const word = Math.floor(((place >>> 0) / 2 ** 32) * words.length);
			const bit = 1 << ((second >>> (5 * hash)) & 31);
			const before = words[word] ?? 0;
			if ((before & bit) === 0) {
				words[word] = before | bit;
				set++;
			}
			place = Math.imul(place ^ (place >>> 15) ^ second, 0x9e3779b1);
		}
		if (set === 0) return false;
		const taken = this.share ** HASHES;
		this.#set += set;
		// For each state that is stored, taken / (1 - taken) others were met that found their bits set.
		this.#omitted += taken / (1 - taken);
		return true;
	}
}

function mixed(seed: number, state: Int32Array, at: number, width: number): number {
	let hash = seed;
	for (let word = 0; word < width; word++) {
		hash = Math.imul(hash ^ (state[at + word] ?? 0), 0x85ebca6b);
		hash ^= hash >>> 13;
		hash = Math.imul(hash, 0xc2b2ae35);
		hash ^= hash >>> 16;
	}
	return hash;
}
