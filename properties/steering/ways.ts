import type { Event, EventKind } from '../../model/vocabulary/events/event.ts';
import { fromToken, type Story } from '../../model/vocabulary/stories/story.ts';
import type { System } from '../systems/system.ts';
import { KEPT } from './kept.ts';

/** Events that lead to where one more puts a situation to the test. */
export interface Way extends Story {
	/** Names of the situations that are near. */
	readonly near: readonly string[];
	/** The event that reaches them; a walk may take another one. */
	readonly then: Event;
}

function wayOf([token, ...near]: (typeof KEPT)[number]): Way {
	const { setup, events } = fromToken(token);
	const then = events.at(-1);
	if (then === undefined) throw new RangeError('a way without events');
	return { setup, events: events.slice(0, -1), near, then };
}

let known: readonly Way[] | null = null;

/** All ways that are kept, of events that can be let happen. */
export function waysWithout(cannot: readonly EventKind[] = []): readonly Way[] {
	known ??= KEPT.map(wayOf);
	if (cannot.length === 0) return known;
	return known.filter(({ events }) => !events.some(({ kind }) => cannot.includes(kind)));
}

/** Those of events that all of the systems can let happen. */
export const waysFor = (systems: readonly Pick<System, 'cannot'>[]): readonly Way[] =>
	waysWithout(systems.flatMap(({ cannot = [] }) => cannot));
