/** Fewest days that a simulation can be asked for, and most tasks: intervals need several batches, and time is finite. */
export const FEWEST_DAYS = 10;
export const MOST_TASKS = 100_000_000;
