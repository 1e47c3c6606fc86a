import type { Block } from '../../model/vocabulary/project.ts';
import type { Limits, LimitWatch, TimedOut } from '../host/time-limits.ts';

/** The time limits of the foreground command: they run out when told, and never by themselves. */
export class SteeredLimits implements Limits {
	#expired: ((outcome: TimedOut) => void) | null = null;

	watch(_block: Block, _idle_s: number, expired: (outcome: TimedOut) => void): LimitWatch {
		this.#expired = expired;
		return {
			heard: () => {},
			stop: () => {
				if (this.#expired === expired) this.#expired = null;
			},
		};
	}

	runOut(outcome: TimedOut): void {
		if (this.#expired === null) throw new Error('no command runs whose time could run out');
		this.#expired(outcome);
	}
}
