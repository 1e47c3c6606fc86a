import { configurationSetup, flagged, instances, type Sized } from './sized.ts';

const project = {
	id: 'project',
	tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
};
const hosts = ['host-1', 'host-2'];
const policy = { call_attempts: 1 };

/** In quick size no command fails: an execution ends well, or is lost with its agent. */
export const agents: Sized = {
	name: 'agents',
	covers:
		'Two agents that run two tasks side by side, share a quota of one slot a day, and may die.',
	setup: configurationSetup({
		project,
		tasks: instances(2),
		hosts,
		policy: { ...policy, daily_limit: 1 },
	}),
	quick: { messages: 1, outcomes: ['succeeded'], deaths: 1 },
	standard: { outcomes: ['failed'] },
	deep: { messages: 2, aborts: 1, losses: 1, outcomes: ['succeeded', 'failed'] },
};

export const handover: Sized = {
	name: 'handover',
	covers:
		'Two agents for one task: a restart may go to the other one, while the first dies or is cut off.',
	setup: configurationSetup({ project, tasks: instances(1), hosts, policy }),
	quick: { messages: 2, outcomes: ['failed'], hours: 1 },
	standard: { deaths: 1, outcomes: ['succeeded', 'failed'] },
	deep: { messages: 3, beats: 1, repeats: 1, restarts: 1, hours: 2 },
};
