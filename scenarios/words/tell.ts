import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { expand, type Said } from './expand.ts';
import { WORDS } from './index.ts';
import { Rehearsal } from './rehearsal.ts';
import type { Subject, Word } from './word.ts';

/** A word that tells the next so many events of a story. */
export interface Telling {
	readonly word: string;
	readonly said: Exclude<Said, undefined>;
	readonly events: number;
}

/**
 * The word that tells most of the next events of a story, exactly those that it stands for; undefined where there is
 * none for more than one of them.
 * @param at how many events have had their turn.
 */
export function tellingAt(
	events: readonly Event[],
	at: number,
	setup: Setup,
	most = events.length - at,
	atLeast = 2,
): Telling | undefined {
	const next = events[at];
	if (next === undefined) return undefined;
	const before = (): Rehearsal => {
		const rehearsal = new Rehearsal(setup);
		for (const event of events.slice(0, at)) rehearsal.happen(event);
		return rehearsal;
	};
	const { seen } = before();
	let longest: Telling | undefined;
	for (const word of WORDS) {
		const subjects = word.subjects(seen, setup);
		for (const subject of subjects) {
			const [first] = word.events(subject, seen, {});
			if (first === undefined || !mayBegin(first, next)) continue;
			const said = nameOf(word, subject, subjects);
			const expanded = expand(word, said, before());
			if (expanded.kind !== 'events' || expanded.events.length > most) continue;
			const { length } = expanded.events;
			if (length <= Math.max(longest?.events ?? 0, atLeast - 1)) continue;
			if (same(expanded.events, events.slice(at, at + length)))
				longest = { word: word.word, said, events: length };
		}
	}
	return longest;
}

const same = (one: unknown, other: unknown): boolean =>
	JSON.stringify(one) === JSON.stringify(other);

/** Cheap: whether the event may be the first of this part. */
function mayBegin(part: ReturnType<Word['events']>[number], event: Event): boolean {
	if (part.kind === 'exchange' || part.kind === 'exchanges')
		return event.kind === 'message-delivered';
	if (part.kind === 'to the end') return part.parts.some((one) => mayBegin(one, event));
	return same(part, event);
}

/** The name of a subject by which nobody else is meant. */
function nameOf(word: Word, { host, task }: Subject, among: readonly Subject[]): Telling['said'] {
	const byName = among.filter((one) => one[word.of] === (word.of === 'task' ? task : host));
	const name = word.of === 'task' ? task : host;
	if (name !== null && byName.length === 1) return name;
	return task === null ? { host } : { task, host };
}
