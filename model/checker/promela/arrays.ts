import { type Memo, MISSING, mix } from '../memo.ts';

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
	return `${defined.join('')}${declaration(`static const int ${name}[] = { ${whole} };`)}`;
}

/** The cells of a memo as a constant C array `name`, with keys no longer than needed, and `name_mask`. */
export function cellsOf(name: string, memo: Memo, keys: 2 | 4): string {
	let capacity = 2;
	while (capacity < memo.size * 2) capacity *= 2;
	const mask = capacity - 1;
	const width = keys + 1;
	const cells = new Int32Array(capacity * width);
	for (let at = keys; at < cells.length; at += width) cells[at] = MISSING;
	for (const [a, b, c, d, value] of memo.entries()) {
		if (keys === 2 && (c !== 0 || d !== 0)) throw new RangeError(`${name} has keys of four parts`);
		let place = mix(a, b, c, d) & mask;
		while (cells[place * width + keys] !== MISSING) place = (place + 1) & mask;
		cells.set([...[a, b, c, d].slice(0, keys), value], place * width);
	}
	return `${arrayOf(name, cells)}${declaration(`enum { ${name}_mask = ${mask} };`)}`;
}
