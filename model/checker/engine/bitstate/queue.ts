/** States that wait to be expanded, first come first served: a ring of packed words. */
export class Queue {
	readonly #words: Int32Array;
	readonly #width: number;
	readonly #capacity: number;
	#first = 0;
	#size = 0;

	constructor(width: number, capacity: number) {
		this.#width = width;
		this.#capacity = Math.max(1, capacity);
		this.#words = new Int32Array(width * this.#capacity);
	}

	get size(): number {
		return this.#size;
	}

	get bytes(): number {
		return this.#words.byteLength;
	}

	get words(): Int32Array {
		return this.#words;
	}

	/** Where the first state stands in `words`; it stays there until another takes its place. */
	get front(): number {
		return this.#first * this.#width;
	}

	/** Lets a state wait; false if there is no room. */
	push(from: Int32Array, at: number): boolean {
		if (this.#size === this.#capacity) return false;
		const to = ((this.#first + this.#size) % this.#capacity) * this.#width;
		for (let word = 0; word < this.#width; word++) this.#words[to + word] = from[at + word] ?? 0;
		this.#size++;
		return true;
	}

	/** The first state waits no longer. */
	drop(): void {
		this.#first = (this.#first + 1) % this.#capacity;
		this.#size--;
	}
}
