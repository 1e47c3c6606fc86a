import { configurationSetup, flagged, instances, plain, type Sized } from './sized.ts';

export const limits: Sized = {
	name: 'limits',
	covers:
		'Two automatic restarts allowed, one a day, and an execution cap of two: budget, quota, cap and restarts by users meet.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
		},
		tasks: instances(1),
		hosts: ['host-1'],
		policy: { max_automatic_restarts: 2, execution_cap: 2, daily_limit: 1, call_attempts: 1 },
	}),
	quick: { messages: 2, outcomes: ['failed'], restarts: 1 },
	standard: { outcomes: ['succeeded', 'failed'], repeats: 1, crashes: 1 },
	deep: { messages: 3, losses: 1, aborts: 1, restarts: 3 },
};

export const functions: Sized = {
	name: 'functions',
	covers:
		'Functions with the flag on a member and on the call, and commands that are not listed for the variant.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [
				{
					name: 'compile',
					commands: [
						{ func: 'download', retry_on_failure: true },
						{ ...flagged('install'), variants: ['windows'] },
						{ func: 'build' },
					],
				},
			],
			functions: { download: [plain('log in'), flagged('fetch')], build: [plain('make')] },
		},
		tasks: instances(1),
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	quick: { messages: 2, outcomes: ['succeeded', 'failed'], restarts: 1 },
	standard: { losses: 1, aborts: 1 },
	deep: { messages: 3, repeats: 1, crashes: 1, beats: 1 },
};
