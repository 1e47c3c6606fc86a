import { sharedInts } from './ints.ts';

/** The parent of the first state. */
export const ROOT = -1;

/** Says that a state was stored before. */
export const SEEN = -1;

/**
 * The states that were met, in the order in which they were met, each once: packed words, the state
 * it was reached from, and an index by open addressing. Words and parents lie in memory that is
 * reserved at once and taken as it fills; only the index is ever made anew, at twice its size.
 */
export class States {
	words: Int32Array;
	readonly parents: Int32Array;
	slots: Int32Array;
	count = 0;
	readonly capacity: number;
	#width: number;

	constructor(width: number, capacity: number) {
		this.#width = width;
		this.capacity = capacity;
		this.words = sharedInts(width * capacity);
		this.parents = sharedInts(capacity);
		this.slots = sharedInts(1 << 12);
	}

	get width(): number {
		return this.#width;
	}

	/** Bytes in use: words, parents and index. */
	get bytes(): number {
		return this.count * (this.#width + 1) * 4 + this.slots.length * 4;
	}

	get full(): boolean {
		return this.count >= this.capacity;
	}

	/** Stores a state unless it is known; its place, or SEEN. */
	add(from: Int32Array, at: number, parent: number): number {
		const { slots, words } = this;
		const width = this.#width;
		const mask = slots.length - 1;
		for (let slot = hash(from, at, width) & mask; ; slot = (slot + 1) & mask) {
			const known = (slots[slot] ?? 0) - 1;
			if (known < 0) {
				const place = this.count++;
				const to = place * width;
				for (let word = 0; word < width; word++) words[to + word] = from[at + word] ?? 0;
				this.parents[place] = parent;
				slots[slot] = place + 1;
				if (this.count * 4 > slots.length * 3) this.#grow();
				return place;
			}
			const to = known * width;
			let word = 0;
			while (word < width && words[to + word] === from[at + word]) word++;
			if (word === width) return SEEN;
		}
	}

	/** The place of a state, or SEEN if it was never stored. */
	find(from: Int32Array, at: number): number {
		const { slots, words } = this;
		const width = this.#width;
		const mask = slots.length - 1;
		for (let slot = hash(from, at, width) & mask; ; slot = (slot + 1) & mask) {
			const known = (slots[slot] ?? 0) - 1;
			if (known < 0) return SEEN;
			const to = known * width;
			let word = 0;
			while (word < width && words[to + word] === from[at + word]) word++;
			if (word === width) return known;
		}
	}

	/** Packs all states anew. */
	repack(
		width: number,
		pack: (words: Int32Array, at: number, into: Int32Array, to: number) => void,
	): void {
		const old = this.words;
		const oldWidth = this.#width;
		const words = sharedInts(width * this.capacity);
		for (let place = 0; place < this.count; place++)
			pack(old, place * oldWidth, words, place * width);
		this.words = words;
		this.#width = width;
		this.#index(this.slots.length);
	}

	#grow(): void {
		this.#index(this.slots.length * 2);
	}

	#index(size: number): void {
		const { words } = this;
		const width = this.#width;
		const slots = sharedInts(size);
		const mask = size - 1;
		for (let place = 0; place < this.count; place++) {
			let slot = hash(words, place * width, width) & mask;
			while (slots[slot] !== 0) slot = (slot + 1) & mask;
			slots[slot] = place + 1;
		}
		this.slots = slots;
	}
}

/** A state's place in the index. */
export function hash(words: Int32Array, at: number, width: number): number {
	let mixed = 0x2545f491;
	for (let word = 0; word < width; word++) {
		mixed = Math.imul(mixed ^ (words[at + word] ?? 0), 0x9e3779b1);
		mixed ^= mixed >>> 15;
	}
	mixed = Math.imul(mixed, 0x85ebca6b);
	return mixed ^ (mixed >>> 13);
}
