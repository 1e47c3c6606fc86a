import type { ViolationEvidence } from '../evidence/check-evidence.ts';
import type { NarratedStory } from '../evidence/narrated-story.ts';
import type { SeenFirst } from '../evidence/seen-first.ts';
import { plural } from './figures.ts';

/** What stands in the place of the command that replays a story, and of its drawing. */
export const NO_TOKEN = 'the token of this story is too large to show';
export const NOT_DRAWN = 'This story is not drawn here; the command shows it.';

/** What comes between what is missing and the command that makes it. */
export const MISSING = 'No number is shown in its place. This makes it:';

/** Something wrong in a line: what is broken, in how many events, where that was found, and how it is broken. */
export const sayFound = ({
	what,
	events,
	where,
	sentence,
}: {
	readonly what: string;
	readonly events: number;
	readonly where: string;
	readonly sentence: string | null;
}): string => `${what} in ${plural(events, 'event')} (${where}): ${sentence ?? ''}`;

/** What was seen before the promise fell, in another story. */
export const sayFirstSeen = ({ sentence, events, stories }: SeenFirst): string =>
	`seen first as a difference in ${plural(events, 'event')}: ${sentence}; the promise fell within ${plural(stories, 'more story')}`;

/** What a story begins with, and whose observations it tells. */
export const saySetup = ({ setup, system }: Pick<NarratedStory, 'setup' | 'system'>): string =>
	`${setup} Seen on: ${system}.`;

/** How many events a drawing leaves out. */
export const sayLeftOut = (events: number, which = ''): string =>
	`${plural(events, 'more event')}${which} ${events === 1 ? 'is' : 'are'} not drawn.`;

/** Where the checker found it: the configuration of the story, and which others break the promise too. */
export const sayChecked = ([first = '', ...others]: readonly string[]): string =>
	`checker, configuration ${first}${others.length === 0 ? '' : `; also in ${others.join(', ')}`}`;

/** When it was too late for a promise; null: it was not found out. */
export function sayLate({
	events,
	unavoidable,
}: Pick<ViolationEvidence, 'events' | 'unavoidable'>): string | null {
	if (unavoidable === null) return null;
	if (unavoidable === 0) return 'it cannot be avoided';
	return unavoidable === events
		? 'it could be avoided until the last event'
		: `it could not be avoided after event ${unavoidable}`;
}

/** What follows after a story that leaves something owed: what goes on, or nothing. */
export const FOR_EVER = 'then for ever';
export const NOTHING_MORE = 'then nothing happens any more';

/** The same as a sentence of its own. */
export const sentence = (words: string): string =>
	`${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?:]$/.test(words) ? '' : '.'}`;
