import { z } from 'zod';
import { Handled, InHand, MOST_IN_HAND, type Observation } from '../observation.ts';
import { strictKeys } from '../strict-keys.ts';
import { type Descriptor, descriptor, type Only, SERVER } from './descriptor.ts';
import { MessageName, messageDelivered, nameOf, ShortMessageName } from './network.ts';
import { monitorRuns } from './server.ts';
import { userAborts, userRestarts } from './users.ts';
import {
	userAbortsVersion,
	userRestartsVersion,
	userRestartsWhenFinished,
} from './when-finished.ts';

/** What comes between the commits of a handler: it is held, and goes on. */

/** What makes the app server work on something that may be held. */
const Begun = z.discriminatedUnion('kind', [
	messageDelivered.schema,
	userAborts.schema,
	userRestarts.schema,
	userRestartsWhenFinished.schema,
	userAbortsVersion.schema,
	userRestartsVersion.schema,
	monitorRuns.schema,
]);
export type Begun = z.infer<typeof Begun>;

const BEGINNERS = [
	messageDelivered,
	userAborts,
	userRestarts,
	userRestartsWhenFinished,
	userAbortsVersion,
	userRestartsVersion,
	monitorRuns,
] as const;

/** What handles it. */
export function handlerOf(begun: Begun): Handled {
	switch (begun.kind) {
		case 'message-delivered':
			return begun.message.route;
		case 'user-aborts':
			return 'abort';
		case 'user-restarts':
			return 'restart';
		case 'user-restarts-when-finished':
			return 'restart-when-finished';
		case 'user-aborts-version':
			return 'abort-version';
		case 'user-restarts-version':
			return 'restart-version';
		case 'monitor-runs':
			return 'monitor';
	}
}

/** The descriptor of what begins, to be asked about events of its own kind only. */
function descriptorOf({ kind }: { readonly kind: Begun['kind'] }) {
	const found = BEGINNERS.find(({ schema }) => schema.shape.kind.value === kind);
	if (found === undefined) throw new RangeError(`nothing is held at "${kind}"`);
	return found as unknown as Descriptor<typeof messageDelivered.schema, Begun>;
}

const arrives = (begun: Begun): boolean =>
	begun.kind !== 'message-delivered' || begun.message.leg === 'request';

const WrittenBegun = z.union([
	ShortMessageName,
	z.enum([
		'monitor-runs',
		'user-aborts',
		'user-restarts',
		'user-restarts-when-finished',
		'user-aborts-version',
		'user-restarts-version',
	]),
	strictKeys({
		'message-delivered': MessageName.optional(),
		'user-aborts': userAborts.line.schema?.optional() ?? z.never(),
		'user-restarts': userRestarts.line.schema?.optional() ?? z.never(),
		'user-restarts-when-finished': userRestartsWhenFinished.line.schema?.optional() ?? z.never(),
		'user-aborts-version': userAbortsVersion.line.schema?.optional() ?? z.never(),
		'user-restarts-version': userRestartsVersion.line.schema?.optional() ?? z.never(),
	}),
]);

/** The event that a written one stands for: its kind, and what is written of it. */
function begunOf(written: unknown): { readonly kind: Begun['kind']; readonly value: unknown } {
	if (typeof written === 'string') {
		const kind = Begun.options.find(({ shape }) => shape.kind.value === written)?.shape.kind.value;
		return kind === undefined
			? { kind: 'message-delivered', value: written }
			: { kind, value: undefined };
	}
	const [[kind, value] = ['', undefined]] = Object.entries(
		z.record(z.string(), z.unknown()).parse(written),
	);
	return {
		kind:
			Begun.options.map(({ shape }) => shape.kind.value).find((one) => one === kind) ??
			'monitor-runs',
		value,
	};
}

/** How often what no agent asks may be held beside what agents ask; and of that, what is asked of versions, in place of the rest. */
const OF_OTHERS = 0.2;
const OF_VERSIONS = 0.02;

/**
 * A request arrives, or the monitor begins, and the handler is held: it has read what it reads without
 * holding it, and stands before its first change. It locks nothing, so that nobody waits for it.
 */
