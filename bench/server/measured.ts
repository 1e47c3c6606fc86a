import type { Load } from './load.ts';

/** The one in the middle, by what they are worth. */
export function median<Value>(values: readonly Value[], worth: (value: Value) => number): Value {
	const sorted = [...values].sort((one, other) => worth(one) - worth(other));
	const middle = sorted[Math.floor(sorted.length / 2)];
	if (middle === undefined) throw new Error('nothing was measured');
	return middle;
}

export const row = (name: string, { requests_per_s, p50_ms, p99_ms, failures }: Load): string =>
	`${name.padEnd(44)} ${requests_per_s.toFixed(0).padStart(7)} requests/s   p50 ${p50_ms} ms   p99 ${p99_ms} ms   failures ${failures}`;
