import { configurationSetup, flagged, instances, plain, type Sized } from './sized.ts';

const project = {
	id: 'project',
	tasks: [{ name: 'compile', commands: [flagged('git.get_project'), plain('shell.exec')] }],
	pre: [flagged('download')],
	timeout: [flagged('print stacks')],
	post: [flagged('upload')],
};

const policy = { call_attempts: 1 };

/** Every block, its switches off. */
export const blocks: Sized = {
	name: 'blocks',
	covers:
		'One task with a flagged command in each block and every way in which it can end, the switches of pre and post off.',
	setup: configurationSetup({ project, tasks: instances(1), hosts: ['host-1'], policy }),
	quick: { messages: 2, beats: 1 },
	standard: { aborts: 1, losses: 1 },
	deep: { messages: 3, crashes: 1, restarts: 1 },
};

/** Every block, its switches on. */
export const switches: Sized = {
	name: 'switches',
	covers:
		'The same task with the switches of pre and post on, so that a failure in these blocks fails it.',
	setup: configurationSetup({
		project: { ...project, pre_error_fails_task: true, post_error_fails_task: true },
		tasks: instances(1),
		hosts: ['host-1'],
		policy,
	}),
	quick: { messages: 2 },
	standard: { aborts: 1, beats: 1 },
	deep: { messages: 3, losses: 1, crashes: 1, restarts: 1 },
};
