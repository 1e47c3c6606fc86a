import { descriptorOf, type Event, KINDS } from '../../model/vocabulary/events/event.ts';
import { candidates } from '../../model/vocabulary/events/possible.ts';
import { find, type MessageSelector } from '../../model/vocabulary/message.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { wordsIn } from '../words/expand.ts';
import { inOneLine } from './as-written.ts';
import { linesOf } from './lines.ts';

/** Most lines of one kind that are told. */
const EACH = 3;

/** What can happen now in place of an event that cannot: lines that can be written, and kinds of fault by their names. */
export function possibleHere(setup: Setup, seen: Observation, instead: Event): string {
	const kinds = [instead.kind, ...KINDS.filter((kind) => kind !== instead.kind)];
	const possible = kinds.map((kind) => ({
		kind,
		events: candidates(setup, seen, kind, () => 0),
		isFault: descriptorOf(kind).isFault && kind !== instead.kind,
	}));
	const lines = possible
		.filter(({ isFault }) => !isFault)
		.flatMap(({ events }) => {
			const all = new Set(
				events.flatMap((event) => linesOf([shortened(event, seen)], setup)).map(inOneLine),
			);
			const shown = [...all].slice(0, EACH).map((line) => line.replace(/^{ (.*) }$/, '$1'));
			return all.size > EACH ? [...shown, '…'] : shown;
		});
	const faults = possible.flatMap(({ kind, events, isFault }) =>
		isFault && events.length > 0 ? [kind] : [],
	);
	const all = [...wordsIn(setup, seen), ...lines];
	return `possible here: ${all.length === 0 ? 'nothing' : all.join(', ')}${faults.length === 0 ? '' : `; and faults: ${faults.join(', ')}`}`;
}

/** With a message by the shortest name that means it and no older one. */
function shortened(event: Event, { messages }: Observation): Event {
	if (!('message' in event) || event.message === undefined) return event;
	const full = event.message;
	const { leg, route, host, awaited } = full;
	const names: MessageSelector[] = [
		{ leg, route },
		...(host === undefined ? [] : [{ leg, route, host }]),
		...(host === undefined || awaited === undefined ? [] : [{ leg, route, host, awaited }]),
	];
	const meant = find(full, messages);
	return { ...event, message: names.find((name) => find(name, messages) === meant) ?? full };
}
