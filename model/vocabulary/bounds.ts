import type { CommandOutcome, Exit, PostedStatus } from './command.ts';
import type { Credentials } from './credentials.ts';
import type { Route } from './message.ts';
import type { PolicyInForce } from './setup.ts';

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
	/** What users ask for what is not finished yet, and for whole versions: restarts when finished, aborts of a version. */
	readonly requests?: number;
	/** Heartbeats sent. */
	readonly beats?: number;
	/** Statuses posted on a host. */
	readonly posts?: number;
	/** Times at which one hour passes, for all or with one host cut off. */
	readonly hours?: number;
	/** Requests forged. */
	readonly forgeries?: number;
	/** Handlers held. */
	readonly holds?: number;
	/** Changes of the policy. */
	readonly changes?: number;
	/** Hosts taken away. */
	readonly departures?: number;
}

/** What an event may cost the checker one of. */
export type Budget = keyof Allowance;

/** How far a configuration of the checker goes. Beside what is named here, a day may pass at any time. */
export interface Bounds extends Allowance {
	/** Most messages in flight. */
	readonly messages: number;
	/** How commands may end; without it, in every way that their block allows. */
	readonly outcomes?: readonly CommandOutcome[];
	/** How the processes of commands that fail may end; without it, nothing is told of that. */
	readonly exits?: readonly Exit[];
	/** What may be posted. */
	readonly posted?: readonly PostedStatus[];
	/** What may be forged. */
	readonly forged?: readonly {
		readonly route: Exclude<Route, 'next'>;
		readonly credentials: Credentials;
	}[];
	/** What the policy may be changed to: what is not named stays as in the setup. */
	readonly policies?: readonly Partial<PolicyInForce>[];
	/** How many hours may pass at once, for one of `hours`; without it, one. */
	readonly stretches?: readonly number[];
	/** For how many minutes a host may be cut off, for one of `hours`; without it, an hour. */
	readonly cuts?: readonly number[];
	/** Whether an agent may give up a call that it still waits for. */
	readonly abandons?: boolean;
	/** Time stands still: no day passes either, and nobody who waits for an answer asks again. */
	readonly still?: boolean;
}
