import type { Design } from '../../model/vocabulary/design.ts';
import type { Event, EventKind } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';

/**
 * A system on trial, behind the one interface that stories, properties and scenarios drive. It is
 * handed only events that are possible (`isPossible` over what was last seen); what it shows after
 * each must not depend on how it is built.
 */
export interface System {
	readonly name: string;
	/** The designs that it plays; all of them, unless told. */
	readonly designs?: readonly Design[];
	/** Kinds of event that it cannot let happen yet: no random story is told of them; none, unless told. */
	readonly cannot?: readonly EventKind[];
	/** Brings up a fresh system for the setup; runs do not share anything. */
	start(setup: Setup): Run | Promise<Run>;
	/** Frees what the system keeps from one run to the next, such as processes. */
	close?(): Promise<void>;
}

export interface Run {
	/** What was seen last; at first, what is seen before any event. */
	readonly seen: Observation;
	/** Lets the event happen, waits until everything is quiet, and tells what is seen. */
	apply(event: Event): Observation | Promise<Observation>;
	/** Frees what the run holds. */
	stop(): void | Promise<void>;
}
