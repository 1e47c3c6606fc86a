import type { Project } from '../../model/vocabulary/project.ts';
import { MAX_HOSTS, Policy, Setup, type TaskInstance } from '../../model/vocabulary/setup.ts';

/** A setup of one task, t1, with one flagged command, on host h1; parts can be replaced. */
export const setupOf = (
	project: Partial<Project> = {},
	policy: Partial<Policy> = {},
	rest: Partial<Pick<Setup, 'tasks' | 'display_tasks' | 'hosts' | 'requester'>> = {},
): Setup =>
	Setup.parse({
		project: {
			id: 'p1',
			tasks: [{ name: 'compile', commands: [{ command: 'make', retry_on_failure: true }] }],
			...project,
		},
		tasks: [{ id: 't1', task: 'compile', variant: 'ubuntu' }],
		hosts: ['h1'],
		policy: Policy.parse(policy),
		...rest,
	});

/** Two tasks of that kind on two hosts. */
export const TWO: Partial<Pick<Setup, 'tasks' | 'hosts'>> = {
	tasks: [
		{ id: 't1', task: 'compile', variant: 'ubuntu' },
		{ id: 't2', task: 'compile', variant: 'ubuntu' },
	],
	hosts: ['h1', 'h2'],
};

/** Tasks t1, t2 and so on, each with what is given for it, and a host for each: h1, h2 and so on. */
export const several = (
	...more: readonly Partial<TaskInstance>[]
): Pick<Setup, 'tasks' | 'hosts'> => ({
	tasks: more.map((each, index) => ({
		id: `t${index + 1}`,
		task: 'compile',
		variant: 'ubuntu',
		...each,
	})),
	hosts: more.slice(0, MAX_HOSTS).map((_, index) => `h${index + 1}`),
});
