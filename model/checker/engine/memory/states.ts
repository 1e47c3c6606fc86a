import { sharedInts } from './ints.ts';
import { SUCCESSOR_BREAKS, SUCCESSOR_PARENT } from './successor.ts';

/** The parent of the first state. */
export const ROOT = -1;

/** How full the index may be before it is made anew. */
export const INDEX_LOAD = 0.6;

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
	capacity: number;
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
		this.reserve(1);
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
	 * Stores the successors in a list, one every `stride` words;
	 * those that are marked as broken are left out. Returns how many were dealt with: fewer than `count`
	 * if there is no room for the next.
	 */
	addAll(from: Int32Array, count: number, stride: number): number {
		this.reserve(count);
		const { parents, words, capacity, slots } = this;
		const width = this.#width;
		let stored = this.count;
		for (let place = 0; place < count; place++) {
			const at = place * stride;
			if (place % AHEAD === 0) lookAhead(slots, words, from, place, count, stride, width);
			if (from[at + width + SUCCESSOR_BREAKS] === 1) continue;
			const hashed = HASHES[place % AHEAD] ?? 0;
			const slot = findSlot(slots, words, from, at, width, hashed);
			if (slots[slot] !== 0) continue;
			if (stored >= capacity) {
				this.count = stored;
				return place;
			}
			const to = stored * width;
			for (let word = 0; word < width; word++) words[to + word] = from[at + word] ?? 0;
			parents[stored] = from[at + width + SUCCESSOR_PARENT] ?? ROOT;
			stored++;
			slots[slot] = stored;
			slots[slot + 1] = hashed;
		}
		this.count = stored;
		return count;
	}

	/** The place of a state, or SEEN if it was never stored. */
	find(from: Int32Array, at: number): number {
		const { slots, words } = this;
		const width = this.#width;
		const slot = findSlot(slots, words, from, at, width, hash(from, at, width));
		return (slots[slot] ?? 0) - 1;
	}

	/**
	 * Takes over what threads stored up to `end`: places that none of them filled are filled with the
	 * last states, so that all states stand in a row again.
	 */
	takeOver(end: number, spare: readonly (readonly [number, number])[]): void {
		const holes = new Set<number>();
		for (const [from, to] of spare) for (let place = from; place < to; place++) holes.add(place);
		let last = end - 1;
		for (const hole of [...holes].sort((a, b) => a - b)) {
			while (last >= 0 && holes.has(last)) last--;
			if (hole > last) break;
			this.#move(last, hole);
			last--;
		}
		this.count = end - holes.size;
	}

	#move(from: number, to: number): void {
		const { words, slots, parents } = this;
		const width = this.#width;
		const at = from * width;
		const slot = findSlot(slots, words, words, at, width, hash(words, at, width));
		slots[slot] = to + 1;
		for (let word = 0; word < width; word++) words[to * width + word] = words[at + word] ?? 0;
		parents[to] = parents[from] ?? ROOT;
	}

	/** Packs all states anew; from then on there is room for so many. */
	repack(
		width: number,
		capacity: number,
		pack: (words: Int32Array, at: number, into: Int32Array, to: number) => void,
	): void {
		const old = this.words;
		const oldWidth = this.#width;
		this.capacity = Math.max(this.count, Math.min(capacity, this.parents.length));
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
	reserve(more: number): void {
		while ((this.count + more) * 2 > this.slots.length * INDEX_LOAD) {
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

/** How many states are looked up together. */
export const AHEAD = 64;

/** The hashes of the states that were looked up last. */
export const HASHES = new Int32Array(AHEAD);

/** What was read ahead: it is of no use, but nobody may leave out a reading whose result is used. */
const READ = new Int32Array(1);

/**
 * Hashes the next states of a list, and reads what looking them up will read: first all slots, then
 * all words. Alone each reading would wait for memory; none of these waits for another.
 */
export function lookAhead(
	slots: Int32Array,
	words: Int32Array,
	from: Int32Array,
	first: number,
	count: number,
	stride: number,
	width: number,
): void {
	const mask = slots.length - 2;
	const many = Math.min(AHEAD, count - first);
	let read = 0;
	for (let place = 0; place < many; place++) {
		const hashed = hash(from, (first + place) * stride, width);
		HASHES[place] = hashed;
		read ^= slots[(hashed << 1) & mask] ?? 0;
	}
	for (let place = 0; place < many; place++) {
		const slot = ((HASHES[place] ?? 0) << 1) & mask;
		const known = slots[slot] ?? 0;
		if (known > 0 && slots[slot + 1] === HASHES[place]) read ^= words[(known - 1) * width] ?? 0;
	}
	READ[0] = read;
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
