import { configurationSetup, flagged, plain, type Sized, singleHostGroup } from './sized.ts';

/** Hosts that come and go. */

export const hosts: Sized = {
	name: 'hosts',
	covers:
		'A task on a host that an admin takes away at any time, also while a request of it is on its way, and another host that comes.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
		},
		tasks: [{ id: 'compile', task: 'compile', variant: 'linux' }],
		hosts: ['host-1', 'host-2'],
		late_hosts: ['host-2'],
		policy: { call_attempts: 1 },
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], departures: 1 },
	standard: { beats: 1, crashes: 1 },
	deep: { messages: 2, departures: 2, aborts: 1 },
};

export const hostsForged: Sized = {
	name: 'hosts-forged',
	covers:
		'A task on a host that is taken away, another host that comes, and requests that somebody forges as either of them.',
	setup: hosts.setup,
	from: 'standard',
	quick: {
		messages: 1,
		outcomes: ['failed'],
		departures: 1,
		forgeries: 1,
		forged: [
			{ route: 'mark', credentials: 'other-host' },
			{ route: 'mark', credentials: 'wrong-host-secret' },
			{ route: 'end', credentials: 'previous-execution' },
		],
	},
	standard: { deaths: 1 },
	deep: { messages: 2, crashes: 1, forgeries: 2 },
};

export const groupMoves: Sized = {
	name: 'group-moves',
	covers:
		'A single-host group whose host is taken away while it runs a member, or between two of them, and which goes on with another host.',
	setup: configurationSetup({
		...singleHostGroup({ load: [], query: [] }),
		hosts: ['host-1', 'host-2'],
		policy: { call_attempts: 1 },
	}),
	from: 'standard',
	quick: { messages: 1, departures: 1 },
	standard: { hours: 1 },
	deep: { messages: 2, aborts: 1, crashes: 1 },
};

export const groupRepairs: Sized = {
	name: 'group-repairs',
	covers:
		'A single-host group whose host is taken away, where the policy restarts what was lost: it is repaired on another host.',
	setup: configurationSetup({
		...singleHostGroup({ load: [] }),
		hosts: ['host-1', 'host-2'],
		policy: { call_attempts: 1, restart_system_failed: true },
	}),
	from: 'standard',
	quick: { messages: 1, departures: 1, holds: 1 },
	standard: { hours: 1 },
	deep: { restarts: 1, crashes: 1 },
};

export const groupLeft: Sized = {
	name: 'group-left',
	covers:
		'A single-host group that restarts on another host, which is taken away: the host that had it before takes a member that never ran, and sets the group up again.',
	setup: configurationSetup({
		...singleHostGroup(
			{ load: [flagged('shell.exec')], query: [plain('shell.exec')] },
			{ setup_group: [plain('shell.exec')] },
		),
		hosts: ['host-1', 'host-2'],
		policy: { call_attempts: 1 },
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['succeeded', 'failed'], departures: 1 },
	standard: { beats: 1 },
	deep: { messages: 2, crashes: 1, hours: 1 },
};
