import { MISSING, mixPair, PAIR } from '../engine/memory/memo.ts';

/** SPIN takes blocks of embedded C of at most 64 KiB: most characters of a part of an array. */
const PART = 48 * 1024;

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
 * A table of keys of two small integers as the cells of a constant C array `name`, found by hashing
 * and open addressing under `name_mask`. An entry is a key, then its value.
 */
export function cellsOf(
	name: string,
	entries: Iterable<readonly [number, number, number]>,
): string {
	const all = [...entries];
	let capacity = 2;
	while (capacity < all.length * 2) capacity *= 2;
	const mask = capacity - 1;
	const cells = new Int32Array(capacity * PAIR);
	for (let at = 2; at < cells.length; at += PAIR) cells[at] = MISSING;
	for (const entry of all) {
		let place = mixPair(entry[0], entry[1]) & mask;
		while (cells[place * PAIR + 2] !== MISSING) place = (place + 1) & mask;
		cells.set(entry, place * PAIR);
	}
	return `${arrayOf(name, cells)}${declaration(`enum { ${name}_mask = ${mask} };`)}`;
}
