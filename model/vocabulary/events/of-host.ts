import { z } from 'zod';
import type { HostObservation, Observation } from '../observation.ts';
import { Name } from '../project.ts';
import { type Descriptor, descriptor, type Picture, SERVER } from './descriptor.ts';

type OfHost<Kind extends string> = z.ZodObject<
	{ kind: z.ZodLiteral<Kind>; host: typeof Name },
	z.core.$strict
>;

/** What is particular to an event that is told by its host alone. */
type Particular<Kind extends string> = Pick<
	Descriptor<OfHost<Kind>>,
	'by' | 'isFault' | 'when' | 'weight' | 'cost'
> &
	Partial<Pick<Descriptor<OfHost<Kind>>, 'explored'>> & {
		isPossible(host: HostObservation, seen: Observation): boolean;
		say(host: string): string;
		/** The call that it sends. */
		readonly sends?: string;
	};

/** An event that needs no more to be told than its host. */
export function ofHost<const Kind extends string>(
	kind: Kind,
	{ isPossible, say, sends, ...rest }: Particular<Kind>,
): Descriptor<OfHost<Kind>> {
	const schema: OfHost<Kind> = z.strictObject({ kind: z.literal(kind), host: Name });
	type Event = z.infer<OfHost<Kind>>;
	const on = (host: string): Event => schema.parse({ kind, host });
	return descriptor<OfHost<Kind>>({
		explored: 'all proposed',
		...rest,
		schema,
		possible: (event, seen) => {
			const host = seen.hosts.find(({ id }) => id === event.host);
			return host !== undefined && isPossible(host, seen);
		},
		propose: ({ hosts }) => hosts.map(({ id }) => on(id)),
		say: ({ host }) => say(host),
		draw: ({ host }): Picture => {
			const agent = { kind: 'agent', name: host } as const;
			return sends === undefined
				? { at: agent }
				: { from: agent, to: SERVER, label: sends, fate: 'sent' };
		},
		line: {
			schema: Name,
			alone: true,
			read: (host, only) => ({ host: host ?? only.host }),
			write: ({ host }, only) => (host === only.host ? undefined : host),
		},
		example: on('h1'),
	});
}
