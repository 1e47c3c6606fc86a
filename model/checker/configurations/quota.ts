import { configurationSetup, flagged, instances, type Sized } from './sized.ts';

/** Two tasks that share one slot a day. */
const shared = configurationSetup({
	project: {
		id: 'project',
		tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
	},
	tasks: instances(2),
	hosts: ['host-1'],
	policy: { daily_limit: 1, call_attempts: 1 },
});

export const quota: Sized = {
	name: 'quota',
	covers: 'Two tasks that share a quota of one slot a day, with aborts that give it back.',
	setup: shared,
	quick: { messages: 1, outcomes: ['failed'], aborts: 1 },
	standard: { messages: 2, outcomes: ['succeeded', 'failed'] },
	deep: { restarts: 1, losses: 1, repeats: 1, messages: 3 },
};

export const quotaHours: Sized = {
	name: 'quota-hours',
	covers:
		'Two tasks that share a quota of one slot a day, at any time of the day: a slot that was taken 23 hours ago is in use, and an hour later it is not.',
	setup: shared,
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], hours: 2, stretches: [1, 23] },
	standard: { outcomes: ['succeeded', 'failed'] },
	deep: { messages: 2, aborts: 1, restarts: 1 },
};
