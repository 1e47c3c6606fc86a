import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { expand, type Said } from '../words/expand.ts';
import { WORDS } from '../words/index.ts';
import { Rehearsal } from '../words/rehearsal.ts';
import type { Subject, Word } from '../words/word.ts';
import { linesOf, type StoryLine } from './lines.ts';

/** A word that stands for the next so many events of a story. */
interface Telling {
	readonly line: StoryLine;
	readonly events: number;
}

/**
 * The lines that tell these events, in words where the next events are exactly those that one stands for. Each command
 * keeps a line of its own.
 */
export function inWords(events: readonly Event[], setup: Setup): StoryLine[] {
	const lines: StoryLine[] = [];
	const rehearsal = new Rehearsal(setup);
	/** Events that no word tells. */
	let plain: Event[] = [];
	for (let at = 0; at < events.length; ) {
		const telling = tellingAt(events, at, rehearsal);
		const told = events.slice(at, at + (telling?.events ?? 1));
		if (telling === undefined) plain.push(...told);
		else {
			lines.push(...linesOf(plain, setup), telling.line);
			plain = [];
		}
		for (const event of told) rehearsal.happen(event);
		at += told.length;
	}
	return [...lines, ...linesOf(plain, setup)];
}

/** The word that tells most of the next events. */
function tellingAt(
	events: readonly Event[],
	at: number,
	{ seen, setup }: Rehearsal,
): Telling | undefined {
	let longest: Telling | undefined;
	for (const word of WORDS) {
		const subjects = word.subjects(seen, setup);
		for (const subject of subjects) {
			const [first] = word.events(subject, seen, {});
			if (!same(first, events[at])) continue;
			const said = nameOf(word, subject, subjects);
			const rehearsal = new Rehearsal(setup);
			for (const event of events.slice(0, at)) rehearsal.happen(event);
			const expanded = expand(word, said, rehearsal);
			if (expanded.kind !== 'events') continue;
			const { length } = expanded.events;
			if (length > (longest?.events ?? 0) && same(expanded.events, events.slice(at, at + length)))
				longest = { line: { [word.word]: said }, events: length };
		}
	}
	return longest;
}

const same = (one: unknown, other: unknown): boolean =>
	JSON.stringify(one) === JSON.stringify(other);

/** The shortest name of a subject by which nobody else is meant. */
function nameOf(
	word: Word,
	{ host, task }: Subject,
	among: readonly Subject[],
): Exclude<Said, undefined> {
	const name = word.of === 'task' ? task : host;
	if (name !== null && among.filter((one) => one[word.of] === name).length === 1) return name;
	return task === null ? { host } : { task, host };
}
