import { configurationSetup, flagged, instances, type Sized } from './sized.ts';

const commands = [flagged('git.get_project')];

export const attackers: Sized = {
	name: 'attackers',
	covers:
		'Requests without the right secrets, and with those of another task, another host or an earlier execution.',
	setup: configurationSetup({
		project: { id: 'project', tasks: [{ name: 'compile', commands }] },
		tasks: instances(2),
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	quick: {
		messages: 1,
		outcomes: ['failed'],
		forgeries: 1,
		forged: [
			{ route: 'mark', credentials: 'none' },
			{ route: 'mark', credentials: 'wrong-task-secret' },
			{ route: 'mark', credentials: 'wrong-host-secret' },
			{ route: 'mark', credentials: 'other-task' },
			{ route: 'mark', credentials: 'previous-execution' },
			{ route: 'end', credentials: 'previous-execution' },
			{ route: 'end', credentials: 'none' },
		],
	},
	standard: { messages: 2, outcomes: ['succeeded', 'failed'] },
	deep: { messages: 3, restarts: 1, losses: 1, crashes: 1, forgeries: 2 },
};

export const mergeQueue: Sized = {
	name: 'merge-queue',
	covers:
		'A task of the merge queue, an agent that does not know that it must not mark it, and a host that never had it.',
	setup: configurationSetup({
		project: { id: 'project', tasks: [{ name: 'compile', commands }] },
		tasks: instances(1),
		hosts: ['host-1', 'host-2'],
		requester: 'github_merge_request',
		policy: { call_attempts: 2 },
	}),
	quick: {
		messages: 2,
		outcomes: ['succeeded', 'failed'],
		forgeries: 1,
		forged: [
			{ route: 'mark', credentials: 'right' },
			{ route: 'mark', credentials: 'other-host' },
		],
		restarts: 1,
	},
	standard: { losses: 1, deaths: 1, aborts: 1 },
	deep: { messages: 3, repeats: 1, losses: 2, crashes: 1, beats: 1 },
};
