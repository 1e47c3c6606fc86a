import { configurationSetup, flagged, plain, type Sized, singleHostGroup } from './sized.ts';

/**
 * Small configurations, each for situations that no other one reaches in quick size: whoever walks a reference
 * through them finds only what they contain.
 */

const policy = { call_attempts: 1 };
const one = ['host-1'];
const two = ['host-1', 'host-2'];

const taskOf = (name: string, more: { depends_on?: string[]; group?: string } = {}) => ({
	...{ id: name, task: name, variant: 'linux' },
	...more,
});

/** Commands by the name of their task. */
type Commands = Readonly<Record<string, ReturnType<typeof plain>[]>>;

const projectOf = (commands: Commands) => ({
	id: 'project',
	tasks: Object.entries(commands).map(([name, list]) => ({ name, commands: list })),
});

const both = [{ id: 'all', execution_tasks: ['compile', 'test'] }];

export const joining: Sized = {
	name: 'joining',
	covers:
		'A display task of two execution tasks that both ask for a restart: the second joins the list of the first, and may be all that is left on it.',
	setup: configurationSetup({
		project: projectOf({ compile: [flagged('git.get_project')], test: [flagged('shell.exec')] }),
		tasks: [taskOf('compile'), taskOf('test')],
		display_tasks: both,
		hosts: one,
		policy: { ...policy, daily_limit: 1 },
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], aborts: 1 },
	standard: { outcomes: ['succeeded', 'failed'] },
	deep: { messages: 2, crashes: 1, restarts: 1 },
};

export const displayCrash: Sized = {
	name: 'display-crash',
	covers:
		'The app server crashes before, while and after a display task restarts for a mark, and the monitor makes up for it.',
	setup: configurationSetup({
		project: projectOf({ compile: [flagged('git.get_project')], test: [] }),
		tasks: [taskOf('compile'), taskOf('test')],
		display_tasks: both,
		hosts: one,
		policy,
	}),
	quick: { messages: 1, outcomes: ['failed'], crashes: 1 },
	standard: { outcomes: ['succeeded', 'failed'], restarts: 1 },
	deep: { messages: 2, crashes: 2, aborts: 1 },
};

export const displayUsers: Sized = {
	name: 'display-users',
	covers:
		'A display task of which one execution task failed and the other did not, which users restart as a whole or as far as it failed.',
	setup: displayCrash.setup,
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], restarts: 1 },
	standard: { outcomes: ['succeeded', 'failed'], aborts: 1 },
	deep: { messages: 2, crashes: 1, restarts: 2 },
};

export const groupCrash: Sized = {
	name: 'group-crash',
	covers:
		'The app server crashes before, while and after a single-host group restarts for a mark, and the monitor makes up for it.',
	setup: configurationSetup({
		...singleHostGroup({ compile: [flagged('git.get_project')], test: [] }),
		hosts: one,
		policy,
	}),
	quick: { messages: 1, outcomes: ['failed'], crashes: 1 },
	standard: { outcomes: ['succeeded', 'failed'], restarts: 1 },
	deep: { messages: 2, crashes: 2, aborts: 1 },
};

export const behind: Sized = {
	name: 'behind',
	covers:
		'A task that waits for a member of a display task, before, while and after that restarts as a whole.',
	setup: configurationSetup({
		project: projectOf({ compile: [flagged('git.get_project')], test: [], deploy: [] }),
		tasks: [taskOf('compile'), taskOf('test'), taskOf('deploy', { depends_on: ['test'] })],
		display_tasks: both,
		hosts: one,
		policy,
	}),
	quick: { messages: 1, outcomes: ['failed'] },
	standard: { outcomes: ['succeeded', 'failed'], crashes: 1 },
	deep: { messages: 2, restarts: 1, aborts: 1 },
};

