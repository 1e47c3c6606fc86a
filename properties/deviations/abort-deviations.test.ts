import { expect, test } from 'vitest';
import { RULES, type Rules } from '../../impl/server/rules.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { BEGIN, FAIL, SETUP } from '../testing/stories.ts';
import { replaying, trial } from '../trial/trial.ts';

/** App servers whose aborts reach too little or too much: alone or beside the model, S21 falls at the abort. */

const tasks = ['t1', 't2', 't3'].map((id) => ({ id, task: 'compile', variant: 'ubuntu' }));
const DISPLAY = Setup.parse({
	...SETUP,
	tasks,
	display_tasks: [{ id: 'd', execution_tasks: ['t1', 't2'] }],
	hosts: ['h1', 'h2'],
});
const QUEUE = Setup.parse({
	...SETUP,
	tasks,
	hosts: ['h1', 'h2'],
	requester: 'github_merge_request',
});

const on = (host: string): Event[] => [
	{ kind: 'host-asks', host },
	...(['next', 'start'] as const).flatMap((route): Event[] => [
		{ kind: 'message-delivered', message: { leg: 'request', route, host } },
		{ kind: 'message-delivered', message: { leg: 'reply', route, host } },
	]),
];
const END: Event = { kind: 'message-delivered', message: { leg: 'request', route: 'end' } };
const DONE: Event = { kind: 'command-ends', host: 'h1', outcome: 'failed' };
const abort = (task: string): Event => ({ kind: 'user-aborts', task });
const BOTH = [...on('h1'), ...on('h2')];
/** t1 has ended and is on the list, and t2 has not begun. */
const WAITS = [...BEGIN, ...FAIL];

test.each<[string, Partial<Rules>, Setup, readonly Event[]]>([
	[
		'reaches the first member only',
		{ reached: (running) => running.slice(0, 1) },
		DISPLAY,
		[...BOTH, abort('d')],
	],
	['reaches nobody', { reached: () => [] }, DISPLAY, [...BOTH, abort('t2')]],
	[
		'leaves what ended on the list',
		{ calledOff: () => [] },
		DISPLAY,
		[...WAITS, ...on('h2'), abort('d')],
	],
	[
		'is refused when nothing is in progress',
		{ calledOff: () => [] },
		DISPLAY,
		[...WAITS, abort('d')],
	],
	[
		'takes a host away',
		{ abort: (task) => ({ ...RULES.abort(task), host: null }) },
		DISPLAY,
		[...BOTH, abort('t1')],
	],
	[
		'of the version aborts nobody',
		{ reached: () => [], abortsOthers: () => false },
		QUEUE,
		[...BOTH, DONE, END],
	],
	[
		'of the version comes with every end',
		{ abortsOthers: (ended) => RULES.isMergeQueue(ended) },
		QUEUE,
		[...BOTH, { kind: 'command-ends', host: 'h1', outcome: 'succeeded' }, END],
	],
	[
		'is called off again by a second one',
		{ abort: (task) => ({ ...RULES.abort(task), aborted: task.mark !== 'granted' }) },
		DISPLAY,
		[...BOTH, ...FAIL.slice(0, 2), abort('d')],
	],
])('an abort that %s breaks S21', async (what, rules, setup, events) => {
	const broken = reference({ rules }, `reference, whose abort ${what}`);
	const { broken: found } = await trial([broken], setup, replaying(events), { goOn: true });
	expect(
		found.filter(({ index }) => index === events.length - 1).map((one) => one.guarantee),
	).toContain('S21');
	for (const systems of [[reference()], [model(), reference()]])
		expect((await trial(systems, setup, replaying(events))).finding).toBeNull();
});
