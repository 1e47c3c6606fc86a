import type { Sleep, Stop, Timers } from '../ports/timers.ts';

const NOTHING = (): void => {};
const OVER: Sleep = { over: Promise.resolve(), wake: NOTHING };

/** A timer that runs, by the clock of its agent. */
interface Running {
	readonly since_s: number;
	readonly due_s: number;
	readonly action: () => void;
}

/** A timer that fires again and again. */
interface Beating {
	readonly interval_s: number;
	readonly action: () => Promise<void>;
	due_s: number;
}

/**
 * The timers of one agent, by a clock that stands still until time passes. An event that tells of one timer alone lets it
 * fire as if its time had come; a pause between two attempts takes no time.
 */
export class SimulatedTimers implements Timers {
	/** Heartbeats that are not done with. */
	beats = 0;
	#now_s = 0;
	/** The time that passed last, of a host that is not cut off: what its agent does because of it, it does early in it. */
	#passed_s = 0;
	#wake: (() => void) | null = null;
	#deadline: Running | null = null;
	#fence: Running | null = null;
	#beat: Beating | null = null;

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

	/** Whether the time for a heartbeat has come. */
	get isBeatDue(): boolean {
		return this.#beat !== null && this.#beat.due_s <= this.#now_s;
	}

	/** For how long the fence has been up; 0 where there is none. */
	get fenced_s(): number {
		return this.#fence === null ? 0 : this.#now_s - this.#fence.since_s;
	}

	sleep(_duration_s: number, purpose: 'poll' | 'retry'): Sleep {
		if (purpose === 'retry') return OVER;
		const over = new Promise<void>((resolve) => {
			this.#wake = resolve;
		});
		return { over, wake: () => this.poll() };
	}

	after(delay_s: number, purpose: 'deadline' | 'fence', action: () => void): Stop {
		const timer = { since_s: this.#now_s, due_s: this.#now_s + delay_s, action };
		if (purpose === 'deadline') this.#deadline = timer;
		else this.#fence = timer;
		const isRunning = (): boolean => this.#deadline === timer || this.#fence === timer;
		// What takes no time is over before anything else happens.
		if (delay_s <= 0) queueMicrotask(() => isRunning() && action());
		return () => {
			if (this.#deadline === timer) this.#deadline = null;
			if (this.#fence === timer) this.#fence = null;
		};
	}

	every(interval_s: number, _purpose: 'beat', action: () => Promise<void>): Stop {
		this.#beat = { interval_s, action, due_s: this.#now_s - this.#passed_s + interval_s };
		return () => {
			this.#beat = null;
		};
	}

	/**
	 * Time passes: what is due fires. Heartbeats are another matter: of a host that is `cutOff` none is accepted, of any
	 * other those that are due keep the fence from firing. Tells whether the fence fired.
	 */
	pass(duration_s: number, cutOff: boolean): boolean {
		this.#now_s += duration_s;
		this.#passed_s = cutOff ? 0 : duration_s;
		const isHeard = !cutOff && (this.#beat === null || this.isBeatDue);
		const fence = isHeard ? null : this.#fence;
		if (fence !== null && fence.due_s <= this.#now_s) {
			fence.action();
			return true;
		}
		if (this.#deadline !== null && this.#deadline.due_s <= this.#now_s) this.#deadline.action();
		return false;
	}

	/** It is time to ask for work. */
	poll(): void {
		const wake = this.#wake;
		this.#wake = null;
		wake?.();
	}

	/** The call that is waited for has taken too long. */
	reachDeadline(): void {
		this.#deadline?.action();
	}

	/** It is time for a heartbeat. */
	beat(): void {
		this.#passed_s = 0;
		if (this.#beat === null) return;
		this.#beat.due_s = this.#now_s + this.#beat.interval_s;
		this.beats++;
		this.#beat.action().finally(() => {
			this.beats--;
		});
	}
}
