/** Something that was done, and the processor time that it took: wall time says little on a busy machine. */
export interface Timed<Result> {
	readonly result: Result;
	readonly seconds: number;
}

export function timed<Result>(work: () => Result): Timed<Result> {
	const before = process.cpuUsage();
	const result = work();
	const { user, system } = process.cpuUsage(before);
	return { result, seconds: (user + system) / 1e6 };
}

/** The one in the middle. */
export function median(values: readonly number[]): number {
	const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
	if (middle === undefined) throw new RangeError('nothing was measured');
	return middle;
}

/** A rate beside the one that ours is compared with. */
export const row = (name: string, rate: number, unit: string, ours: number): string =>
	`${name.padEnd(52)} ${rate.toFixed(0).padStart(9)} ${unit}  ${(ours / rate).toFixed(2).padStart(9)} x`;

export const goal = (name: string, ratio: number, least: number): string =>
	`goal: ${least} x ${name}: ${ratio >= least ? 'reached' : `missed, ${ratio.toFixed(2)} x`}`;
