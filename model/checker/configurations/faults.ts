import { configurationSetup, flagged, instances, type Sized } from './sized.ts';

const setup = configurationSetup({
	project: {
		id: 'project',
		tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
	},
	tasks: instances(1),
	hosts: ['host-1'],
	policy: { call_attempts: 2 },
});

export const faults: Sized = {
	name: 'faults',
	covers:
		'Messages lost, repeated and sent again, calls given up, agents that die, hosts that are cut off.',
	setup,
	quick: {
		messages: 2,
		outcomes: ['succeeded', 'failed'],
		losses: 1,
		repeats: 1,
		deaths: 1,
		abandons: true,
	},
	standard: { hours: 1, beats: 1 },
	deep: { messages: 3, losses: 2, repeats: 2, aborts: 1 },
};

export const crashes: Sized = {
	name: 'crashes',
	covers:
		'Crashes of the app server between requests, and before and after the commit of each of them.',
	setup,
	quick: {
		messages: 2,
		outcomes: ['succeeded', 'failed'],
		crashes: 1,
		deaths: 1,
		abandons: true,
	},
	standard: { crashes: 2, aborts: 1 },
	deep: { crashes: 4, messages: 3, losses: 1, restarts: 1 },
};

export const late: Sized = {
	name: 'late',
	covers:
		'Messages of an earlier execution that arrive late, twice, or out of order, while a later one runs.',
	setup,
	quick: {
		messages: 2,
		outcomes: ['failed'],
		repeats: 1,
		restarts: 1,
		abandons: true,
	},
	standard: { messages: 3 },
	deep: { messages: 4, repeats: 3, restarts: 2, beats: 1 },
};