export const held = descriptor({
	schema: z.strictObject({ kind: z.literal('held'), begun: Begun }),
	by: 'server',
	isFault: false,
	when: `what begins is possible, a message is a request, and fewer than ${MOST_IN_HAND} handlers are held`,
	possible: ({ begun }, seen, setup) =>
		seen.server === 'up' &&
		seen.in_hand.length < MOST_IN_HAND &&
		arrives(begun) &&
		descriptorOf(begun).possible(begun, seen, setup),
	propose: (seen, setup, pick) => {
		// Requests of agents are few and soon gone; the others are always there.
		const chance = pick();
		const others =
			chance < OF_VERSIONS
				? [userAbortsVersion, userRestartsVersion]
				: chance < OF_OTHERS
					? [userAborts, userRestarts, userRestartsWhenFinished, monitorRuns]
					: [];
		return [messageDelivered, ...others]
			.flatMap((kind): Begun[] => kind.propose(seen, setup, pick))
			.filter(arrives)
			.map((begun) => ({ kind: 'held' as const, begun }));
	},
	weight: { sometimes: 3, undoneBy: 'goes-on' },
	cost: 'holds',
	explored: 'by a rule of its own',
	say: ({ begun }) => `${descriptorOf(begun).say(begun)}, and is held before its first change`,
	draw: ({ begun }, seen) => {
		const picture = descriptorOf(begun).draw(begun, seen);
		return 'fate' in picture ? { ...picture, fate: 'held' } : picture;
	},
	line: {
		schema: WrittenBegun,
		alone: false,
		read: (written, only) => {
			const { kind, value } = begunOf(written);
			return { begun: { kind, ...descriptorOf({ kind }).line.read(value, only) } };
		},
		complete: (fields, seen, setup) => {
			const begun = z
				.looseObject({ kind: Begun.options[0].shape.kind.or(z.string()) })
				.parse(fields['begun']);
			return begun.kind === 'user-restarts' || begun.kind === 'user-restarts-when-finished'
				? { ...fields, begun: { ...begun, ...userRestarts.line.complete?.(begun, seen, setup) } }
				: fields;
		},
		write: ({ begun }, only) => write(begun, only),
	},
	example: {
		kind: 'held',
		begun: { kind: 'message-delivered', message: { leg: 'request', route: 'mark' } },
	},
});

function write(begun: Begun, only: Only): unknown {
	if (begun.kind === 'message-delivered') {
		const name = nameOf(begun.message);
		return typeof name === 'string' ? name : { [begun.kind]: name };
	}
	const value = descriptorOf(begun).line.write(begun, only);
	return value === undefined ? begun.kind : { [begun.kind]: value };
}

/** Names a handler by what is known of it; where several fit, the oldest is meant. */
export const HandlerSelector = InHand.pick({
	host: true,
	task: true,
	version: true,
	execution: true,
	failed_only: true,
	awaited: true,
})
	.partial()
	.extend({ route: Handled, abort: z.boolean().optional() });
export type HandlerSelector = z.infer<typeof HandlerSelector>;

/** The place of the oldest handler that is meant; -1: there is none. */
export const findInHand = (
	{ route, host, task, version, execution, failed_only, abort, awaited }: HandlerSelector,
	{ in_hand }: Pick<Observation, 'in_hand'>,
): number =>
	in_hand.findIndex(
		(one) =>
			one.route === route &&
			one.version === version &&
			(host === undefined || one.host === host) &&
			(task === undefined || one.task === task) &&
			(execution === undefined || one.execution === execution) &&
			(failed_only === undefined || one.failed_only === failed_only) &&
			(abort === undefined || (one.abort === true) === abort) &&
			(awaited === undefined || one.awaited === awaited),
	);

/** What may be restarted in part, and what may abort what runs. */
const IN_PART: readonly Handled[] = ['restart', 'restart-when-finished', 'restart-version'];
const ABORTING: readonly Handled[] = ['restart-when-finished', 'restart-version'];

/** The full name of a handler: of what can be asked in several ways, how it was asked. */
export const selectorOfHandler = ({
	route,
	host,
	task,
	version,
	execution,
	failed_only,
	abort,
	awaited,
}: InHand): HandlerSelector => ({
	route,
	host,
	task,
	...(version === undefined ? {} : { version }),
	execution,
	...(IN_PART.includes(route) ? { failed_only } : {}),
	...(ABORTING.includes(route) ? { abort: abort === true } : {}),
	awaited,
});

function sayHandler({
	route,
	host,
	task,
	version,
	execution,
	failed_only,
	abort,
}: HandlerSelector): string {
	if (route === 'monitor') return 'the monitor';
	const about = task ?? version ?? null;
	const of = about === null ? '' : ` of ${about}${execution == null ? '' : `/${execution}`}`;
	const how = [
		...(failed_only === true ? ['what failed only'] : []),
		...(abort === true ? ['with an abort'] : []),
	];
	return `the ${route} handler${of}${host == null ? '' : ` from ${host}`}${how.length === 0 ? '' : ` (${how.join(', ')})`}`;
}

/** It commits what it stands before, as things are now, and stops before its next change, or answers. */
export const goesOn = descriptor({
	schema: z.strictObject({ kind: z.literal('goes-on'), handler: HandlerSelector }),
	by: 'server',
	isFault: false,
	when: 'the handler is held; the app server is up then, as a crash ends what it holds',
	possible: ({ handler }, seen) => findInHand(handler, seen) >= 0,
	propose: ({ in_hand }) =>
		in_hand.map((one) => ({ kind: 'goes-on' as const, handler: selectorOfHandler(one) })),
	weight: { sometimes: 1 },
	cost: null,
	explored: 'by a rule of its own',
	say: ({ handler }) => `${sayHandler(handler)} goes on`,
	draw: () => ({ at: SERVER }),
	line: {
		schema: z.union([Handled, strictKeys(HandlerSelector.shape)]),
		alone: false,
		read: (written: Handled | HandlerSelector) => ({
			handler: typeof written === 'string' ? { route: written } : written,
		}),
		write: ({ handler }) => (Object.keys(handler).length === 1 ? handler.route : handler),
	},
	example: { kind: 'goes-on', handler: { route: 'mark', task: 'compile' } },
});
