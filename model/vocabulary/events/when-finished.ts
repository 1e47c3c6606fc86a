import { z } from 'zod';
import { Name } from '../project.ts';
import { MAX_EXECUTION, type Setup } from '../setup.ts';
import { strictKeys } from '../strict-keys.ts';
import { placeOf, versionsOf } from '../versions.ts';
import { descriptor } from './descriptor.ts';
import {
	all,
	asks,
	execution,
	failed_only,
	NAMING_EXECUTIONS,
	named,
	recent,
	what,
} from './users.ts';

/** What users ask for what is not finished yet (C5), and for a version as a whole. */

/** What runs is aborted, and what was not dispatched yet waits for the restart. */
const abort = z.literal(true).optional();

type How = { failed_only?: true | undefined; abort?: true | undefined };

/** The ways to ask: with an abort or without, and where there are display tasks for their failed members only. */
const ways = (inPart: boolean): How[] => [
	{},
	{ abort: true },
	...(inPart ? ([{ failed_only: true }, { failed_only: true, abort: true }] as const) : []),
];

const pickOf = <Item>(items: readonly Item[], pick: () => number): Item[] => {
	const item = items[Math.floor(pick() * items.length)];
	return item === undefined ? [] : [item];
};

const andAborts = ({ abort }: How): string => (abort ? ', and aborts what runs of it' : '');

/** Of a display task, the unit restarts. */
export const userRestartsWhenFinished = descriptor({
	schema: z.strictObject({
		kind: z.literal('user-restarts-when-finished'),
		task: Name,
		execution,
		failed_only,
		abort,
	}),
	by: 'user',
	isFault: false,
	when: 'the app server is up, and the task has had that execution',
	possible: ({ task, execution }, seen) => {
		const live = named(seen, task)?.execution;
		return seen.server === 'up' && live !== undefined && execution <= live && live < MAX_EXECUTION;
	},
	propose: (seen, _, pick) =>
		all(seen).flatMap(({ id, execution }) =>
			recent(execution).flatMap((one) =>
				pickOf(ways(seen.display_tasks.length > 0), pick).map((way) => ({
					kind: 'user-restarts-when-finished' as const,
					task: id,
					execution: one,
					...way,
				})),
			),
		),
	weight: { sometimes: 1 },
	cost: 'requests',
	explored: (seen) =>
		all(seen).flatMap(({ id, execution }) =>
			ways(seen.display_tasks.some((display) => display.id === id)).flatMap((way) =>
				recent(execution).map(
					(one) =>
						({ kind: 'user-restarts-when-finished', task: id, execution: one, ...way }) as const,
				),
			),
		),
	say: (event) =>
		`a user restarts ${what(event)}/${event.execution} when it is finished${andAborts(event)}`,
	draw: (event) =>
		asks(`restart ${what(event)} when finished${event.abort ? ', abort what runs' : ''}`),
	line: {
		schema: z.union([
			Name,
			strictKeys({
				task: Name.optional(),
				execution: execution.optional(),
				failed_only,
				abort,
			}),
		]),
		...NAMING_EXECUTIONS,
	},
	example: { kind: 'user-restarts-when-finished', task: 'compile', execution: 0, abort: true },
});

/** The version that is meant; absent: the first. */
const version = Name.optional();

const isKnown = (version: string | undefined, setup: Setup): boolean =>
	version === undefined || placeOf(versionsOf(setup).versions, version) > 0;

/** The name of each version, where it needs one. */
const names = (setup: Setup): { readonly version?: string }[] =>
	versionsOf(setup).versions.map(({ id }, place) => (place === 0 ? {} : { version: id }));

const sayVersion = (version: string | undefined): string =>
	version === undefined ? 'the version' : `the version ${version}`;

/** Each unit of the version, as it is shown: in one transaction a unit. */
export const userRestartsVersion = descriptor({
	schema: z.strictObject({ kind: z.literal('user-restarts-version'), version, failed_only, abort }),
	by: 'user',
	isFault: false,
	when: 'the app server is up',
	possible: ({ version }, seen, setup) =>
		seen.server === 'up' &&
		isKnown(version, setup) &&
		seen.tasks.every(({ execution }) => execution < MAX_EXECUTION),
	propose: (seen, setup, pick) =>
		names(setup).flatMap((named) =>
			pickOf(ways(seen.display_tasks.length > 0), pick).map((way) => ({
				kind: 'user-restarts-version' as const,
				...named,
				...way,
			})),
		),
	weight: { beside: 'user-restarts-when-finished' },
	cost: 'requests',
	explored: 'by a rule of its own',
	say: (event) =>
		`a user restarts ${event.failed_only ? 'what failed in ' : ''}${sayVersion(event.version)} when it is finished${andAborts(event)}`,
	draw: (event) =>
		asks(
			`restart ${event.failed_only ? 'what failed in ' : ''}${sayVersion(event.version)} when finished${event.abort ? ', abort what runs' : ''}`,
		),
	line: {
		schema: strictKeys({ version, failed_only, abort }),
		alone: true,
		read: (written) => ({ ...(written as (How & { version?: string }) | undefined) }),
		write: ({ kind: _, ...how }) => (Object.keys(how).length === 0 ? undefined : how),
	},
	example: { kind: 'user-restarts-version' },
});

/** Each unit of the version: in one transaction a unit. */
export const userAbortsVersion = descriptor({
	schema: z.strictObject({ kind: z.literal('user-aborts-version'), version }),
	by: 'user',
	isFault: false,
	when: 'the app server is up',
	possible: ({ version }, seen, setup) => seen.server === 'up' && isKnown(version, setup),
	propose: (_, setup) =>
		names(setup).map((named) => ({ kind: 'user-aborts-version' as const, ...named })),
	weight: { beside: 'user-aborts' },
	cost: 'requests',
	explored: 'by a rule of its own',
	say: ({ version }) => `a user aborts ${sayVersion(version)}`,
	draw: ({ version }) => asks(`abort ${sayVersion(version)}`),
	line: {
		schema: Name,
		alone: true,
		read: (written) => (written === undefined ? {} : { version: written }),
		write: ({ version }) => version,
	},
	example: { kind: 'user-aborts-version' },
});

/** All that the checker tries of a kind. */
export const eventsOfVersion = (
	kind: 'user-restarts-version' | 'user-aborts-version',
	setup: Setup,
): z.infer<typeof userRestartsVersion.schema | typeof userAbortsVersion.schema>[] =>
	kind === 'user-aborts-version'
		? names(setup).map((named) => ({ kind, ...named }))
		: names(setup).flatMap((named) =>
				ways((setup.display_tasks ?? []).length > 0).map((way) => ({ kind, ...named, ...way })),
			);
