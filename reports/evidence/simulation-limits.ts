/** Fewest days that a simulation can be asked for, and most tasks: intervals need several batches, and time is finite. */
export const FEWEST_DAYS = 10;
export const MOST_TASKS = 100_000_000;

/** Shares of transient failures along which it is looked where the flag begins to pay. */
export const SWEPT_SHARES: readonly number[] = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1];

/** Minutes of a person that a red task may cost, for which it is told from where on the flag pays. */
export const TRIAGE_MINUTES: readonly number[] = [1, 2, 5, 10, 20, 30];

/** Figures that arithmetic foretells. */
export const CLOSED_FORMS = 9;

/** Points of a sweep look at a part of the days, as they are many and all meet the same luck. */
export const daysOfSweep = (days: number): number => Math.max(FEWEST_DAYS, Math.ceil(days / 2));
