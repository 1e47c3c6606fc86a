import { configurationSetup, flagged, instances, plain, type Sized } from './sized.ts';

/**
 * Requests that overlap: a handler is held before a change, and others come in between. One that is held counts as a
 * message in flight.
 */

const compile = (command: ReturnType<typeof plain>) => ({
	project: { id: 'project', tasks: [{ name: 'compile', commands: [command] }] },
	policy: { call_attempts: 1 },
});

/** Who waits for an answer waits for it, so that there is room for more at the same time. */
const still = true;

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

const ofTwoMembers = configurationSetup({
	...compile(flagged('make')),
	tasks: instances(2),
	display_tasks: [{ id: 'all', execution_tasks: ['compile-1', 'compile-2'] }],
	hosts: ['host-1', 'host-2'],
	policy: { call_attempts: 1, daily_limit: 1 },
});

export const overlapCap: Sized = {
	name: 'overlap-cap',
	covers: 'Marks of two members of a unit, and a cap that is lowered between them.',
	setup: ofTwoMembers,
	from: 'standard',
	quick: {
		messages: 1,
		outcomes: ['failed'],
		changes: 1,
		policies: [{ execution_cap: 0 }],
		still,
	},
	standard: { messages: 2 },
	deep: { holds: 1 },
};

export const overlapMembers: Sized = {
	name: 'overlap-members',
	covers: 'Marks of two members of a unit that are decided at the same time, and their ends.',
	setup: ofTwoMembers,
	from: 'standard',
	quick: { messages: 2, outcomes: ['failed'], holds: 1, still },
	standard: { holds: 2 },
	deep: { outcomes: ['succeeded', 'failed'], aborts: 1, crashes: 1, still: false },
};

export const overlapQuota: Sized = {
	name: 'overlap-quota',
	covers:
		'Marks of two tasks that are decided at the same time, and of which one takes the last slot of the day.',
	setup: configurationSetup({
		...compile(flagged('make')),
		tasks: instances(2),
		hosts: ['host-1', 'host-2'],
		policy: { call_attempts: 1, daily_limit: 1 },
	}),
	from: 'standard',
	quick: { messages: 2, outcomes: ['failed'], holds: 1, still },
	standard: { holds: 2 },
	deep: { outcomes: ['succeeded', 'failed'], aborts: 1, crashes: 1, still: false },
};

export const overlapSettled: Sized = {
	name: 'overlap-settled',
	covers:
		'A unit that had ended when its restart was looked at, and of which a member may run again by then, as a user restarts what it waits for.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [
				{ name: 'fetch', commands: [plain('fetch')] },
				{ name: 'compile', commands: [flagged('make')] },
			],
		},
		tasks: [
			{ id: 'fetch', task: 'fetch', variant: 'linux' },
			{ id: 'compile', task: 'compile', variant: 'linux' },
			{ id: 'test', task: 'compile', variant: 'linux', depends_on: ['fetch'] },
		],
		display_tasks: [{ id: 'all', execution_tasks: ['compile', 'test'] }],
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], holds: 1, restarts: 1, still },
	standard: { messages: 2, outcomes: ['succeeded', 'failed'] },
	deep: { holds: 2, crashes: 1, still: false },
};

export const overlapVersion: Sized = {
	name: 'overlap-version',
	covers:
		'Restarts and aborts of a whole version, which come to one unit after the other, and ends, aborts and restarts in between.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [
				{ name: 'compile', commands: [flagged('make')] },
				{ name: 'lint', commands: [] },
			],
		},
		tasks: [
			{ id: 'compile', task: 'compile', variant: 'linux' },
			{ id: 'lint', task: 'lint', variant: 'linux' },
		],
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], holds: 1, requests: 1, still },
	standard: { outcomes: ['succeeded', 'failed'], aborts: 1, restarts: 1 },
	deep: { crashes: 1, still: false },
};
