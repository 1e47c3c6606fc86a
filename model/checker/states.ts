import { sharedInts } from './ints.ts';

/** The parent of the first state. */
export const ROOT = -1;

/** States that are stored together. */
const BATCH = 256;
const HASHES = new Int32Array(BATCH);

/** Says that a state was stored before, or was not found. */
export const SEEN = -1;

/**
 * The states that were met, in the order in which they were met, each once: packed words, the state
 * it was reached from, and an index by open addressing. A slot of the index holds a state's place
 * (from 1) and its hash, so that only states that are very likely the same are compared. Words and
 * parents lie in memory that is reserved at once and taken as it fills; only the index is ever made
 * anew, at twice its size.
 */
export class States {
	words: Int32Array;
	readonly parents: Int32Array;
	slots: Int32Array;
	count = 0;
	readonly capacity: number;
	/** Means nothing; it keeps what `addAll` reads ahead from being optimised away. */
	warm = 0;
	#width: number;

	constructor(width: number, capacity: number) {
		this.#width = width;
		this.capacity = capacity;
		this.words = sharedInts(width * capacity);
		this.parents = sharedInts(capacity);
		this.slots = sharedInts(2 << 12);
	}

	get width(): number {
		return this.#width;
	}

	/** Bytes in use: words, parents and index. */
	get bytes(): number {
		return this.count * (this.#width + 1) * 4 + this.slots.length * 4;
	}

	/** Stores a state unless it is known; its place, or SEEN. There must be room. */
	add(from: Int32Array, at: number, parent: number): number {
		this.#reserve(1);
		const { slots, words, count } = this;
		const width = this.#width;
		const hashed = hash(from, at, width);
		const slot = findSlot(slots, words, from, at, width, hashed);
		if (slots[slot] !== 0) return SEEN;
		for (let word = 0; word < width; word++) words[count * width + word] = from[at + word] ?? 0;
		this.parents[count] = parent;
		slots[slot] = count + 1;
		slots[slot + 1] = hashed;
		this.count++;
		return count;
	}

	/**
	 * Stores the states that stand in a list, one every `stride` words, each with its parent behind it;
	 * those that are marked as broken are left out. Each part of the list is gone through three times, so
	 * that the memory which the last time needs is on its way by then. Returns how many were dealt with:
	 * fewer than `count` if there is no room for the next.
	 */
	addAll(from: Int32Array, count: number, stride: number): number {
		const width = this.#width;
		const { parents, words, capacity } = this;
		let warm = 0;
		for (let begin = 0; begin < count; begin += BATCH) {
			const end = Math.min(begin + BATCH, count);
			this.#reserve(end - begin);
			const { slots } = this;
			const mask = slots.length - 2;
			for (let place = begin; place < end; place++) {
				const hashed = hash(from, place * stride, width);
				HASHES[place - begin] = hashed;
				warm ^= slots[(hashed << 1) & mask] ?? 0;
			}
			for (let place = begin; place < end; place++) {
				const known = (slots[((HASHES[place - begin] ?? 0) << 1) & mask] ?? 0) - 1;
				if (known >= 0) warm ^= words[known * width] ?? 0;
			}
			let stored = this.count;
			for (let place = begin; place < end; place++) {
				const at = place * stride;
				if (from[at + width + 2] === 1) continue;
				const hashed = HASHES[place - begin] ?? 0;
				const slot = findSlot(slots, words, from, at, width, hashed);
				if (slots[slot] !== 0) continue;
				if (stored >= capacity) {
					this.count = stored;
					return place;
				}
				const to = stored * width;
				for (let word = 0; word < width; word++) words[to + word] = from[at + word] ?? 0;
				parents[stored] = from[at + width + 3] ?? ROOT;
				stored++;
				slots[slot] = stored;
				slots[slot + 1] = hashed;
			}
			this.count = stored;
		}
		this.warm = warm;
		return count;
	}

	/** The place of a state, or SEEN if it was never stored. */
	find(from: Int32Array, at: number): number {
		const { slots, words } = this;
		const width = this.#width;
		const slot = findSlot(slots, words, from, at, width, hash(from, at, width));
		return (slots[slot] ?? 0) - 1;
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
		const slots = sharedInts(this.slots.length);
		for (let place = 0; place < this.count; place++)
			occupy(slots, place + 1, hash(words, place * width, width));
		this.slots = slots;
	}

	/** Makes the index large enough for so many more states. */
	#reserve(more: number): void {
		while ((this.count + more) * 10 > this.slots.length * 3) {
			const { slots } = this;
			const larger = sharedInts(slots.length * 2);
			for (let at = 0; at < slots.length; at += 2) {
				const place = slots[at] ?? 0;
				if (place !== 0) occupy(larger, place, slots[at + 1] ?? 0);
			}
			this.slots = larger;
		}
	}
}

/** Where a state stands in the index, or where it would stand. */
function findSlot(
	slots: Int32Array,
	words: Int32Array,
	from: Int32Array,
	at: number,
	width: number,
	hashed: number,
): number {
	const mask = slots.length - 2;
	for (let slot = (hashed << 1) & mask; ; slot = (slot + 2) & mask) {
		const known = slots[slot] ?? 0;
		if (known === 0) return slot;
		if (slots[slot + 1] !== hashed) continue;
		const to = (known - 1) * width;
		let word = 0;
		while (word < width && words[to + word] === from[at + word]) word++;
		if (word === width) return slot;
	}
}

function occupy(slots: Int32Array, place: number, hashed: number): void {
	const mask = slots.length - 2;
	let slot = (hashed << 1) & mask;
	while (slots[slot] !== 0) slot = (slot + 2) & mask;
	slots[slot] = place;
	slots[slot + 1] = hashed;
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
