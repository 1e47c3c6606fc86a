import { NARROWER } from '../../model/guarantees/situations.ts';
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

/** So often at the least each situation that is narrower than a half stands among the ways of which one is drawn. */
export const AT_LEAST = 8;

/** Each way once, and those to where faults were found to hide again and again, in turn. */
function weighted(ways: readonly Way[]): readonly Way[] {
	const again = NARROWER.flatMap(({ name }) => {
		const to = ways.filter(({ near }) => near.includes(name));
		const inTurn = Array.from({ length: AT_LEAST }, () => to).flat();
		return inTurn.slice(to.length, Math.max(to.length, AT_LEAST));
	});
	return [...ways, ...again];
}

let known: readonly Way[] | null = null;

/** All ways that are kept, of events that can be let happen, as often as each is to be drawn. */
export function waysWithout(cannot: readonly EventKind[] = []): readonly Way[] {
	known ??= weighted(KEPT.map(wayOf));
	if (cannot.length === 0) return known;
	return known.filter(({ events }) => !events.some(({ kind }) => cannot.includes(kind)));
}

/** Those of events that all of the systems can let happen. */
export const waysFor = (systems: readonly Pick<System, 'cannot'>[]): readonly Way[] =>
	waysWithout(systems.flatMap(({ cannot = [] }) => cannot));
