import { Setup } from '../../../vocabulary/setup.ts';
import type { Configuration } from '../../configurations/configuration.ts';

/** One task with a command in each block, on one host. */
const setup = Setup.parse({
	project: {
		id: 'p',
		tasks: [{ name: 'a', commands: [{ command: 'x', retry_on_failure: true }] }],
		pre: [{ command: 'pre', retry_on_failure: true }],
		post: [{ command: 'y' }],
		pre_error_fails_task: true,
	},
	tasks: [{ id: 't0', task: 'a', variant: 'v' }],
	hosts: ['h0'],
	policy: { call_attempts: 2, daily_limit: 1 },
});

const outcomes = ['succeeded', 'failed'] as const;

/** Configurations with nothing to confuse with something like it, each of which is complete within seconds. */
export const small = {
	aborting: {
		name: 'aborting',
		covers: 'an abort by a user at any time',
		setup,
		bounds: { messages: 2, aborts: 1, outcomes: ['failed'] },
	},
	lossy: {
		name: 'lossy',
		covers: 'a lost message and a dead agent',
		setup,
		bounds: { messages: 3, losses: 1, deaths: 1, outcomes },
	},
	crashing: {
		name: 'crashing',
		covers: 'a crash of the app server at every message, and an abort',
		setup,
		bounds: { messages: 3, crashes: 1, aborts: 1, outcomes },
	},
} as const satisfies Record<string, Configuration>;
