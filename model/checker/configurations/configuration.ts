import type { Bounds, Budget } from '../../vocabulary/bounds.ts';
import type { Setup } from '../../vocabulary/setup.ts';

/** A configuration of the checker: a setup, how far it is explored, and a sentence on what it covers. */
export interface Configuration {
	readonly name: string;
	readonly covers: string;
	readonly setup: Setup;
	readonly bounds: Bounds;
}

/** The budgets, in the order of their places. */
export const BUDGETS = [
	'losses',
	'repeats',
	'crashes',
	'deaths',
	'aborts',
	'restarts',
	'beats',
	'posts',
	'hours',
	'forgeries',
	'holds',
	'requests',
	'changes',
	'departures',
] as const satisfies readonly Budget[];

export const costOf = (budget: Budget): number => BUDGETS.indexOf(budget);
