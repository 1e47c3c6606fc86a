import { configurationSetup, flagged, instances, plain, type Sized } from './sized.ts';

/** What users ask to be restarted when it is finished (C5). */
export const finished: Sized = {
	name: 'finished',
	covers:
		'Restarts when finished and aborts by users at any time, of a task and of the version, and a crash that leaves them behind.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
		},
		tasks: instances(1),
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], requests: 1, crashes: 1 },
	standard: { outcomes: ['succeeded', 'failed'], aborts: 1 },
	deep: { messages: 2, restarts: 1, requests: 2 },
};

export const displayFinished: Sized = {
	name: 'display-finished',
	covers:
		'Restarts when finished of a display task, as a whole or its failed members only, with an abort and without, and what undoes them.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [
				{ name: 'compile', commands: [plain('git.get_project')] },
				{ name: 'test', commands: [] },
			],
		},
		tasks: [...instances(1), ...instances(1, 'test')],
		display_tasks: [{ id: 'all', execution_tasks: ['compile', 'test'] }],
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	quick: { messages: 1, outcomes: ['succeeded', 'failed'], requests: 1 },
	standard: { aborts: 1 },
	deep: { crashes: 1, requests: 2 },
};
