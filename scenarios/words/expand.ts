import { z } from 'zod';
import { descriptorOf, type Event, KINDS } from '../../model/vocabulary/events/event.ts';
import { candidates } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { STORY_LENGTH } from '../../model/vocabulary/stories/token-text.ts';
import { sayEvent } from '../../reports/wording/event.ts';
import { stateOf } from '../../reports/wording/states.ts';
import { answering } from './exchange.ts';
import { WORDS } from './index.ts';
import type { Rehearsal } from './rehearsal.ts';
import { hostIn, type Part, type Subject, type Word } from './word.ts';

/** What is written behind a word: a name, its long form, or nothing. */
export const Said = z.union([z.string(), z.record(z.string(), z.unknown())]).optional();
export type Said = z.infer<typeof Said>;

/** The events that a word stands for, which have happened now; or why it is not possible. */
export type Expanded =
	| { readonly kind: 'events'; readonly events: readonly Event[] }
	| { readonly kind: 'impossible'; readonly message: string; readonly remedy: string };

/** Lets happen what a word stands for, on the story as far as it has come. */
export function expand(word: Word, said: Said, rehearsal: Rehearsal): Expanded {
	const { seen, setup } = rehearsal;
	const { host, task, ...keys } = typeof said === 'object' ? said : { [word.of]: said };
	const subjects = word
		.subjects(seen, setup)
		.filter((one) => (host ?? one.host) === one.host && (task ?? one.task) === one.task);
	const [subject, other] = subjects;
	const name = `"${word.word}${said === undefined ? '' : `: ${short(said)}`}"`;
	const impossible = (message: string, remedy = possibleIn(rehearsal)): Expanded => ({
		kind: 'impossible',
		message,
		remedy,
	});
	if (subject === undefined) {
		const now = stateOf(
			setup,
			seen,
			[task, host].flatMap((one) => (typeof one === 'string' ? [one] : [])),
		);
		return impossible(
			`${name} is not possible here, and the story ends: only while ${word.when}${now.length === 0 ? '' : `; now ${now.join(', ')}`}`,
		);
	}
	if (other !== undefined)
		return impossible(
			`${name} may be said of several here`,
			`write ${[...new Set(subjects.map((one) => `${word.word}: ${named(one, subjects, word.of)}`))].join(' or ')}`,
		);
	const events: Event[] = [];
	const stuck = play(word.events(subject, seen, keys), subject, rehearsal, events);
	const wrong = stuck ?? word.otherwise?.(subject, rehearsal.seen) ?? null;
	return wrong === null
		? { kind: 'events', events }
		: impossible(`${name} is not possible here, and the story ends: ${wrong}`);
}

/** Lets the parts happen; tells what is in the way. */
function play(
	parts: readonly Part[],
	subject: Subject,
	rehearsal: Rehearsal,
	events: Event[],
): string | null {
	for (const part of parts) {
		const stuck = playPart(part, subject, rehearsal, events);
		if (stuck !== null) return stuck;
	}
	return null;
}

function playPart(
	part: Part,
	subject: Subject,
	rehearsal: Rehearsal,
	events: Event[],
): string | null {
	const { host } = subject;
	switch (part.kind) {
		case 'exchange':
			return answer(host, part.route, rehearsal, events);
		case 'exchanges':
			for (;;) {
				const doing = hostIn(rehearsal.seen, host)?.doing;
				if (doing?.kind !== 'calling') return null;
				const stuck = answer(host, doing.route, rehearsal, events);
				if (stuck !== null) return stuck;
			}
		case 'to the end': {
			const execution = () => JSON.stringify(hostIn(rehearsal.seen, host)?.execution);
			const first = execution();
			while (execution() === first && events.length < STORY_LENGTH) {
				const stuck = play(part.parts, subject, rehearsal, events);
				if (stuck !== null) return stuck;
			}
			return null;
		}
		default:
			if (!rehearsal.happen(part)) return notPossible(part);
			events.push(part);
			return null;
	}
}

/** Why an event does not happen. */
export const notPossible = (event: Event): string =>
	`"${sayEvent(event)}" is possible only while ${descriptorOf(event.kind).when}`;

function answer(
	host: string,
	route: Parameters<typeof answering>[1],
	rehearsal: Rehearsal,
	events: Event[],
): string | null {
	const delivered = answering(host, route, rehearsal);
	events.push(...delivered);
	if (delivered.at(-1)?.kind === 'message-delivered' && !isWaiting(host, route, rehearsal))
		return null;
	return rehearsal.seen.server === 'down'
		? `the app server is down, so nobody answers the ${route} of ${host}`
		: `the ${route} of ${host} is in flight no more, so nobody answers it`;
}

/** Whether an answer is still to come. */
const isWaiting = (host: string, route: string, { seen }: Rehearsal): boolean =>
	seen.messages.some((one) => one.awaited && one.host === host && one.route === route);

/** What can be said instead: words with those they can be said of, and kinds of events. */
export function possibleIn({ seen, setup }: Rehearsal): string {
	const kinds = KINDS.filter((kind) => candidates(setup, seen, kind, () => 0).length > 0);
	const [faults = [], others = []] = [true, false].map((isFault) =>
		kinds.filter((kind) => descriptorOf(kind).isFault === isFault),
	);
	return `possible here: ${[...wordsIn(setup, seen), ...others].join(', ')}${faults.length === 0 ? '' : `; and faults: ${faults.join(', ')}`}`;
}

/** Words that can be said now, with those they can be said of. */
export const wordsIn = (setup: Setup, seen: Observation): string[] =>
	WORDS.flatMap((word) => {
		const subjects = word.subjects(seen, setup);
		return subjects.length === 0
			? []
			: [
					`${word.word}: ${[...new Set(subjects.map((one) => named(one, subjects, word.of)))].join(' or ')}`,
				];
	});

/** A subject, told from all others. */
function named(one: Subject, among: readonly Subject[], of: 'task' | 'host'): string {
	const name = of === 'task' && one.task !== null ? 'task' : 'host';
	const alike = among.filter((other) => other[name] === one[name]);
	if (alike.length > 1) return `{ task: ${one.task}, host: ${one.host} }`;
	return name === of ? String(one[name]) : `{ host: ${one.host} }`;
}

const short = (said: Exclude<Said, undefined>): string =>
	typeof said === 'string'
		? said
		: `{ ${Object.entries(said)
				.map(([key, value]) => `${key}: ${value}`)
				.join(', ')} }`;
