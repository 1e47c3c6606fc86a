/** One choice of everything that a simulation assumes. Rates, shares and probabilities are in [0, 1]. */
export interface Choice {
	/** Probability that a run of a task meets a transient failure on an ordinary day, over all tasks. */
	readonly transient_rate: number;
	/** Probability that a task fails whenever it runs, over all tasks. */
	readonly permanent_rate: number;
	/** Probability that one restart clears a transient failure on an ordinary day. */
	readonly clearing: number;
	/** How many times likelier a flagged command is to fail for want of luck than another. */
	readonly aim: number;
	/** Share of days with an outage. */
	readonly outage_days: number;
	/** How many times likelier transient failures are during an outage. */
	readonly outage_factor: number;
	/** What `clearing` is during an outage. */
	readonly outage_clearing: number;
	readonly tasks_per_day: number;
	/** Slots of the project in 24 hours; 0 means not limited. */
	readonly daily_limit: number;
	/** How many times more tasks come in an hour of the working day than in another; null: as many to the task in each hour. */
	readonly peak: number | null;
	/** How long a run of a task takes. */
	readonly task_minutes: number;
}
