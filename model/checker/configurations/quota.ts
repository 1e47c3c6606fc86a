import { configurationSetup, flagged, instances, type Sized } from './sized.ts';

export const quota: Sized = {
	name: 'quota',
	covers: 'Two tasks that share a quota of one slot a day, with aborts that give it back.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
		},
		tasks: instances(2),
		hosts: ['host-1'],
		policy: { daily_limit: 1, call_attempts: 1 },
	}),
	quick: { messages: 1, outcomes: ['failed'], aborts: 1 },
	standard: { messages: 2, outcomes: ['succeeded', 'failed'] },
	deep: { restarts: 1, losses: 1, repeats: 1, messages: 3 },
};
