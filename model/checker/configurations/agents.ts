import { flagged, instances, plain, type Sized, setupOf } from './sized.ts';

export const agents: Sized = {
	name: 'agents',
	covers: 'Two agents that run two tasks side by side, one of which may die or be cut off.',
	setup: setupOf({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
			post: [plain('upload')],
		},
		tasks: instances(2),
		hosts: ['host-1', 'host-2'],
		policy: { call_attempts: 1 },
	}),
	quick: { messages: 2, outcomes: ['failed'] },
	standard: { outcomes: ['succeeded', 'failed'], deaths: 1 },
	deep: { aborts: 1, losses: 1, crashes: 1 },
};
