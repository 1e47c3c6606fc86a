/**
 * An agent's timers. Each says what it is for: in production a timer fires when its time has come,
 * in a simulation when an event says so.
 */
export interface Timers {
	/** Waits; `poll` between two questions for work, `retry` before a call is sent again. */
	sleep(duration_s: number, purpose: 'poll' | 'retry'): Sleep;
	/** Fires once, unless stopped: `deadline` of a call (M for a mark), or the `fence` F. */
	after(delay_s: number, purpose: 'deadline' | 'fence', action: () => void): Stop;
	/** Fires again and again until stopped. The action's promise settles when it is done with. */
	every(interval_s: number, purpose: 'beat', action: () => Promise<void>): Stop;
}

export type Stop = () => void;

export interface Sleep {
	readonly over: Promise<void>;
	/** Ends the sleep early. */
	readonly wake: () => void;
}
