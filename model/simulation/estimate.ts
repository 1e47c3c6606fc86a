/** A mean with its 95 % confidence interval. */
export interface Estimate {
	readonly mean: number;
	readonly low: number;
	readonly high: number;
}

/** The normal quantile that leaves 2.5 % above it. */
const NORMAL = 1.959964;

/** Student's quantile that leaves 2.5 % above it, by Cornish and Fisher's expansion; fair from 4 degrees on. */
export function student(degrees: number): number {
	const z = NORMAL;
	return (
		z +
		(z ** 3 + z) / (4 * degrees) +
		(5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
		(3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3)
	);
}

/**
 * The ratio of two sums over days, with its interval: days are batches, taken as independent, and the ratio as
 * linear around its mean (delta method). Null: the lower sum is 0.
 */
export function ratioOf(
	upper: Float64Array,
	lower: Float64Array,
	days: number,
): { readonly estimate: Estimate; readonly error: number } | null {
	let above = 0;
	let below = 0;
	for (let day = 0; day < days; day++) {
		above += upper[day] ?? 0;
		below += lower[day] ?? 0;
	}
	if (below === 0) return null;
	const mean = above / below;
	if (days < 2) return { estimate: { mean, low: -Infinity, high: Infinity }, error: Infinity };
	let squares = 0;
	for (let day = 0; day < days; day++)
		squares += ((upper[day] ?? 0) - mean * (lower[day] ?? 0)) ** 2;
	const error = Math.sqrt((squares * days) / (days - 1)) / below;
	const half = student(days - 1) * error;
	return { estimate: { mean, low: mean - half, high: mean + half }, error };
}

/** A share cannot be below 0 or above 1; of a share of nothing, nothing is known. */
export function shareOf(upper: Float64Array, lower: Float64Array, days: number): Estimate {
	const found = ratioOf(upper, lower, days);
	if (found === null) return { mean: 0, low: 0, high: 1 };
	const { mean, low, high } = found.estimate;
	return { mean, low: Math.max(0, low), high: Math.min(1, high) };
}
