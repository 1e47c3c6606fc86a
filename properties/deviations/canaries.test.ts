import { expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Route } from '../../model/vocabulary/message.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { CANARIES } from './canaries.ts';

const SETUP = Setup.parse({
	project: {
		id: 'p1',
		tasks: [{ name: 'compile', commands: [{ command: 'make', retry_on_failure: true }] }],
	},
	tasks: [{ id: 't1', task: 'compile', variant: 'ubuntu' }],
	hosts: ['h1'],
});

const exchange = (route: Route): Event[] => [
	{ kind: 'message-delivered', message: { leg: 'request', route } },
	{ kind: 'message-delivered', message: { leg: 'reply', route } },
];
const BEGIN: readonly Event[] = [
	{ kind: 'host-asks', host: 'h1' },
	...exchange('next'),
	...exchange('start'),
];
const FAIL: readonly Event[] = [
	{ kind: 'command-ends', host: 'h1', outcome: 'failed' },
	...exchange('mark'),
	...exchange('end'),
];
const FORGE: Event = {
	kind: 'request-forged',
	route: 'mark',
	task: 't1',
	host: 'h1',
	credentials: 'none',
};

/** For each canary, a story that shows what is wrong with it. */
const STORIES: Readonly<Record<string, readonly Event[]>> = {
	'count not checked': [...BEGIN, ...FAIL, ...BEGIN, ...FAIL],
	'flag not cleared on reset': [...BEGIN, ...FAIL],
	'mark accepted without secret': [...BEGIN, FORGE],
};

async function end(system: System, events: readonly Event[]): Promise<Observation> {
	const run = await system.start(SETUP);
	for (const event of events) await run.apply(event);
	return run.seen;
}

test.each(CANARIES)('$name: the broken reference shows something else', async (canary) => {
	const events = STORIES[canary.name] ?? [];
	expect(await end(canary.system, events)).not.toEqual(await end(reference(), events));
});

test.each(CANARIES)('$name: what has nothing to do with it is as it should be', async (canary) => {
	const events: Event[] = [...BEGIN, { kind: 'command-ends', host: 'h1', outcome: 'succeeded' }];
	events.push(...exchange('end'));
	expect(await end(canary.system, events)).toEqual(await end(reference(), events));
});
