import type { Broken } from './broken.ts';

/** Most stories that are drawn, and most bytes of what they say; beyond it only the replay command is left. */
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
