import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import { small } from '../../model/checker/retry/testing/small-configurations.ts';

const { setup, bounds } = small.lossy;
const { messages, outcomes } = bounds;

/** The graph that SPIN explores too: about a million states. */
export const users: Configuration = {
	name: 'users',
	covers: 'an abort and a restart by users at any time',
	setup,
	bounds: { messages, outcomes, aborts: 1, restarts: 1 },
};

/** Nothing goes wrong but commands: small enough for any explorer to know all of it. */
export const faultless: Configuration = {
	name: 'faultless',
	covers: 'commands that fail',
	setup,
	bounds: { messages: 1, outcomes: ['failed'] },
};
