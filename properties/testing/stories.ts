import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Route } from '../../model/vocabulary/message.ts';
import { Setup } from '../../model/vocabulary/setup.ts';

/** One task, t1, with one flagged command, on host h1. */
export const SETUP = Setup.parse({
	project: {
		id: 'p1',
		tasks: [{ name: 'compile', commands: [{ command: 'make', retry_on_failure: true }] }],
	},
	tasks: [{ id: 't1', task: 'compile', variant: 'ubuntu' }],
	hosts: ['h1'],
});

/** A call and its answer. */
export const exchange = (route: Route): Event[] => [
	{ kind: 'message-delivered', message: { leg: 'request', route } },
	{ kind: 'message-delivered', message: { leg: 'reply', route } },
];

/** The host asks for work and begins it. */
export const BEGIN: readonly Event[] = [
	{ kind: 'host-asks', host: 'h1' },
	...exchange('next'),
	...exchange('start'),
];

/** The flagged command fails, is marked, and the task ends. */
export const FAIL: readonly Event[] = [
	{ kind: 'command-ends', host: 'h1', outcome: 'failed' },
	...exchange('mark'),
	...exchange('end'),
];
