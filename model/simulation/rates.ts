import type { Choice } from './choice.ts';
import type { Place, Workload } from './workload.ts';

/**
 * By kind of task: the probability that one of its first commands up to this one fails. The place of the first
 * failure is the first whose entry is above a number drawn.
 */
export type Cumulative = readonly Float64Array[];

export interface Rates {
	readonly transient: Cumulative;
	/** Transient failures during an outage. */
	readonly outage: Cumulative;
	readonly permanent: Cumulative;
}

/** Failure rates of each command, such that all tasks together have the rates of the choice. */
export function ratesOf(workload: Workload, choice: Choice): Rates {
	const { transient_rate, permanent_rate, aim, outage_factor } = choice;
	const lucky = commandRate(workload, transient_rate, aim);
	const sound = commandRate(workload, permanent_rate, 1);
	const each = (rate: number, weight: number): Cumulative =>
		workload.kinds.map(({ places }) => cumulative(places, rate, weight));
	return {
		transient: each(lucky, aim),
		outage: workload.kinds.map(({ places }) => cumulative(places, lucky, aim, outage_factor)),
		permanent: each(sound, 1),
	};
}

const rateAt = (flagged: boolean, rate: number, aim: number): number =>
	Math.min(1, flagged ? rate * aim : rate);

function cumulative(places: readonly Place[], rate: number, aim: number, factor = 1): Float64Array {
	let good = 1;
	return Float64Array.from(places, ({ flagged }) => {
		good *= 1 - Math.min(1, rateAt(flagged, rate, aim) * factor);
		return 1 - good;
	});
}

/** Halvings of an interval of rates: more make no difference to a double. */
const HALVINGS = 60;

/**
 * The rate p of a command that is not flagged, such that 1 - (1-p)^u (1-aim p)^f, averaged over tasks with u
 * commands that are not flagged and f that are, is the rate wanted.
 */
export function commandRate(workload: Workload, wanted: number, aim: number): number {
	const tasks = new Float64Array(workload.kinds.length);
	for (const kind of workload.kindOf) tasks[kind] = (tasks[kind] ?? 0) + 1;
	const sizes = workload.kinds.map(({ places }) => {
		const flagged = places.filter((place) => place.flagged).length;
		return { flagged, others: places.length - flagged };
	});
	const rateFor = (rate: number): number => {
		let sum = 0;
		for (const [kind, { flagged, others }] of sizes.entries())
			sum +=
				(tasks[kind] ?? 0) * (1 - (1 - rate) ** others * (1 - rateAt(true, rate, aim)) ** flagged);
		return sum / workload.kindOf.length;
	};
	let low = 0;
	let high = 1;
	for (let halving = 0; halving < HALVINGS; halving++) {
		const middle = (low + high) / 2;
		if (rateFor(middle) < wanted) low = middle;
		else high = middle;
	}
	return high;
}

/** The first place whose entry is above the number drawn; -1: none. */
export function firstAbove(entries: Float64Array | undefined, drawn: number): number {
	if (entries === undefined) return -1;
	let high = entries.length - 1;
	if (!(drawn < (entries[high] ?? 0))) return -1;
	let low = 0;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (drawn < (entries[middle] ?? 0)) high = middle;
		else low = middle + 1;
	}
	return low;
}
