import { HOURS } from './arrivals.ts';
import { type Estimate, ratioOf, shareOf } from './estimate.ts';

/** What is counted on each day. */
export const COUNTED = [
	'days',
	'tasks',
	/** First executions that failed, and those whose first failure was transient. */
	'failed',
	'transient',
	/** Tasks that ended red, without the flag and with it. */
	'red_without',
	'red_with',
	/** Marks that the quota was asked about, and those that it refused. */
	'marks',
	'refused',
	/** Automatic restarts, and those after which the task was red again. */
	'restarts',
	'wasted',
	/** Slots in use at the end of each hour, summed over the hours; and the hours. */
	'slots',
	'hours',
] as const;
export type Counted = (typeof COUNTED)[number];

/** What an hour of the day was like, over all days. */
export interface HourOfDay {
	readonly hour: number;
	readonly slots_in_use: Estimate;
	readonly refused: Estimate;
	/** Share of days on which no slot was free at the end of this hour. */
	readonly exhausted: number;
}

/** Counts by day, so that days can be the batches of which means and intervals are made. */
export class Tally {
	readonly #columns: ReadonlyMap<Counted, Float64Array>;
	/** By hour and day. */
	readonly #slots: readonly Float64Array[];
	readonly #refused: readonly Float64Array[];
	readonly #exhausted = new Uint32Array(HOURS);
	/** Days that are over. */
	days = 0;

	/** Room for so many days. */
	constructor(days: number) {
		this.#columns = new Map(COUNTED.map((name) => [name, new Float64Array(days)]));
		this.#slots = Array.from({ length: HOURS }, () => new Float64Array(days));
		this.#refused = Array.from({ length: HOURS }, () => new Float64Array(days));
	}

	column(name: Counted): Float64Array {
		const column = this.#columns.get(name);
		if (column === undefined) throw new RangeError(`nothing is counted as ${name}`);
		return column;
	}

	total(name: Counted): number {
		return this.column(name).reduce((sum, value) => sum + value, 0);
	}

	/** Adds to what was counted on the day at hand. */
	add(name: Counted, value: number): void {
		const column = this.column(name);
		column[this.days] = (column[this.days] ?? 0) + value;
	}

	/** An hour of the day at hand is over. */
	hourIsOver(hour: number, slots: number, refused: number, exhausted: boolean): void {
		const slotsOfHour = this.#slots[hour];
		const refusedOfHour = this.#refused[hour];
		if (slotsOfHour === undefined || refusedOfHour === undefined)
			throw new RangeError(`a day has no hour ${hour}`);
		slotsOfHour[this.days] = slots;
		refusedOfHour[this.days] = refused;
		if (exhausted) this.#exhausted[hour] = (this.#exhausted[hour] ?? 0) + 1;
		this.add('slots', slots);
		this.add('hours', 1);
	}

	dayIsOver(): void {
		this.add('days', 1);
		this.days++;
	}

	/** The share of one thing in another. */
	share(upper: Counted, lower: Counted): Estimate {
		return shareOf(this.column(upper), this.column(lower), this.days);
	}

	/** How many of one thing come with one of another, and the standard error. */
	ratio(upper: Counted, lower: Counted): { readonly estimate: Estimate; readonly error: number } {
		const found = ratioOf(this.column(upper), this.column(lower), this.days);
		return found ?? { estimate: { mean: 0, low: 0, high: 0 }, error: 0 };
	}

	byHour(): HourOfDay[] {
		const days = this.column('days');
		return this.#slots.map((slots, hour) => ({
			hour,
			slots_in_use: ofDay(slots, days, this.days),
			refused: ofDay(this.#refused[hour] ?? new Float64Array(0), days, this.days),
			exhausted: this.days === 0 ? 0 : (this.#exhausted[hour] ?? 0) / this.days,
		}));
	}
}

function ofDay(values: Float64Array, ones: Float64Array, days: number): Estimate {
	const found = ratioOf(values, ones, days)?.estimate ?? { mean: 0, low: 0, high: 0 };
	return { ...found, low: Math.max(0, found.low) };
}
