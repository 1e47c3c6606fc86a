import { CELL, MISSING, mix, mixPair, PAIR } from '../memo.ts';

/** SPIN takes blocks of embedded C of at most 64 KiB: most characters of a part of an array. */
const PART = 48 * 1024;

/** Integers of a cell, by those of its key. */
export const CELLS = { 2: PAIR, 4: CELL } as const;

/** A block of embedded C declarations in Promela. */
export const declaration = (text: string): string => `c_decl {\n${text}\n}\n`;

/**
 * A constant C array. What is too long for one block is split into macros, each in a block of its
 * own, so that the array is still one piece of static memory.
 */
export function arrayOf(name: string, values: Iterable<number>): string {
	const parts: string[] = [];
	let part = '';
	for (const value of values) {
		if (part.length > PART) {
			parts.push(part);
			part = '';
		}
		part += part === '' ? value : `,${value}`;
	}
	parts.push(part === '' ? '0' : part);
	const macros = parts.map((text, place) => [`${name.toUpperCase()}_${place}`, text] as const);
	const defined = macros.map(([macro, text]) => declaration(`\\#define ${macro} ${text}`));
	const whole = macros.map(([macro]) => macro).join(', ');
	return `${defined.join('')}${declaration(`static const int ${name}[] __attribute__((aligned(64))) = { ${whole} };`)}`;
}

/**
 * A table of keys of two or four small integers as the cells of a constant C array `name`, found by
 * hashing and open addressing under `name_mask`. An entry is a key, then its value.
 */
export function cellsOf(name: string, entries: Iterable<readonly number[]>, keys: 2 | 4): string {
	const all = [...entries];
	let capacity = 2;
	while (capacity < all.length * 2) capacity *= 2;
	const mask = capacity - 1;
	const cells = new Int32Array(capacity * CELLS[keys]);
	for (let at = keys; at < cells.length; at += CELLS[keys]) cells[at] = MISSING;
	for (const entry of all) {
		const value = entry.at(-1) ?? MISSING;
		if (entry.slice(keys, -1).some((part) => part !== 0))
			throw new RangeError(`${name} has keys of more than ${keys} parts`);
		const [a = 0, b = 0, c = 0, d = 0] = entry.slice(0, keys);
		let place = (keys === 2 ? mixPair(a, b) : mix(a, b, c, d)) & mask;
		while (cells[place * CELLS[keys] + keys] !== MISSING) place = (place + 1) & mask;
		cells.set([...entry.slice(0, keys), value], place * CELLS[keys]);
	}
	return `${arrayOf(name, cells)}${declaration(`enum { ${name}_mask = ${mask} };`)}`;
}
