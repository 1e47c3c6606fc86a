import { configurationSetup, flagged, plain, type Sized, singleHostGroup } from './sized.ts';

const policy = { call_attempts: 1 };
const one = ['host-1'];
const two = ['host-1', 'host-2'];

/** Tasks of these commands; in small ones only one of them asks for restarts, and one may run nothing. */
const tasksOf = (commands: Readonly<Record<string, ReturnType<typeof plain>[]>>) => ({
	project: {
		id: 'project',
		tasks: Object.entries(commands).map(([name, list]) => ({ name, commands: list })),
	},
	tasks: Object.keys(commands).map((task) => ({ id: task, task, variant: 'linux' })),
});

const pair = tasksOf({ compile: [flagged('git.get_project')], test: [plain('shell.exec')] });
const display_tasks = [{ id: 'all', execution_tasks: ['compile', 'test'] }];

export const display: Sized = {
	name: 'display',
	covers:
		'A display task of two execution tasks, which restart as one by a mark, and which users restart as a whole or as far as they failed.',
	setup: configurationSetup({ ...pair, display_tasks, hosts: one, policy }),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], restarts: 1 },
	standard: { outcomes: ['succeeded', 'failed'] },
	deep: { messages: 2, aborts: 1, crashes: 1, restarts: 2 },
};

export const displayAbort: Sized = {
	name: 'display-abort',
	covers:
		'A display task of two execution tasks that users abort at any time, as a whole or one member of it: before, while and after one of them asked for a restart.',
	setup: configurationSetup({
		...tasksOf({ compile: [flagged('git.get_project')], test: [] }),
		display_tasks,
		hosts: one,
		policy,
	}),
	quick: { messages: 1, outcomes: ['failed'], aborts: 1 },
	standard: { outcomes: ['succeeded', 'failed'], aborts: 2 },
	deep: { messages: 2, crashes: 1, restarts: 1 },
};

export const together: Sized = {
	name: 'together',
	covers:
		'Two execution tasks of a display task that end on two hosts at the same moment; in larger sizes the app server crashes before or after the commit of either end.',
	setup: configurationSetup({
		...tasksOf({ compile: [flagged('git.get_project')], test: [] }),
		display_tasks,
		hosts: two,
		policy,
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'] },
	standard: { crashes: 1 },
	deep: { messages: 2, outcomes: ['succeeded', 'failed'], aborts: 1 },
};

export const stale: Sized = {
	name: 'stale',
	covers:
		'An agent that dies while the restart of its display task is pending, or before anybody asked for one, where executions that are lost with their agent are restarted.',
	setup: configurationSetup({
		...pair,
		display_tasks,
		hosts: one,
		policy: { ...policy, restart_system_failed: true },
	}),
	quick: { messages: 1, outcomes: ['failed'], deaths: 1 },
	standard: { outcomes: ['succeeded', 'failed'], deaths: 2 },
	deep: { messages: 2, aborts: 1, restarts: 1, crashes: 1 },
};

export const group: Sized = {
	name: 'group',
	covers:
		'A single-host group of three tasks beside two hosts: each waits for the one before it and runs on the same host, and all that ran restart as one.',
	setup: configurationSetup({
		...singleHostGroup({ compile: [], test: [flagged('shell.exec')], lint: [] }),
		hosts: two,
		policy,
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'] },
	standard: { outcomes: ['succeeded', 'failed'], hours: 1 },
	deep: { messages: 2, restarts: 1, crashes: 1, deaths: 1 },
};

export const groupAbort: Sized = {
	name: 'group-abort',
	covers:
		'A single-host group of two tasks that users abort at any time, before and after one of them asked for a restart.',
	setup: configurationSetup({
		...singleHostGroup({ compile: [plain('git.get_project')], test: [flagged('shell.exec')] }),
		hosts: one,
		policy,
	}),
	quick: { messages: 1, outcomes: ['succeeded', 'failed'], aborts: 1, beats: 1 },
	standard: { messages: 2, aborts: 2 },
	deep: { restarts: 1, losses: 1, crashes: 1 },
};

export const groupSetUp: Sized = {
	name: 'group-set-up',
	covers:
		'A single-host group that is set up before its tasks, and again when it has restarted, on the host that had it or, after an hour, on another one.',
	setup: configurationSetup({
		...singleHostGroup(
			{ compile: [flagged('shell.exec')], test: [] },
			{ setup_group: [plain('shell.exec')] },
		),
		hosts: two,
		policy,
	}),
	quick: { messages: 1, outcomes: ['failed'] },
	standard: { outcomes: ['succeeded', 'failed'], hours: 1, deaths: 1 },
	deep: { messages: 2, restarts: 1, crashes: 1 },
};

export const dependents: Sized = {
	name: 'dependents',
	covers:
		'A task that waits for the success of a flaky one, which may be restarted by its mark or by a user, or fail for good, while the app server crashes.',
	setup: configurationSetup({
		project: pair.project,
		tasks: pair.tasks.map((task) =>
			task.id === 'test' ? { ...task, depends_on: ['compile'] } : task,
		),
		hosts: one,
		policy,
	}),
	quick: { messages: 1, outcomes: ['succeeded', 'failed'], crashes: 1 },
	standard: { messages: 2, restarts: 1 },
	deep: { aborts: 1, losses: 1, deaths: 1 },
};

const waiting = tasksOf({ compile: [flagged('git.get_project')], alarm: [], cleanup: [] });

export const waits: Sized = {
	name: 'waits',
	covers:
		'A task that waits for the failure of a flaky one, and another that waits for any end of that task, while the app server crashes.',
	setup: configurationSetup({
		project: waiting.project,
		tasks: waiting.tasks.map((task) => {
			if (task.id === 'alarm')
				return { ...task, depends_on: [{ name: 'compile', status: 'failed' }] };
			return task.id === 'cleanup'
				? { ...task, depends_on: [{ name: 'alarm', status: '*' }] }
				: task;
		}),
		hosts: one,
		policy,
	}),
	quick: { messages: 1, outcomes: ['succeeded', 'failed'], crashes: 1 },
	standard: { restarts: 1 },
	deep: { messages: 2, aborts: 1, deaths: 1 },
};
