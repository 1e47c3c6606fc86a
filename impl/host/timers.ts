import type { Sleep, Stop, Timers } from '../ports/timers.ts';

/** The longest that Node can wait, in milliseconds. */
export const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** How fast time goes: 1 as written in the specification, 0.001 turns its seconds into milliseconds. */
export type Pace = number;

export const toMilliseconds = (duration_s: number, pace: Pace): number =>
	Math.min(duration_s * 1000 * pace, LONGEST_WAIT_MS);

/**
 * Timers of real time. Pauses have jitter: they last between half of what is asked for and all of
 * it, so that agents do not ask in step (lifecycle 4.4). Limits are exact.
 */
export class RealTimers implements Timers {
	readonly #pace: Pace;
	readonly #random: () => number;

	constructor(pace: Pace = 1, random: () => number = Math.random) {
		this.#pace = pace;
		this.#random = random;
	}

	sleep(duration_s: number): Sleep {
		let wake = (): void => {};
		const over = new Promise<void>((resolve) => {
			const jittered_s = duration_s * (0.5 + this.#random() / 2);
			const timer = setTimeout(resolve, toMilliseconds(jittered_s, this.#pace));
			wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
		return { over, wake: () => wake() };
	}

	after(delay_s: number, _purpose: 'deadline' | 'fence', action: () => void): Stop {
		const timer = setTimeout(action, toMilliseconds(delay_s, this.#pace));
		return () => clearTimeout(timer);
	}

	every(interval_s: number, _purpose: 'beat', action: () => Promise<void>): Stop {
		const timer = setInterval(() => void action(), toMilliseconds(interval_s, this.#pace));
		return () => clearInterval(timer);
	}
}
