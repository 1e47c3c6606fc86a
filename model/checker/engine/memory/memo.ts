import { sharedInts } from './ints.ts';

/** What `Memo.get` answers for a key that was never set; no value may equal it. */
export const MISSING = -1;

/** Integers of one cell: four of the key, one value; the others are unused, so that no cell lies on two lines of the cache. */
export const CELL = 8;

/** Mixes the four parts of a key into a place. */
export function mix(a: number, b: number, c: number, d: number): number {
	let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ Math.imul(c, 0xc2b2ae35);
	hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39) ^ Math.imul(d, 0x27d4eb2f);
	return hash ^ (hash >>> 16);
}

/**
 * Answers by keys of up to four small integers: one flat table with open addressing, in memory that
 * worker threads share. Reading allocates nothing.
 */
export class Memo {
	cells: Int32Array;
	#count = 0;

	constructor(capacity = 1024) {
		this.cells = emptied(capacity, CELL, 4);
	}

	get size(): number {
		return this.#count;
	}

	get bytes(): number {
		return this.cells.byteLength;
	}

	get(a: number, b: number, c: number, d: number): number {
		return lookUp(this.cells, a, b, c, d);
	}

	set(a: number, b: number, c: number, d: number, value: number): void {
		if (value === MISSING) throw new RangeError('a memo cannot keep the value for "missing"');
		while ((this.#count + 1) * 3 > (this.cells.length / CELL) * 2) this.#grow();
		if (put(this.cells, a, b, c, d, value)) this.#count++;
	}

	/** Every key with its value, in no order that means anything. */
	*entries(): Generator<readonly [number, number, number, number, number]> {
		const { cells } = this;
		for (let at = 0; at < cells.length; at += CELL) {
			const value = cells[at + 4] ?? MISSING;
			if (value !== MISSING)
				yield [cells[at] ?? 0, cells[at + 1] ?? 0, cells[at + 2] ?? 0, cells[at + 3] ?? 0, value];
		}
	}

	#grow(): void {
		const larger = emptied((this.cells.length / CELL) * 2, CELL, 4);
		for (const [a, b, c, d, value] of this.entries()) put(larger, a, b, c, d, value);
		this.cells = larger;
	}
}

/** The value under a key in the cells of a memo, or MISSING. */
export function lookUp(cells: Int32Array, a: number, b: number, c: number, d: number): number {
	const mask = (cells.length >> 3) - 1;
	for (let place = mix(a, b, c, d) & mask; ; place = (place + 1) & mask) {
		const at = place << 3;
		const value = cells[at + 4] ?? MISSING;
		if (value === MISSING) return MISSING;
		if (cells[at] === a && cells[at + 1] === b && cells[at + 2] === c && cells[at + 3] === d)
			return value;
	}
}

function put(
	cells: Int32Array,
	a: number,
	b: number,
	c: number,
	d: number,
	value: number,
): boolean {
	const mask = cells.length / CELL - 1;
	for (let place = mix(a, b, c, d) & mask; ; place = (place + 1) & mask) {
		const at = place * CELL;
		const empty = cells[at + 4] === MISSING;
		if (
			empty ||
			(cells[at] === a && cells[at + 1] === b && cells[at + 2] === c && cells[at + 3] === d)
		) {
			cells[at] = a;
			cells[at + 1] = b;
			cells[at + 2] = c;
			cells[at + 3] = d;
			cells[at + 4] = value;
			return empty;
		}
	}
}

function emptied(capacity: number, stride: number, value: number): Int32Array {
	const cells = sharedInts(capacity * stride);
	for (let at = value; at < cells.length; at += stride) cells[at] = MISSING;
	return cells;
}

/** Integers of one cell of `Pairs`: two of the key, one value, one unused. */
export const PAIR = 4;

/** The same for a key of two parts; a model written elsewhere finds the same cells by it. */
export function mixPair(a: number, b: number): number {
	const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
	return hash ^ (hash >>> 15);
}

/** Answers by keys of two small integers: as `Memo`, but four cells share a line of the cache. */
export class Pairs {
	cells: Int32Array;
	#count = 0;

	constructor(capacity = 1024) {
		this.cells = emptied(capacity, PAIR, 2);
	}

	get size(): number {
		return this.#count;
	}

	get bytes(): number {
		return this.cells.byteLength;
	}

	get(a: number, b: number): number {
		return pairAt(this.cells, a, b);
	}

	set(a: number, b: number, value: number): void {
		if (value === MISSING) throw new RangeError('a memo cannot keep the value for "missing"');
		while ((this.#count + 1) * 3 > (this.cells.length / PAIR) * 2) this.#grow();
		if (putPair(this.cells, a, b, value)) this.#count++;
	}

	/** Every key with its value, in no order that means anything. */
	*entries(): Generator<readonly [number, number, number]> {
		const { cells } = this;
		for (let at = 0; at < cells.length; at += PAIR) {
			const value = cells[at + 2] ?? MISSING;
			if (value !== MISSING) yield [cells[at] ?? 0, cells[at + 1] ?? 0, value];
		}
	}

	#grow(): void {
		const larger = emptied((this.cells.length / PAIR) * 2, PAIR, 2);
		for (const [a, b, value] of this.entries()) putPair(larger, a, b, value);
		this.cells = larger;
	}
}

/** The value under a key in the cells of pairs, or MISSING. */
export function pairAt(cells: Int32Array, a: number, b: number): number {
	const mask = (cells.length >> 2) - 1;
	for (let place = mixPair(a, b) & mask; ; place = (place + 1) & mask) {
		const at = place << 2;
		const value = cells[at + 2] ?? MISSING;
		if (value === MISSING || (cells[at] === a && cells[at + 1] === b)) return value;
	}
}

function putPair(cells: Int32Array, a: number, b: number, value: number): boolean {
	const mask = (cells.length >> 2) - 1;
	for (let place = mixPair(a, b) & mask; ; place = (place + 1) & mask) {
		const at = place << 2;
		const empty = cells[at + 2] === MISSING;
		if (!empty && !(cells[at] === a && cells[at + 1] === b)) continue;
		cells[at] = a;
		cells[at + 1] = b;
		cells[at + 2] = value;
		return empty;
	}
}
