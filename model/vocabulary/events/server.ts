import { z } from 'zod';
import { find, MessageSelector, selectorOf } from '../message.ts';
import type { Observation } from '../observation.ts';
import { strictKeys } from '../strict-keys.ts';
import { type Descriptor, descriptor, SERVER } from './descriptor.ts';
import { MessageName, nameOf, ShortMessageName, sayMessage, selectorNamed } from './network.ts';

/** What the app server does by itself. */

const Commit = z.enum(['before', 'after']);

type WrittenCrash =
	| z.infer<typeof ShortMessageName>
	| { readonly message?: MessageName; readonly commit?: z.infer<typeof Commit> };

/** The app server crashes; with `message`, while it handles that request. */
export const serverCrashes = descriptor({
	schema: z.strictObject({
		kind: z.literal('server-crashes'),
		message: MessageSelector.optional(),
		commit: Commit.optional(),
	}),
	by: 'server',
	isFault: true,
	when: 'it is up; with `message`, that request is in flight',
	possible: ({ message }, { server, messages }) =>
		server === 'up' &&
		(message === undefined || (message.leg === 'request' && find(message, messages) >= 0)),
	propose: ({ messages }, _, pick) => {
		const commit = pick() < 0.5 ? 'before' : 'after';
		const requests = messages.filter(({ leg }) => leg === 'request');
		return requests.length === 0
			? [{ kind: 'server-crashes' as const }]
			: requests.map(
					(message) => ({ kind: 'server-crashes', message: selectorOf(message), commit }) as const,
				);
	},
	weight: { sometimes: 1, undoneBy: 'server-returns' },
	cost: 'crashes',
	explored: 'by a rule of its own',
	say: ({ message, commit }) =>
		message === undefined
			? 'the app server crashes'
			: `the app server crashes ${commit === 'after' ? 'after' : 'before'} its first commit for the ${sayMessage(message)}`,
	draw: () => ({ at: SERVER }),
	line: {
		schema: z.union([
			ShortMessageName,
			strictKeys({ message: MessageName.optional(), commit: Commit.optional() }),
		]),
		alone: true,
		read: (written: WrittenCrash = {}) => {
			const { message, ...rest } = typeof written === 'string' ? { message: written } : written;
			return { ...rest, ...(message === undefined ? {} : { message: selectorNamed(message) }) };
		},
		write: ({ kind: _, message, ...rest }) =>
			message === undefined && rest.commit === undefined
				? undefined
				: { ...(message === undefined ? {} : { message: nameOf(message) }), ...rest },
	},
	example: { kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
});

type Bare<Kind extends string> = z.ZodObject<{ kind: z.ZodLiteral<Kind> }, z.core.$strict>;

/** An event of which there is only one. */
function ofServer<const Kind extends string>(
	kind: Kind,
	{
		isPossible,
		sentence,
		when,
	}: { isPossible(seen: Observation): boolean; readonly sentence: string; readonly when: string },
): Descriptor<Bare<Kind>> {
	const schema: Bare<Kind> = z.strictObject({ kind: z.literal(kind) });
	const event = schema.parse({ kind });
	return descriptor<Bare<Kind>>({
		schema,
		by: 'server',
		isFault: false,
		when,
		possible: (_, seen) => isPossible(seen),
		propose: () => [event],
		weight: { sometimes: 1 },
		cost: null,
		explored: 'by a rule of its own',
		say: () => sentence,
		draw: () => ({ at: SERVER }),
		line: { schema: null, alone: true, read: () => ({}), write: () => undefined },
		example: event,
	});
}

export const serverReturns = ofServer('server-returns', {
	when: 'it is down',
	isPossible: ({ server }) => server === 'down',
	sentence: 'the app server comes back',
});

export const monitorRuns = ofServer('monitor-runs', {
	when: 'the app server is up',
	isPossible: ({ server }) => server === 'up',
	sentence: 'the monitor runs',
});
