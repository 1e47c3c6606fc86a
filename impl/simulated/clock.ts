import type { Clock } from '../ports/clock.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The minute of a moment on the simulated clock. */
export const minuteOf = (moment_ms: number): number => Math.floor(moment_ms / MINUTE_MS);

/** The app server's clock: it stands still until time passes. */
export class SimulatedClock implements Clock {
	#now_ms = 0;

	now_ms(): number {
		return this.#now_ms;
	}

	putBack(now_ms: number): void {
		this.#now_ms = now_ms;
	}

	pass(hours: number): void {
		this.#now_ms += hours * HOUR_MS;
	}

	passMinutes(minutes: number): void {
		this.#now_ms += minutes * MINUTE_MS;
	}
}
