import { z } from 'zod';
import { choose, descriptor, longForm } from './descriptor.ts';
import { ofHost } from './of-host.ts';

/** Time passes, in whole hours. */

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

export const hostUnreachable = ofHost('host-unreachable', {
	by: 'time',
	isFault: true,
	when: 'the agent is alive',
	isPossible: ({ agent }) => agent === 'alive',
	weight: { sometimes: 1, undoneBy: 'monitor-runs' },
	cost: 'hours',
	explored: 'by a rule of its own',
	say: (host) => `an hour passes in which ${host} reaches nobody`,
});
