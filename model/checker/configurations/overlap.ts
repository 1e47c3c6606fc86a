import { configurationSetup, flagged, instances, plain, type Sized } from './sized.ts';

/**
 * Requests that overlap: a handler is held before a change, and others come in between. One that is held counts as a
 * message in flight.
 */

const compile = (command: ReturnType<typeof plain>) => ({
	project: { id: 'project', tasks: [{ name: 'compile', commands: [command] }] },
	policy: { call_attempts: 1 },
});

const ofOne = configurationSetup({
	...compile(flagged('make')),
	tasks: instances(1),
	hosts: ['host-1'],
});

export const overlapMarks: Sized = {
	name: 'overlap-marks',
	covers: 'A mark and its copy that are decided at the same time, and ends that overlap with them.',
	setup: ofOne,
	from: 'standard',
	quick: { messages: 2, outcomes: ['failed'], holds: 1, repeats: 1 },
	standard: { holds: 2 },
	deep: { messages: 3, outcomes: ['succeeded', 'failed'], crashes: 1 },
};

export const overlapAbort: Sized = {
	name: 'overlap-abort',
	covers:
		'Marks and ends of a task that is aborted while their handlers are held, and the abort held meanwhile.',
	setup: ofOne,
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], holds: 1, aborts: 1 },
	standard: { messages: 2, holds: 2 },
	deep: { messages: 3, outcomes: ['succeeded', 'failed'], crashes: 1 },
};

export const overlapMonitor: Sized = {
	name: 'overlap-monitor',
	covers: 'Runs of the monitor that overlap with heartbeats, marks and ends, and with each other.',
	setup: ofOne,
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], holds: 1, hours: 1, beats: 1 },
	standard: { messages: 2 },
	deep: { messages: 3, outcomes: ['succeeded', 'failed'], holds: 2, crashes: 1 },
};

export const overlapBeat: Sized = {
	name: 'overlap-beat',
	covers: 'Heartbeats that overlap with all else that the agent of the same task asks.',
	setup: ofOne,
	from: 'standard',
	quick: { messages: 2, outcomes: ['failed'], holds: 1, beats: 1 },
	standard: { holds: 2 },
	deep: { messages: 3, outcomes: ['succeeded', 'failed'], crashes: 1 },
};

export const overlapUsers: Sized = {
	name: 'overlap-users',
	covers: 'Two restarts by users that overlap, and a restart by a user with ends.',
	setup: ofOne,
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], holds: 1, restarts: 1 },
	standard: { restarts: 2 },
	deep: { messages: 2, outcomes: ['succeeded', 'failed'], holds: 2, crashes: 1 },
};

export const overlapNext: Sized = {
	name: 'overlap-next',
	covers: 'Two hosts that ask for the same task at the same time.',
	setup: configurationSetup({
		...compile(plain('make')),
		tasks: instances(1),
		hosts: ['host-1', 'host-2'],
	}),
	from: 'standard',
	quick: { messages: 2, outcomes: ['failed'], holds: 1 },
	standard: { holds: 2, deaths: 1 },
	deep: { messages: 3, outcomes: ['succeeded', 'failed'], losses: 1, crashes: 1 },
};
