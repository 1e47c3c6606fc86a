import type { SimulationEvidence, SimulationPoint } from '../../evidence/simulation-evidence.ts';

/** A chart, what it shows, and its numbers as a table. */
export interface Chart {
	readonly title: string;
	readonly caption: string;
	/** One `<svg>`. */
	readonly svg: string;
	readonly head: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

/** Points of the sweep in which this and nothing else is varied, from the lowest values on. */
export function varied(
	{ sweep }: SimulationEvidence,
	...ids: readonly string[]
): { readonly values: readonly number[]; readonly point: SimulationPoint }[] {
	const found = sweep.flatMap((point) => {
		const by = new Map((point.varied ?? []).map(({ id, value }) => [id, value] as const));
		const values = ids.flatMap((id) => by.get(id) ?? []);
		return by.size === ids.length && values.length === ids.length ? [{ values, point }] : [];
	});
	return found.sort((a, b) => (a.values[0] ?? 0) - (b.values[0] ?? 0));
}

/** Red tasks of 100 that the flag turns green. */
export const avoided = ({ red_without_flag, red_with_flag }: SimulationPoint): number =>
	(red_without_flag.mean - red_with_flag.mean) * 100;

export const PERCENT = { percent: true, grid: true } as const;

/**
 * An axis from nothing up to the largest value. It is always given: of values that are all alike no axis can be
 * made out, and each would be drawn as the whole height. Where all are 0, it goes up to `least`.
 */
export function fromZero(values: readonly number[], least: number): [number, number] {
	const most = Math.max(...values, 0);
	return [Math.min(...values, 0), most > 0 ? most : least];
}
