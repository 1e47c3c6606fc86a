import { configurationSetup, flagged, instances, plain, type Sized } from './sized.ts';

export const background: Sized = {
	name: 'background',
	covers:
		'Background commands, flagged and not, that may fail at any time, and statuses that processes on the host post.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [
				{
					name: 'compile',
					commands: [{ ...flagged('serve'), background: true }, plain('test'), flagged('report')],
				},
			],
			pre: [{ ...flagged('watch'), background: true }, plain('set up')],
			post: [{ ...plain('record'), background: true }, plain('upload')],
			pre_error_fails_task: true,
		},
		tasks: instances(1),
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	quick: {
		messages: 2,
		outcomes: ['succeeded', 'failed', 'timed-out-exec'],
		posts: 1,
		posted: [
			{ status: 'success', should_continue: false },
			{ status: 'banana', should_continue: true },
		],
	},
	standard: { aborts: 1, beats: 1 },
	deep: { messages: 3, losses: 1, posts: 2, beats: 2, restarts: 1 },
};
