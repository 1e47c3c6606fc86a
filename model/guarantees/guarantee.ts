import type { Event } from '../vocabulary/events/event.ts';
import type { Observation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';

/** One step of a story, as a judge sees it. */
export interface Moment {
	readonly setup: Setup;
	readonly before: Observation;
	readonly event: Event;
	readonly after: Observation;
	/** Of what a user asks of a version, where it is held: the places of the tasks that it comes to now; absent: it comes to all. */
	readonly part?: readonly number[];
	/** Where something that is held goes on: its place among what was in hand. */
	readonly handler?: number;
}

/** A half of a guarantee, and what has to be seen for it to have been put to the test: its witness. */
export interface Half {
	/** Within its guarantee. */
	readonly name: string;
	readonly sentence: string;
	/** Which of the moments at which the guarantee was exercised are meant; all of them, unless told. */
	readonly at?: (moment: Moment) => boolean;
}

/** What a judge says of a moment. */
export interface Ruling<Memory> {
	readonly memory: Memory;
	/** The guarantee was put to the test here: an implementation without it could have failed. */
	readonly exercised: boolean;
	/** Null, or one sentence that says what was promised and what was seen instead. */
	readonly broken: string | null;
}

/**
 * A guarantee of the spec, judged step by step over observations. A judge is pure: everything it
 * has to remember is in `Memory`, small and immutable, so that a checker can carry it along.
 */
export interface Guarantee<Memory = unknown> {
	/** Id in the spec, such as S1, L1 or C1. */
	readonly id: string;
	/** Name in the spec; the file is named after it. */
	readonly name: string;
	readonly kind: 'safety' | 'liveness' | 'configuration';
	/** The promise, in plain words. */
	readonly statement: string;
	/** When each half of it is exercised: what must have been seen before "holds" says anything. */
	readonly witness: readonly Half[];
	/** What a liveness guarantee assumes; null for the others. */
	readonly fairness: string | null;
	begin(setup: Setup, first: Observation): Memory;
	/** Null says: nothing to say, nothing to remember anew. */
	step(memory: Memory, moment: Moment): Ruling<Memory> | null;
	/** The same memory, told by a clock that began so many minutes later; for those that remember minutes. */
	rebase?(memory: Memory, minutes: number): Memory;
	/**
	 * What is still owed to somebody now, as one sentence, or null. When a story has come to rest under
	 * the stated fairness, whatever is still owed is a violation.
	 */
	owed?(memory: Memory, setup: Setup, seen: Observation): string | null;
}
