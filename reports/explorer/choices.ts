import type { Bounds } from '../../model/vocabulary/bounds.ts';
import { Credentials } from '../../model/vocabulary/credentials.ts';
import {
	descriptorOf,
	type Event,
	type EventKind,
	KINDS,
} from '../../model/vocabulary/events/event.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import { Route } from '../../model/vocabulary/message.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { entranceOf, type Setup } from '../../model/vocabulary/setup.ts';

/** Whose doing an event is, as a reader looks for it. */
export const GROUPS = ['work', 'network', 'users', 'time', 'faults', 'overlap'] as const;
export type Group = (typeof GROUPS)[number];

const VALUES = [0, 0.3, 0.6, 0.9];

/** What is chosen of values that are free: each of four at any choice, and a small one at the first one only: what is rare is told by that. */
const PICKS: readonly (() => () => number)[] = [
	...VALUES.map((value) => () => () => value),
	...[0, 0.1].flatMap((first) =>
		VALUES.map((others) => () => {
			let next = first;
			return () => {
				const value = next;
				next = others;
				return value;
			};
		}),
	),
];

/** What processes may post that makes a difference. */
const POSTED = [
	{ status: 'success', should_continue: false },
	{ status: 'failed', should_continue: false },
	{ status: 'failed', type: 'setup', should_continue: true },
	{ status: 'banana', should_continue: false },
] as const;
const FORWARDED = { status: 'failed', should_continue: false, retryable: true } as const;

/** All that may be tried, however little it is worth to a checker. */
const boundsOf = (setup: Setup): Bounds => ({
	messages: Number.POSITIVE_INFINITY,
	posted: entranceOf(setup).forwards ? [FORWARDED, ...POSTED] : POSTED,
	forged: Route.exclude(['next']).options.flatMap((route) =>
		Credentials.options.map((credentials) => ({ route, credentials })),
	),
	abandons: true,
});

/** Every event of a kind that is possible now, each once; of free values, a few. */
function choicesOf(setup: Setup, seen: Observation, kind: EventKind): readonly Event[] {
	const { explored, propose } = descriptorOf(kind);
	const all = [
		...(typeof explored === 'function' ? explored(seen, setup, boundsOf(setup)) : []),
		...(kind === ANYTHING ? [] : PICKS.flatMap((pick) => propose(seen, setup, pick()))),
	];
	const by = new Map(all.map((event) => [keyOf(event), event]));
	return [...by.values()].filter((event) => isPossible(setup, seen, event));
}

/** A process may post anything: of that what makes a difference is offered, and nothing drawn. */
const ANYTHING = 'status-posted' satisfies EventKind;

/** Of each way to write an event the one that is always the same: a search asks for the same few ones all the time. */
const KEYS = new Map<string, string>();

/** The same for the same event, whatever the order of its keys. */
function keyOf(event: Event): string {
	const written = JSON.stringify(event);
	const known = KEYS.get(written);
	if (known !== undefined) return known;
	const key = JSON.stringify(Object.entries(event).sort());
	KEYS.set(written, key);
	return key;
}

/** Every event that is possible now. */
export const choices = (setup: Setup, seen: Observation): Event[] =>
	KINDS.flatMap((kind) => choicesOf(setup, seen, kind));

export function groupOf(kind: EventKind): Group {
	const { by, isFault } = descriptorOf(kind);
	if (isFault) return 'faults';
	switch (by) {
		case 'agent':
			return 'work';
		case 'network':
			return 'network';
		case 'user':
			return 'users';
		case 'server':
			if (kind === 'held') return 'overlap';
			return kind === 'monitor-runs' ? 'time' : 'work';
		case 'stranger':
			return 'faults';
		case 'time':
			return 'time';
	}
}
