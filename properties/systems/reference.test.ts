import { expect, test } from 'vitest';
import type { Event, EventKind } from '../../model/vocabulary/events/event.ts';
import { candidates } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Project } from '../../model/vocabulary/project.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import { reference, referenceOverStandardWire } from './reference.ts';
import type { System } from './system.ts';

const PROJECT: Project = {
	id: 'p é/1',
	tasks: [
		{ name: 'a', commands: [{ command: 'x', background: true }, { func: 'f' }, { command: 'y' }] },
		{ name: 'b', commands: [{ command: 'x', retry_on_failure: true }] },
	],
	functions: { f: [{ command: 'm', retry_on_failure: true }] },
	pre: [
		{ command: 'x', background: true },
		{ command: 'x', retry_on_failure: true },
	],
	timeout: [{ command: 'x' }],
	post: [{ command: 'x', retry_on_failure: true }],
	pre_error_fails_task: true,
	post_error_fails_task: true,
};
const SETUP = Setup.parse({
	project: PROJECT,
	tasks: [
		{ id: 't 1/ü%', task: 'a', variant: 'v' },
		{ id: 't2', task: 'b', variant: 'v' },
	],
	hosts: ['h1', 'h ü'],
	policy: { max_automatic_restarts: 2, daily_limit: 3, call_attempts: 2 },
});

/** What moves a story on, and what disturbs it. */
const PROGRESS: readonly EventKind[] = [
	'message-delivered',
	'message-delivered',
	'host-asks',
	'command-ends',
	'agent-returns',
	'server-returns',
];
const DISTURBANCE: readonly EventKind[] = [
	'background-fails',
	'status-posted',
	'heartbeat-sent',
	'call-retried',
	'call-abandoned',
	'agent-dies',
	'message-lost',
	'message-repeated',
	'server-crashes',
	'monitor-runs',
	'user-aborts',
	'user-restarts',
	'hours-pass',
	'host-unreachable',
	'request-forged',
];

/** Numbers in [0, 1) that are the same for the same seed. */
function numbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

async function makeStory(seed: number, length: number): Promise<Story> {
	const pick = numbers(seed);
	const one = <Item>(items: readonly Item[]): Item | undefined =>
		items[Math.floor(pick() * items.length)];
	const run = await reference().start(SETUP);
	const events: Event[] = [];
	for (let turn = 0; turn < length; turn++) {
		const kind = one(pick() < 0.85 ? PROGRESS : DISTURBANCE);
		const event = kind && one(candidates(SETUP, run.seen, kind, pick));
		if (event === undefined) continue;
		events.push(event);
		await run.apply(event);
	}
	return { setup: SETUP, events };
}

async function play(system: System, { setup, events }: Story): Promise<Observation[]> {
	const run = await system.start(setup);
	const seen = [run.seen];
	for (const event of events) seen.push(await run.apply(event));
	await run.stop();
	return seen;
}

const SEEDS = Array.from({ length: 25 }, (_, seed) => seed);

test.each(SEEDS)(
	'story %i shows the same twice, and over real Request and Response',
	async (seed) => {
		const story = await makeStory(seed, 150);
		const seen = await play(reference(), story);
		expect(await play(reference(), story)).toEqual(seen);
		expect(await play(referenceOverStandardWire(), story)).toEqual(seen);
	},
);

test('the stories of this suite reach every kind of event', async () => {
	const kinds = new Set<EventKind>();
	for (const seed of SEEDS)
		for (const { kind } of (await makeStory(seed, 150)).events) kinds.add(kind);
	expect([...kinds].sort()).toEqual([...new Set([...PROGRESS, ...DISTURBANCE])].sort());
});
