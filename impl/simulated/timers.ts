import type { Sleep, Stop, Timers } from '../ports/timers.ts';

const NOTHING = (): void => {};
const OVER: Sleep = { over: Promise.resolve(), wake: NOTHING };

/** The timers of one agent. They fire when an event says so; a pause between two attempts takes no time. */
export class SimulatedTimers implements Timers {
	/** Heartbeats that are not done with. */
	beats = 0;
	#wake: (() => void) | null = null;
	#deadline: (() => void) | null = null;
	#fence: (() => void) | null = null;
	#beat: (() => Promise<void>) | null = null;

	/** Whether the agent sleeps until it is time to ask for work. */
	get isPolling(): boolean {
		return this.#wake !== null;
	}

	/** Whether the agent sleeps, and nothing else may wake it. */
	get isBare(): boolean {
		return (
			this.isPolling &&
			this.beats === 0 &&
			this.#deadline === null &&
			this.#fence === null &&
			this.#beat === null
		);
	}

	sleep(_duration_s: number, purpose: 'poll' | 'retry'): Sleep {
		if (purpose === 'retry') return OVER;
		const over = new Promise<void>((resolve) => {
			this.#wake = resolve;
		});
		return { over, wake: () => this.poll() };
	}

	after(_delay_s: number, purpose: 'deadline' | 'fence', action: () => void): Stop {
		if (purpose === 'deadline') {
			this.#deadline = action;
			return () => {
				this.#deadline = null;
			};
		}
		this.#fence = action;
		return () => {
			this.#fence = null;
		};
	}

	every(_interval_s: number, _purpose: 'beat', action: () => Promise<void>): Stop {
		this.#beat = action;
		return () => {
			this.#beat = null;
		};
	}

	/** It is time to ask for work. */
	poll(): void {
		const wake = this.#wake;
		this.#wake = null;
		wake?.();
	}

	/** The call that is waited for has taken too long. */
	reachDeadline(): void {
		this.#deadline?.();
	}

	/** No heartbeat was accepted for too long. */
	reachFence(): void {
		this.#fence?.();
	}

	/** It is time for a heartbeat. */
	beat(): void {
		if (this.#beat === null) return;
		this.beats++;
		this.#beat().finally(() => {
			this.beats--;
		});
	}
}
