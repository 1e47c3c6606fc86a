import type { Clock } from '../ports/clock.ts';

/** A clock that stands still until it is set. */
export class SteeredClock implements Clock {
	#now_ms = 0;

	now_ms(): number {
		return this.#now_ms;
	}

	set(now_ms: number): void {
		this.#now_ms = now_ms;
	}
}
