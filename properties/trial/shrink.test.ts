import { beforeAll, describe, expect, test } from 'vitest';
import { createTables } from '../../model/system/tables.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import type { Route } from '../../model/vocabulary/message.ts';
import type { Handled, Observation } from '../../model/vocabulary/observation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import { CANARIES } from '../deviations/canaries.ts';
import { model } from '../systems/model.ts';
import type { System } from '../systems/system.ts';
import { BEGIN, exchange, FAIL, SETUP } from '../testing/stories.ts';
import { tampered } from '../testing/tampered.ts';
import { type Shrunk, shrink } from './shrink.ts';
import { type Finding, replaying, trial } from './trial.ts';

const tables = createTables();
const canary = (name: string): System => {
	const found = CANARIES.find((candidate) => candidate.name === name);
	if (found === undefined) throw new Error(`there is no canary "${name}"`);
	return found.system;
};

const HOUR: Event = { kind: 'hours-pass', hours: 1 };
const BEAT: Event = { kind: 'heartbeat-sent', host: 'h1' };

/** Two tasks on two hosts, blocks that nobody needs, and a policy that changes nothing. */
const WIDE = Setup.parse({
	project: {
		...SETUP.project,
		tasks: [...SETUP.project.tasks, { name: 'unused', commands: [{ command: 'true' }] }],
		functions: { fetch: [{ command: 'fetch' }] },
		post: [{ command: 'upload' }],
		timeout: [{ func: 'fetch' }],
		pre_error_fails_task: true,
		command_type: 'system',
	},
	tasks: [
		{ id: 't1', task: 'compile', variant: 'ubuntu' },
		{ id: 't2', task: 'compile', variant: 'ubuntu' },
	],
	hosts: ['h1', 'h2'],
	requester: 'patch_request',
	policy: { max_automatic_restarts: 1, daily_limit: 7, execution_cap: 5, call_attempts: 3 },
});
const POST: Event = { kind: 'command-ends', host: 'h1', outcome: 'succeeded' };
const ON_WIDE: readonly Event[] = [
	HOUR,
	{ kind: 'host-asks', host: 'h2' },
	{ kind: 'message-lost', message: { leg: 'request', route: 'next' } },
	...BEGIN,
	BEAT,
	...FAIL.slice(0, 3),
	POST,
	...FAIL.slice(3),
	HOUR,
	...BEGIN,
	...FAIL.slice(0, 3),
];

async function findingOf(systems: readonly System[], { setup, events }: Story): Promise<Finding> {
	const { finding } = await trial(systems, setup, replaying(events));
	if (finding === null) throw new Error('the story shows nothing');
	return finding;
}

describe('a long story in which a count is not checked', () => {
	const systems = [model(tables), canary('count not checked')];
	const long: Story = { setup: WIDE, events: [...ON_WIDE] };
	let shrunk: Shrunk;
	beforeAll(async () => {
		shrunk = await shrink(systems, long, await findingOf(systems, long));
	});

	test('becomes the short one: with no restart allowed, the first failure leads to a mark too many', () => {
		const { story, finding, trials } = shrunk;
		expect(finding).toMatchObject({ kind: 'violated', guarantee: 'S1' });
		expect(story.events.map(({ kind }) => kind)).toEqual([
			'host-asks',
			...Array.from({ length: 4 }, () => 'message-delivered'),
			'command-ends',
		]);
		expect(trials).toBeGreaterThan(0);
	});

	test('becomes one with a plain setup', () => {
		const { story } = shrunk;
		expect(story.setup).toEqual({
			...SETUP,
			tasks: [{ id: 't2', task: 'compile', variant: 'ubuntu' }].map((task) =>
				story.setup.tasks[0]?.id === 't1' ? { ...task, id: 't1' } : task,
			),
			hosts: [story.setup.hosts[0]],
			policy: { ...SETUP.policy, max_automatic_restarts: 0 },
		});
	});

	test('keeps the full names of its messages, and only events that are possible', async () => {
		const { story } = shrunk;
		const run = await model(tables).start(story.setup);
		for (const event of story.events) {
			expect(isPossible(story.setup, run.seen, event)).toBe(true);
			if (event.kind === 'message-delivered') expect(event.message.host).toBeDefined();
			await run.apply(event);
		}
	});
});

test.each(CANARIES)('$name: what is left shows the finding that it is returned with', async (c) => {
	const systems = [model(tables), c.system];
	const events: Event[] = [
		...BEGIN,
		{ kind: 'request-forged', route: 'mark', task: 't1', host: 'h1', credentials: 'none' },
		...FAIL,
		...BEGIN,
		...FAIL,
		HOUR,
	];
	const before = await findingOf(systems, { setup: SETUP, events });
	const { story, finding } = await shrink(systems, { setup: SETUP, events }, before);
	expect(await findingOf(systems, story)).toEqual(finding);
	expect(finding.kind).toBe(before.kind);
	expect(story.events.length).toBeLessThan(events.length);
});

test('a story that shows something else instead is not taken for it', async () => {
	// Breaks down when the monitor runs for the third time; shows a wrong hour when it comes first.
	let first: Event | null = null;
	let runs = 0;
	const odd = tampered('odd', (seen, event, step) => {
		if (step === 0) runs = 0;
		if (step === 1) first = event;
		if (event?.kind === 'monitor-runs' && ++runs === 3) throw new Error('three are too many');
		return first?.kind === 'monitor-runs' && step === 1 ? { ...seen, minute: 5940 } : seen;
	});
	const systems = [model(tables), odd];
	const events: Event[] = [
		HOUR,
		...Array.from({ length: 6 }, (): Event => ({ kind: 'monitor-runs' })),
	];
	const found = await findingOf(systems, { setup: SETUP, events });
	const { story, finding } = await shrink(systems, { setup: SETUP, events }, found);
	expect(found.kind).toBe('broke down');
	expect(finding).toEqual({ ...found, index: 3 });
	expect(story.events.map(({ kind }) => kind)).toEqual([
		'hours-pass',
		...Array.from({ length: 3 }, () => 'monitor-runs'),
	]);
});

