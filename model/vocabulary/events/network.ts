import { z } from 'zod';
import { find, Message, MessageSelector, NETWORK_CAPACITY, Route, selectorOf } from '../message.ts';
import type { Observation } from '../observation.ts';
import { strictKeys } from '../strict-keys.ts';
import { type Descriptor, descriptor, type Picture, SERVER } from './descriptor.ts';

/** What the network does with a message in flight. */

const NAMES = Message.shape.leg.options.flatMap((leg) =>
	Route.options.map((route) => `${leg} ${route}` as const),
);

export const ShortMessageName = z.enum(NAMES);
/** How a scenario names a message: by leg and route, or by all that is known of it. */
export const MessageName = z.union([ShortMessageName, strictKeys(MessageSelector.shape)]);
export type MessageName = z.infer<typeof MessageName>;

export function selectorNamed(name: MessageName): unknown {
	if (typeof name !== 'string') return name;
	const [leg, route] = name.split(' ');
	return { leg, route };
}

export function nameOf({ leg, route, ...rest }: MessageSelector): MessageName {
	return Object.keys(rest).length === 0 ? `${leg} ${route}` : { leg, route, ...rest };
}

export function sayMessage(message: MessageSelector): string {
	const of =
		message.task === undefined || message.task === null
			? ''
			: ` of ${message.task}${message.execution === undefined || message.execution === null ? '' : `/${message.execution}`}`;
	const outcome =
		message.outcome === undefined || message.outcome === null ? '' : ` (${message.outcome})`;
	const host =
		message.host === undefined
			? ''
			: ` ${message.leg === 'request' ? 'from' : 'to'} ${message.host}`;
	const late = message.awaited === false ? 'late ' : '';
	return `${late}${message.route} ${message.leg}${outcome}${of}${host}`;
}

type OfMessage<Kind extends string> = z.ZodObject<
	{ kind: z.ZodLiteral<Kind>; message: typeof MessageSelector },
	z.core.$strict
>;

/** The arrow of a message that is in flight. */
function arrow(
	message: MessageSelector,
	seen: Observation,
	fate: 'arrives' | 'lost' | 'repeated',
): Picture {
	const found: MessageSelector | Message = seen.messages[find(message, seen.messages)] ?? message;
	const agent = { kind: 'agent', name: found.host ?? '' } as const;
	const label = `${found.route}${found.outcome == null ? '' : `: ${found.outcome}`}`;
	return found.leg === 'request'
		? { from: agent, to: SERVER, label, fate }
		: { from: SERVER, to: agent, label, fate };
}

function ofMessage<const Kind extends string>(
	kind: Kind,
	fate: 'arrives' | 'lost' | 'repeated',
	{
		isPossible,
		...rest
	}: Pick<Descriptor<OfMessage<Kind>>, 'isFault' | 'when' | 'weight' | 'cost'> & {
		/** Beside the message being in flight. */
		isPossible(message: MessageSelector, seen: Observation): boolean;
	},
): Descriptor<OfMessage<Kind>> {
	const schema: OfMessage<Kind> = z.strictObject({
		kind: z.literal(kind),
		message: MessageSelector,
	});
	const of = (message: MessageSelector) => ({ kind, message }) as z.infer<OfMessage<Kind>>;
	return descriptor<OfMessage<Kind>>({
		...rest,
		schema,
		by: 'network',
		possible: ({ message }, seen) => isPossible(message, seen) && find(message, seen.messages) >= 0,
		propose: ({ messages }) => messages.map((message) => of(selectorOf(message))),
		explored: 'by a rule of its own',
		say: ({ message }) => `${fate === 'arrives' ? 'delivered' : fate}: ${sayMessage(message)}`,
		draw: ({ message }, seen) => arrow(message, seen, fate),
		line: {
			schema: MessageName,
			alone: false,
			read: (name: MessageName) => ({ message: selectorNamed(name) }),
			write: ({ message }) => nameOf(message),
		},
		example: of({ leg: 'request', route: 'mark' }),
	});
}

export const messageDelivered = ofMessage('message-delivered', 'arrives', {
	isFault: false,
	when: 'the message is in flight; a request needs the app server up',
	isPossible: ({ leg }, { server }) => leg === 'reply' || server === 'up',
	weight: { always: 24 },
	cost: null,
});

export const messageLost = ofMessage('message-lost', 'lost', {
	isFault: true,
	when: 'the message is in flight',
	isPossible: () => true,
	weight: { sometimes: 1, undoneBy: 'call-retried' },
	cost: 'losses',
});

export const messageRepeated = ofMessage('message-repeated', 'repeated', {
	isFault: true,
	when: 'the message is in flight, and fewer than 16 are',
	isPossible: (_, { messages }) => messages.length < NETWORK_CAPACITY,
	weight: { sometimes: 1 },
	cost: 'repeats',
});
