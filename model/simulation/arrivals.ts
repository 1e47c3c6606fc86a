import type { Choice } from './choice.ts';
import type { Draws } from './draws.ts';

export const HOURS = 24;
/** The working day, by the server's clock. */
const OPENS = 9;
const CLOSES = 17;

/** Sets how many tasks come in each hour of a day: all of `tasks_per_day`, each in an hour drawn for it. */
export class Arrivals {
	readonly byHour = new Uint32Array(HOURS);
	readonly #tasks: number;
	/** Null: as many to the task in each hour. */
	readonly #cumulative: Float64Array | null;

	constructor({ tasks_per_day, peak }: Pick<Choice, 'tasks_per_day' | 'peak'>) {
		this.#tasks = tasks_per_day;
		if (peak === null) {
			this.#cumulative = null;
			return;
		}
		const weights = Array.from({ length: HOURS }, (_, hour) =>
			hour >= OPENS && hour < CLOSES ? peak : 1,
		);
		const whole = weights.reduce((sum, weight) => sum + weight, 0);
		let sum = 0;
		this.#cumulative = Float64Array.from(weights, (weight) => {
			sum += weight;
			return sum / whole;
		});
	}

	draw(draws: Draws): void {
		const { byHour } = this;
		if (this.#cumulative === null) {
			byHour.fill(Math.floor(this.#tasks / HOURS));
			return;
		}
		byHour.fill(0);
		for (let task = 0; task < this.#tasks; task++) {
			const drawn = draws.next();
			let hour = 0;
			while (hour < HOURS - 1 && drawn >= (this.#cumulative[hour] ?? 1)) hour++;
			byHour[hour] = (byHour[hour] ?? 0) + 1;
		}
	}
}
