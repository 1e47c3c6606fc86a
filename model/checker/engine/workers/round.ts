import type { Readable } from '../explore/expander.ts';
import type { Layout } from '../memory/layout.ts';

/** What a thread needs to expand states of one level; all arrays lie in memory that is shared. */
export interface Round {
	readonly tables: Readable;
	readonly layout: Layout;
	readonly words: Int32Array;
	readonly parents: Int32Array;
	readonly slots: Int32Array;
	readonly capacity: number;
	/** The states of the level: from here up to there. */
	readonly end: number;
	readonly control: Int32Array;
}

/** Places in `control`: the next state to be expanded, the next free place, and whether to stop. */
export const CURSOR = 0;
export const FREE = 1;
export const STOP = 2;

/** Reasons to stop a round before its end. */
export const INDEX_FULL = 1;
export const STATES_FULL = 2;
export const STOPPED = 3;
/** Only to tell how far it is; the round goes on afterwards. */
export const PAUSED = 4;
/** A thread ended before its time: what it began is never completed, and nobody waits for it. */
export const LOST = 5;

/** States that a thread takes at once, and free places that it takes at once. */
export const CHUNK = 128;

/** What a thread did in a round. */
export interface Report {
	readonly generated: number;
	readonly cut: number;
	/** States for which the tables lack something. */
	readonly deferred: readonly number[];
	readonly breaches: readonly { readonly state: number; readonly key: number }[];
	/** Free places that it took and did not fill: from here up to there. */
	readonly spare: readonly [number, number];
}