test('what happened on two hosts happens on one, where that is enough', async () => {
	// A heartbeat of the second task is too much, once the first has ended and all calls are answered.
	const fragile = tampered('fragile', (seen, event) => {
		const [first, second] = seen.tasks;
		const quiet = seen.hosts.every(({ doing }) => doing.kind !== 'calling');
		if (event?.kind !== 'heartbeat-sent' || !quiet) return seen;
		if (first?.ended_minute === 0 && second?.status === 'started') throw new Error('not now');
		return seen;
	});
	const onFirst = (events: readonly Event[]): Event[] =>
		events.map((event) => ('host' in event ? { ...event, host: 'h2' } : event));
	const succeeds: Event = { kind: 'command-ends', host: 'h1', outcome: 'succeeded' };
	const first = onFirst([...BEGIN, succeeds, POST, ...exchange('end')]);
	const story: Story = { setup: WIDE, events: [...first, ...BEGIN, BEAT] };
	const shrunk = await shrink([fragile], story, await findingOf([fragile], story));
	expect(shrunk.finding).toMatchObject({ kind: 'broke down', system: 'fragile' });
	expect(shrunk.story.setup.hosts).toHaveLength(1);
	expect(shrunk.story.setup.tasks).toHaveLength(2);
});

describe('of handlers that are held', () => {
	const goesOn = (route: Handled): Event => ({ kind: 'goes-on', handler: { route } });
	const shrunkFrom = async (setup: Setup, events: readonly Event[], isWrong: Wrong) => {
		const fragile = tampered('fragile', (seen, event) => {
			if (isWrong(seen, event)) throw new Error('not now');
			return seen;
		});
		const story: Story = { setup, events: [...events] };
		return (await shrink([fragile], story, await findingOf([fragile], story))).story;
	};
	type Wrong = (seen: Observation, event: Event | null) => boolean;
	const isAborted: Wrong = ({ tasks: [task] }, event) =>
		task?.aborted === true && ['user-aborts', 'goes-on'].includes(event?.kind ?? '');
	const kinds = ({ events }: Story): string[] => events.map(({ kind }) => kind);

	const aborted = (task: string): Event[] => [
		{ kind: 'held', begun: { kind: 'user-aborts', task } },
		HOUR,
		goesOn('abort'),
	];
	/** As little as is dispatched can be aborted. */
	const begins = BEGIN.slice(0, 2).map(({ kind }) => kind);

	test('one is handled at once, where that is enough', async () => {
		const story = await shrunkFrom(SETUP, [...BEGIN, ...aborted('t1')], isAborted);
		expect(kinds(story)).toEqual([...begins, 'user-aborts']);
	});

	test('one is handled where it goes on, where that is enough', async () => {
		const isLate: Wrong = (seen, event) => seen.minute > 0 && isAborted(seen, event);
		const story = await shrunkFrom(SETUP, [...BEGIN, ...aborted('t1')], isLate);
		expect(kinds(story)).toEqual([...begins, 'hours-pass', 'user-aborts']);
	});

	test('what is held on two hosts is held on one', async () => {
		const succeeds: Event = { kind: 'command-ends', host: 'h1', outcome: 'succeeded' };
		const holds = (route: Route, host: string): Event => ({
			kind: 'held',
			begun: { kind: 'message-delivered', message: { leg: 'request', route, host } },
		});
		const events: Event[] = [
			...BEGIN.slice(0, 3),
			holds('start', 'h1'),
			{ kind: 'goes-on', handler: { route: 'start', host: 'h1' } },
			...[...exchange('start').slice(1), succeeds, POST, ...exchange('end')],
			...[{ kind: 'host-asks', host: 'h2' } as const, holds('next', 'h2')],
		];
		const isHeld: Wrong = ({ tasks: [first], hosts, in_hand }) =>
			first?.status === 'success' &&
			!hosts.some(({ doing }) => doing.kind === 'calling' && doing.route === 'end') &&
			in_hand.length > 0;
		const { setup } = await shrunkFrom(WIDE, events, isHeld);
		expect(setup.hosts).toHaveLength(1);
	});

	test('what a user does to a display task is held of its tasks', async () => {
		const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2'] }];
		const setup = Setup.parse({ ...WIDE, display_tasks });
		const story = await shrunkFrom(setup, [...BEGIN, ...aborted('d')], isAborted);
		expect(story.setup.display_tasks).toBeUndefined();
		expect(kinds(story).at(-1)).toBe('user-aborts');
	});
});

test('an aborted shrinking keeps the story as it is', async () => {
	const systems = [model(tables), canary('flag not cleared on reset')];
	const story: Story = { setup: SETUP, events: [HOUR, ...BEGIN, ...FAIL] };
	const finding = await findingOf(systems, story);
	expect(await shrink(systems, story, finding, AbortSignal.abort())).toEqual({
		story,
		finding,
		trials: 0,
	});
});

test('an abort while it works ends it with a story that shows the finding', async () => {
	const systems = [model(tables), canary('count not checked')];
	const story: Story = { setup: WIDE, events: [...ON_WIDE] };
	const interrupt = new AbortController();
	setImmediate(() => interrupt.abort());
	const before = await findingOf(systems, story);
	const { story: left, finding, trials } = await shrink(systems, story, before, interrupt.signal);
	expect(trials).toBeLessThan(100);
	expect(await findingOf(systems, left)).toEqual(finding);
});
