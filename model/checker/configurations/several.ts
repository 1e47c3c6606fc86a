import { configurationSetup, flagged, instances, plain, type Sized } from './sized.ts';

/** More than one: a project, or a version of one. */

const compile = {
	id: 'project',
	tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
};

/** The same instances once more in another version. */
const again = <Instance extends { readonly id: string }>(
	tasks: readonly Instance[],
	version = 'version',
) => [...tasks, ...tasks.map((task) => ({ ...task, id: `${task.id}-again`, version }))];

export const projects: Sized = {
	name: 'projects',
	covers:
		'Two projects, each with a quota of one slot a day and a policy that an admin changes, with aborts that give slots back.',
	setup: configurationSetup({
		project: compile,
		tasks: again(instances(1)),
		other_versions: [{ id: 'version', project: { id: 'other', policy: { daily_limit: 1 } } }],
		hosts: ['host-1'],
		policy: { daily_limit: 1, call_attempts: 1 },
	}),
	from: 'standard',
	quick: {
		messages: 1,
		outcomes: ['failed'],
		aborts: 1,
		changes: 1,
		policies: [{ max_automatic_restarts: 0 }],
	},
	standard: { policies: [{ daily_limit: 2 }, { max_automatic_restarts: 0 }] },
	deep: { deaths: 1, policies: [{ daily_limit: 2 }, { restart_system_failed: true }] },
};

export const versions: Sized = {
	name: 'versions',
	covers:
		'Two versions of one project, of which users restart or abort one as a whole, what has ended and what runs.',
	setup: configurationSetup({
		project: { id: 'project', tasks: [{ name: 'compile', commands: [plain('shell.exec')] }] },
		tasks: again(instances(1)),
		other_versions: [{ id: 'version' }],
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], requests: 1 },
	standard: { outcomes: ['succeeded', 'failed'], aborts: 1, crashes: 1 },
	deep: { messages: 2, requests: 2 },
};

export const versionGroups: Sized = {
	name: 'version-groups',
	covers: 'A single-host group of two versions of one project, which hosts set up for each.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
			task_groups: [
				{
					name: 'group',
					tasks: ['compile'],
					setup_group: [plain('shell.exec')],
					teardown_group: [plain('shell.exec')],
				},
			],
		},
		tasks: again(instances(1).map((task) => ({ ...task, group: 'group' }))),
		other_versions: [{ id: 'version' }],
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'] },
	standard: { outcomes: ['succeeded', 'failed'] },
	deep: { aborts: 1, crashes: 1 },
};

export const versionFails: Sized = {
	name: 'version-fails',
	covers:
		'Two versions in the merge queue, of which the first failure of one aborts that one only.',
	setup: configurationSetup({
		project: compile,
		tasks: again(instances(1)),
		other_versions: [{ id: 'version' }],
		hosts: ['host-1', 'host-2'],
		requester: 'github_merge_request',
		policy: { call_attempts: 1 },
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'] },
	standard: { outcomes: ['succeeded', 'failed'] },
	deep: { aborts: 1, deaths: 1 },
};
