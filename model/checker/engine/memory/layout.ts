import { sharedInts } from './ints.ts';

/** How the places of a state are packed into 32-bit words; no place straddles two words. */
export interface Layout {
	readonly words: number;
	/** By place: the word, the shift in it, and the mask of its width. */
	readonly word: Int32Array;
	readonly shift: Int32Array;
	readonly mask: Int32Array;
}

/** A layout in which each place has its number of bits, packed greedily, the widest first. */
export function layoutOf(bits: readonly number[]): Layout {
	const word = sharedInts(bits.length);
	const shift = sharedInts(bits.length);
	const mask = sharedInts(bits.length);
	const filled: number[] = [];
	const widest = bits.map((width, place) => ({ width, place })).sort((a, b) => b.width - a.width);
	for (const { width, place } of widest) {
		let found = filled.findIndex((used) => used + width <= 32);
		if (found < 0) found = filled.push(0) - 1;
		const used = filled[found] ?? 0;
		word[place] = found;
		shift[place] = used;
		mask[place] = width === 32 ? -1 : 2 ** width - 1;
		filled[found] = used + width;
	}
	return { words: filled.length, word, shift, mask };
}

/** Bits for values below `size`, with room to grow. */
export const bitsFor = (size: number): number =>
	Math.min(31, Math.max(3, 32 - Math.clz32(size) + 1));

/** Whether a value still fits its place. */
export const fits = ({ mask }: Layout, place: number, value: number): boolean =>
	value >>> 0 <= (mask[place] ?? 0) >>> 0;
