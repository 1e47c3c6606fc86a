import type { Broken } from './broken.ts';

/**
 * Most stories that are drawn, and most bytes of what they say; beyond it only the replay command is left. Drawn they take four
 * to five times as many, and the model, which the page brings along, 0.7 of its 3 MB: with 600,000 it has 3.3.
 */
const MOST_STORIES = 200;
const MOST_BYTES = 450_000;

/** The stories that are drawn, and how many are not. */
export function capped(
	broken: readonly Broken[],
	most = MOST_STORIES,
	bytes = MOST_BYTES,
): { readonly drawn: readonly Broken[]; readonly cut: number } {
	let left = bytes;
	let cut = 0;
	const fits = (part: unknown): boolean => {
		const size = part === null ? 0 : JSON.stringify(part).length;
		if (size > left) return false;
		left -= size;
		return true;
	};
	const drawn = broken.slice(0, most).map((one) => {
		if (fits(one.story)) return one;
		cut++;
		return { ...one, story: null, ...(fits(one.token) ? {} : { token: null }) };
	});
	return { drawn, cut: cut + Math.max(0, broken.length - most) };
}
