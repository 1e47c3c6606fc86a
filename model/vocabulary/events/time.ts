import { z } from 'zod';
import { plural } from '../plural.ts';
import { Name } from '../project.ts';
import { HOUR } from '../setup.ts';
import { choose, descriptor, hostKey, longForm } from './descriptor.ts';
import { edges, edgesOf, MOST_MINUTES } from './edges.ts';

/** Time passes, in whole hours or minutes. */

const hours = z.int().min(1).max(48);

export const hoursPass = descriptor({
	schema: z.strictObject({ kind: z.literal('hours-pass'), hours }),
	by: 'time',
	isFault: false,
	when: 'always; of a day, the checker counts none',
	possible: () => true,
	propose: (_, __, pick) => [{ kind: 'hours-pass' as const, hours: choose([1, 2, 23, 24], pick) }],
	weight: { sometimes: 1 },
	cost: 'hours',
	explored: 'by a rule of its own',
	say: ({ hours }) => (hours === 1 ? 'an hour passes' : `${hours} hours pass`),
	draw: () => ({ at: 'everywhere' }),
	line: {
		schema: hours,
		alone: false,
		read: (written: number) => longForm(written, 'hours'),
		write: ({ hours }) => hours,
	},
	example: { kind: 'hours-pass', hours: 24 },
});

const minutes = z.int().min(1).max(MOST_MINUTES);

/** Time in which all goes on as it should, the monitor too. */
export const minutesPass = descriptor({
	schema: z.strictObject({ kind: z.literal('minutes-pass'), minutes }),
	by: 'time',
	isFault: false,
	when: 'always; the checker counts by the hour',
	possible: () => true,
	propose: (seen, _, pick) => [
		{ kind: 'minutes-pass' as const, minutes: choose(choose(edges(seen), pick), pick) },
	],
	weight: { beside: 'hours-pass' },
	cost: 'hours',
	explored: 'by a rule of its own',
	say: ({ minutes }) => (minutes === 1 ? 'a minute passes' : `${minutes} minutes pass`),
	draw: () => ({ at: 'everywhere' }),
	line: {
		schema: minutes,
		alone: false,
		read: (written: number) => longForm(written, 'minutes'),
		write: ({ minutes }) => minutes,
	},
	example: { kind: 'minutes-pass', minutes: 7 },
});

export const hostUnreachable = descriptor({
	/** Without `minutes`: an hour. */
	schema: z.strictObject({
		kind: z.literal('host-unreachable'),
		host: Name,
		minutes: minutes.optional(),
	}),
	by: 'time',
	isFault: true,
	when: 'the agent is alive; the checker counts by the hour, or as a configuration says',
	possible: ({ host }, seen) =>
		seen.hosts.some(({ id, agent }) => id === host && agent === 'alive'),
	propose: ({ hosts }, _, pick) =>
		hosts.map((host) => {
			const minutes = choose(choose(edgesOf(host), pick), pick);
			const event = { kind: 'host-unreachable' as const, host: host.id };
			return minutes === HOUR ? event : { ...event, minutes };
		}),
	weight: { sometimes: 1, undoneBy: 'monitor-runs' },
	cost: 'hours',
	explored: 'by a rule of its own',
	say: ({ host, minutes = HOUR }) =>
		`${minutes === HOUR ? 'an hour passes' : minutes === 1 ? 'a minute passes' : `${plural(minutes, 'minute')} pass`} in which ${host} reaches nobody`,
	draw: ({ host }) => ({ at: { kind: 'agent', name: host } }),
	line: {
		schema: z.union([Name, z.strictObject({ host: Name.optional(), minutes })]),
		alone: true,
		read: (written: string | { host?: string; minutes: number } | undefined, only) => ({
			host: only.host,
			...longForm(written, 'host'),
		}),
		write: (event, only) =>
			event.minutes === undefined
				? hostKey(event, only).host
				: { ...hostKey(event, only), minutes: event.minutes },
	},
	example: { kind: 'host-unreachable', host: 'h1' },
});
