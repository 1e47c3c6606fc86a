import type { Event } from '../../vocabulary/event.ts';
import type { Setup } from '../../vocabulary/setup.ts';

type Of<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>;

/** What may happen at most so often in one run; 0 or absent: not at all. At most 7 of each. */
export interface Allowance {
	/** Messages lost, and copies of messages. */
	readonly losses?: number;
	readonly repeats?: number;
	/** Crashes of the app server: between two requests, and before or after the commit of each one. */
	readonly crashes?: number;
	/** Deaths of an agent; a dead one may return at any time. */
	readonly deaths?: number;
	readonly aborts?: number;
	/** Restarts by users, of the live execution and of the one before. */
	readonly restarts?: number;
	/** Heartbeats sent. */
	readonly beats?: number;
	/** Statuses posted on a host. */
	readonly posts?: number;
	/** Times at which one hour passes, for all or with one host cut off. */
	readonly hours?: number;
	/** Requests forged. */
	readonly forgeries?: number;
}

/** How far a configuration of the checker goes. Beside what is named here, a day may pass at any time. */
export interface Bounds extends Allowance {
	/** Most messages in flight. */
	readonly messages: number;
	/** How commands may end; without it, in every way that their block allows. */
	readonly outcomes?: readonly Of<'command-ends'>['outcome'][];
	/** What may be posted. */
	readonly posted?: readonly Of<'status-posted'>['posted'][];
	/** What may be forged. */
	readonly forged?: readonly Pick<Of<'request-forged'>, 'route' | 'credentials'>[];
	/** Whether an agent may give up a call that it still waits for. */
	readonly abandons?: boolean;
}

/** A configuration of the checker: a setup, how far it is explored, and a sentence on what it covers. */
export interface Configuration {
	readonly name: string;
	readonly covers: string;
	readonly setup: Setup;
	readonly bounds: Bounds;
}

/** The budgets, in the order of their places. */
export const BUDGETED = [
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
] as const satisfies readonly (keyof Allowance)[];

export type Budgeted = (typeof BUDGETED)[number];

export const costOf = (budgeted: Budgeted): number => BUDGETED.indexOf(budgeted);
