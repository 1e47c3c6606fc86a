import type { Observation } from '../observation.ts';
import type { Setup } from '../setup.ts';
import { descriptorOf, type Event, type EventKind } from './event.ts';

/** Whether an event can happen now. What cannot is skipped, on every system alike. */
export const isPossible = (setup: Setup, seen: Observation, event: Event): boolean =>
	descriptorOf(event.kind).possible(event, seen, setup);

/**
 * The events of one kind that are possible now, each with one representative choice of free
 * values left to `pick` (a number in [0, 1) each time it is asked).
 */
export const candidates = (
	setup: Setup,
	seen: Observation,
	kind: EventKind,
	pick: () => number,
): Event[] =>
	descriptorOf(kind)
		.propose(seen, setup, pick)
		.filter((event) => isPossible(setup, seen, event));