export const awaiting: Sized = {
	name: 'awaiting',
	covers:
		'A display task of which one execution task waits for a task outside of it, which has ended and is yet to be restarted for its mark when the other one ends.',
	setup: configurationSetup({
		project: projectOf({
			fetch: [flagged('git.get_project')],
			compile: [flagged('shell.exec')],
			test: [],
		}),
		tasks: [taskOf('fetch'), taskOf('compile'), taskOf('test', { depends_on: ['fetch'] })],
		display_tasks: both,
		hosts: one,
		policy,
	}),
	from: 'standard',
	quick: { messages: 1, outcomes: ['failed'], crashes: 1 },
	standard: { outcomes: ['succeeded', 'failed'] },
	deep: { messages: 2, crashes: 2, restarts: 1 },
};

export const mergeVersion: Sized = {
	name: 'merge-version',
	covers: 'Two tasks of the merge queue: the failure of one aborts the other, wherever it is.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [plain('git.get_project')] }],
		},
		tasks: [
			{ ...taskOf('compile'), id: 'compile-1' },
			{ ...taskOf('compile'), id: 'compile-2' },
		],
		hosts: two,
		requester: 'github_merge_request',
		policy,
	}),
	quick: { messages: 1, outcomes: ['failed'], aborts: 1 },
	standard: { outcomes: ['succeeded', 'failed'] },
	deep: { messages: 2, crashes: 1, losses: 1 },
};

export const unanswered: Sized = {
	name: 'unanswered',
	covers:
		'A restart is asked for twice in one execution, by main and by post, the first time with or without an answer.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
			post: [flagged('upload')],
			post_error_fails_task: true,
		},
		tasks: [taskOf('compile')],
		hosts: one,
		policy,
	}),
	quick: { messages: 1, outcomes: ['failed'], losses: 1, abandons: true },
	standard: { messages: 2, outcomes: ['succeeded', 'failed'] },
	deep: { messages: 3, losses: 2, crashes: 1, aborts: 1 },
};

export const remarks: Sized = {
	name: 'remarks',
	covers:
		'What a process says about the end of its execution, with a posted status: it is kept of that execution, and gone with a restart, an abort or a lost agent.',
	setup: configurationSetup({
		project: projectOf({ compile: [flagged('git.get_project')] }),
		tasks: [taskOf('compile')],
		hosts: one,
		policy,
	}),
	quick: {
		messages: 1,
		outcomes: ['failed'],
		posts: 1,
		posted: [
			{
				status: 'failed',
				should_continue: true,
				remarks: { desc: 'no disk', tags: ['disk'] },
			},
			{ status: 'banana', should_continue: false, remarks: { desc: 'no idea', tags: ['odd'] } },
		],
		restarts: 1,
	},
	standard: { outcomes: ['succeeded', 'failed'], aborts: 1 },
	deep: { messages: 2, posts: 2, crashes: 1 },
};

export const exits: Sized = {
	name: 'exits',
	covers:
		'How commands exit, by a code or a signal, in main, in the background and in post: what is told is that of the first that failed the task, none of a success that was posted, and gone with a restart.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [
				{
					name: 'compile',
					commands: [{ ...plain('server'), background: true }, flagged('git.get_project')],
				},
			],
			post: [plain('upload')],
			post_error_fails_task: true,
		},
		tasks: [taskOf('compile')],
		hosts: one,
		policy,
	}),
	quick: {
		messages: 1,
		outcomes: ['succeeded', 'failed'],
		exits: [2, 'SIGKILL'],
		posts: 1,
		posted: [{ status: 'success', should_continue: true }],
	},
	standard: { aborts: 1, restarts: 1 },
	deep: {
		messages: 2,
		posted: [
			{ status: 'success', should_continue: true },
			{ status: 'failed', should_continue: true },
		],
	},
};

export const limitsLate: Sized = {
	name: 'limits-late',
	covers: 'The cap of executions and the quota, with messages that arrive twice.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
		},
		tasks: [taskOf('compile')],
		hosts: one,
		policy: { max_automatic_restarts: 2, execution_cap: 1, daily_limit: 1, call_attempts: 1 },
	}),
	quick: { messages: 2, outcomes: ['failed'], repeats: 1 },
	standard: { outcomes: ['succeeded', 'failed'], restarts: 1 },
	deep: { messages: 3, repeats: 2, crashes: 1, losses: 1 },
};
