import type { Event } from '../../model/vocabulary/events/event.ts';
import { sayChanges } from '../wording/changes.ts';
import { sayEvent } from '../wording/event.ts';
import { choices, type Group, groupOf } from './choices.ts';
import type { Exploration, Point } from './exploration.ts';
import { inWords } from './lights.ts';

/** What can happen next, and what it would do. */
export interface Foreseen {
	readonly event: Event;
	readonly words: string;
	readonly group: Group;
	/** What it would change, a sentence each. */
	readonly changes: readonly string[];
	/** Promises that it would put to the test for the first time. */
	readonly tests: readonly string[];
	/** Promises that it would break, and how. */
	readonly breaks: readonly Broken[];
}

/** A promise that an event breaks. */
export interface Broken {
	readonly id: string;
	readonly name: string;
	readonly sentence: string;
}

/** All that can happen at a point, with what each would do. */
export function foresee(exploration: Exploration, point: Point): readonly Foreseen[] {
	const { setup } = exploration;
	return choices(setup, point.seen).map((event) => {
		const after = exploration.after(point, event);
		return {
			event,
			words: sayEvent(event),
			group: groupOf(event.kind),
			changes: sayChanges(setup, point.seen, after.seen),
			tests: after.judged.flatMap(({ guarantee, exercised }, place) =>
				exercised > 0 && point.judged[place]?.exercised === 0
					? [`${inWords(guarantee)} (${guarantee.id})`]
					: [],
			),
			breaks: brokenAt(after),
		};
	});
}

/** The promises that the event of a point broke. */
export const brokenAt = ({ before, judged }: Point): readonly Broken[] =>
	judged.flatMap(({ guarantee, broken }, place) =>
		broken !== null && before?.judged[place]?.broken === null
			? [{ id: guarantee.id, name: inWords(guarantee), sentence: broken }]
			: [],
	);
