import type { Clock } from '../ports/clock.ts';

const HOUR_MS = 3_600_000;

/** The hour of a moment on the simulated clock. */
export const hourOf = (moment_ms: number): number => Math.floor(moment_ms / HOUR_MS);

/** The app server's clock: it stands still until hours pass. */
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
}
