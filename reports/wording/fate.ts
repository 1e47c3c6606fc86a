import type { ViolationEvidence } from '../evidence/check-evidence.ts';

/** What stands in the place of the command that replays a story. */
export const NO_TOKEN = 'the story is too large for a token';

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
