import { Setup } from '../../model/vocabulary/setup.ts';

/** A setup to begin with. */
export interface Start {
	readonly name: string;
	readonly setup: Setup;
}

const flagged = (command: string) => ({ command, retry_on_failure: true });
const plain = (command: string) => ({ command });

const setup = (parts: {
	readonly tasks: readonly string[];
	readonly hosts?: readonly string[];
	readonly project?: object;
	readonly rest?: object;
	readonly group?: string;
}): Setup => {
	const { tasks, hosts = ['h1'], project = {}, rest = {}, group } = parts;
	return Setup.parse({
		project: {
			id: 'project',
			tasks: tasks.map((name) => ({
				name,
				commands: [flagged('git.get_project'), plain('make test')],
			})),
			...project,
		},
		tasks: tasks.map((task) => ({
			...{ id: task, task, variant: 'linux' },
			...(group === undefined ? {} : { group }),
		})),
		hosts,
		...rest,
	});
};

/** Small setups in which something can be at stake, the plainest first. */
export const STARTS: readonly Start[] = [
	{ name: 'One task whose clone may be retried', setup: setup({ tasks: ['compile'] }) },
	{
		name: 'Two tasks on two hosts, one slot a day',
		setup: setup({
			tasks: ['compile', 'lint'],
			hosts: ['h1', 'h2'],
			rest: { policy: { daily_limit: 1 } },
		}),
	},
	{
		name: 'A task, and one that waits for it',
		setup: Setup.parse({
			...setup({ tasks: ['compile', 'deploy'] }),
			tasks: [
				{ id: 'compile', task: 'compile', variant: 'linux' },
				{ id: 'deploy', task: 'deploy', variant: 'linux', depends_on: ['compile'] },
			],
		}),
	},
	{
		name: 'A display task of two',
		setup: setup({
			tasks: ['load', 'query'],
			hosts: ['h1', 'h2'],
			rest: { display_tasks: [{ id: 'database', execution_tasks: ['load', 'query'] }] },
		}),
	},
	{
		name: 'A task group on a single host',
		setup: setup({
			tasks: ['load', 'query'],
			group: 'database',
			project: {
				task_groups: [
					{ name: 'database', tasks: ['load', 'query'], setup_group: [plain('start server')] },
				],
			},
		}),
	},
	{
		name: 'A task of the merge queue',
		setup: setup({ tasks: ['compile'], rest: { requester: 'github_merge_request' } }),
	},
];
