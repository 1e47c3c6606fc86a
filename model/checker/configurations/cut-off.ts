import { configurationSetup, flagged, instances, type Sized } from './sized.ts';

/** Shorter than the time after which an agent that nobody hears lets go of what it runs. */
const BEFORE_FENCE = 5;

export const cutOff: Sized = {
	name: 'cut-off',
	covers:
		'A task of the merge queue whose host is cut off: for minutes, which it lives through, or for an hour, and what is lost is not restarted, whatever the policy says.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
		},
		tasks: instances(1),
		hosts: ['host-1'],
		requester: 'github_merge_request',
		policy: { call_attempts: 1, restart_system_failed: true },
	}),
	quick: { messages: 1, outcomes: ['failed'], hours: 1, cuts: [BEFORE_FENCE, 60] },
	standard: { hours: 2, deaths: 1 },
	deep: { messages: 2, crashes: 1, restarts: 1, losses: 1 },
};
