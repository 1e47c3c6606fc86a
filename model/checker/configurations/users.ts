import { configurationSetup, flagged, instances, plain, type Sized } from './sized.ts';

export const users: Sized = {
	name: 'users',
	covers:
		'Aborts and restarts by users at any time, before, during and after a mark, an end and a restart.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
			post: [plain('upload')],
		},
		tasks: instances(1),
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	quick: {
		messages: 2,
		outcomes: ['failed'],
		aborts: 1,
		restarts: 1,
	},
	standard: { outcomes: ['succeeded', 'failed'], beats: 1, repeats: 1 },
	deep: { messages: 3, crashes: 1, losses: 1, aborts: 2, restarts: 2 },
};
