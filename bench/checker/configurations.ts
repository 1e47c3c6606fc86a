import type { Configuration } from '../../model/checker/retry/bounds.ts';
import { small } from '../../model/checker/testing/small-configurations.ts';

const { setup, bounds } = small.users;

/** The graph that SPIN explores too: about 1.3 million states. */
export const faulty: Configuration = {
	name: 'faulty',
	covers: 'users, a crash of the app server, and a network that loses and repeats',
	setup,
	bounds: { ...bounds, losses: 1, repeats: 1, crashes: 1 },
};

/** Nothing goes wrong but commands: small enough for any explorer to know all of it. */
export const faultless: Configuration = {
	name: 'faultless',
	covers: 'commands that fail',
	setup,
	bounds: { messages: 2, outcomes: bounds.outcomes },
};
