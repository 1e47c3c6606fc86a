import { z } from 'zod';
import type { Only } from '../../model/vocabulary/events/descriptor.ts';
import {
	descriptorOf,
	type Event,
	type EventKind,
	KINDS,
} from '../../model/vocabulary/events/event.ts';
import { Route } from '../../model/vocabulary/message.ts';
import { Name } from '../../model/vocabulary/project.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { strictKeys } from '../../model/vocabulary/strict-keys.ts';
import type { Call } from '../words/exchange.ts';
import { Said } from '../words/expand.ts';
import { WORDS, wordNamed } from '../words/index.ts';
import type { Word } from '../words/word.ts';
import { ExpectationLine } from './expectations.ts';

/**
 * One line of a story. Each is one event of the vocabulary, named by its kind, with short forms for
 * the value; `host` and `task` may be left out where there is only one. A word (`scenarios/words/`) stands for several
 * events, and so does `exchange`, which delivers a request and then its reply; `expect` looks at what is seen so far.
 */

/** The kinds that may be written as one word. */
const ALONE = [
	...KINDS.filter((kind) => descriptorOf(kind).line.alone),
	...WORDS.map(({ word }) => word),
];

const EVENTS: z.core.$ZodShape = Object.fromEntries(
	KINDS.flatMap((kind) => {
		const { line, say, when, example } = descriptorOf(kind);
		const description = `An event, for example: ${say(example)}. Possible while: ${when}.`;
		return line.schema === null ? [] : [[kind, line.schema.optional().meta({ description })]];
	}),
);

const SAID: z.core.$ZodShape = Object.fromEntries(
	WORDS.map(({ word, means, when, keys }) => [
		word,
		z
			.union([Name, strictKeys({ task: Name.optional(), host: Name.optional(), ...keys })])
			.optional()
			.meta({ description: `${means} Possible while: ${when}.` }),
	]),
);

const Exchange = z
	.union([Route, strictKeys({ route: Route, host: Name.optional(), task: Name.optional() })])
	.meta({
		description:
			'A request is delivered, and its reply: the one that the agent waits for, if there are several.',
	});

const Line = strictKeys({
	...SAID,
	exchange: Exchange.optional(),
	...EVENTS,
	expect: ExpectationLine.optional().meta({ description: 'What is seen at this point.' }),
})
	.refine((line) => Object.keys(line).length === 1, 'a line of a story has exactly one key')
	.meta({ minProperties: 1, maxProperties: 1 });

export const StoryLine = z.union([z.enum(ALONE), Line]);
export type StoryLine = z.infer<typeof StoryLine>;

export const onlyOf = ({ hosts, tasks }: Setup): Only => ({
	host: hosts.length === 1 ? hosts[0] : undefined,
	task: tasks.length === 1 ? tasks[0]?.id : undefined,
});

/** An event as a line gives it, still to be checked: its host or task may be missing. */
export type Draft = { readonly kind: EventKind } & Readonly<Record<string, unknown>>;

/** What a line says. */
export type Told =
	| { readonly kind: 'event'; readonly draft: Draft }
	| { readonly kind: 'exchange'; readonly call: Call }
	| { readonly kind: 'word'; readonly word: Word; readonly said: Said }
	| { readonly kind: 'expect'; readonly expected: z.infer<typeof ExpectationLine> };

export function readLine(line: StoryLine, only: Only): Told {
	if (typeof line !== 'string' && line.expect !== undefined)
		return { kind: 'expect', expected: line.expect };
	if (typeof line !== 'string' && line.exchange !== undefined)
		return {
			kind: 'exchange',
			call: typeof line.exchange === 'string' ? { route: line.exchange } : line.exchange,
		};
	const [key = '', value] = typeof line === 'string' ? [line] : (Object.entries(line)[0] ?? []);
	const word = wordNamed(key);
	if (word !== undefined) return { kind: 'word', word, said: Said.parse(value) };
	const kind = KINDS.find((candidate) => candidate === key);
	if (kind === undefined) throw new RangeError(`no line of a story begins with "${key}"`);
	return { kind: 'event', draft: { kind, ...descriptorOf(kind).line.read(value, only) } };
}

/** The lines that tell these events, in short forms: what `readLine` reads, the other way round. */
export function linesOf(events: readonly Event[], setup: Setup): StoryLine[] {
	const only = onlyOf(setup);
	const lines: StoryLine[] = [];
	for (let index = 0; index < events.length; index++) {
		const [event, next] = [events[index], events[index + 1]];
		if (event === undefined) break;
		const exchange = next === undefined ? null : exchangeOf(event, next);
		if (exchange !== null) index++;
		lines.push(exchange ?? lineOf(event, only));
	}
	return lines;
}

function lineOf(event: Event, only: Only): StoryLine {
	const value = descriptorOf(event.kind).line.write(event, only);
	return value === undefined ? event.kind : { [event.kind]: value };
}

/** A request and its reply, one after the other and named in the same way. */
function exchangeOf(event: Event, next: Event): StoryLine | null {
	if (event.kind !== 'message-delivered' || next.kind !== 'message-delivered') return null;
	const { leg, ...call } = event.message;
	const { leg: answer, ...back } = next.message;
	if (leg !== 'request' || answer !== 'reply') return null;
	const { route, host, task, ...rest } = call;
	if (Object.keys(rest).length > 0 || task === null || !same(call, back)) return null;
	return { exchange: host === undefined && task === undefined ? route : { route, host, task } };
}

const same = (one: object, other: object): boolean => {
	const [mine, theirs] = [Object.entries(one), new Map(Object.entries(other))];
	return (
		mine.length === theirs.size &&
		mine.every(([key, value]) => theirs.has(key) && theirs.get(key) === value)
	);
};
