import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTables } from '../../model/system/tables.ts';
import type { Event, EventKind } from '../../model/vocabulary/events/event.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { alone } from '../arbitraries/swarm.ts';
import { CANARIES } from '../deviations/canaries.ts';
import { waysWithout } from '../steering/ways.ts';
import { model } from '../systems/model.ts';
import type { System } from '../systems/system.ts';
import { neverAtRest } from '../testing/tampered.ts';
import { type CampaignOptions, campaign } from './campaign.ts';
import { replaying, trial } from './trial.ts';

const honest = model(createTables());
const options: CampaignOptions = {
	systems: [honest],
	setups: generatedSetup,
	seed: 1,
	length: 30,
	limit: { stories: 40 },
};
/** A campaign that nothing but its signal or its seconds ends. */
const endless: CampaignOptions = { ...options, limit: { stories: Number.MAX_SAFE_INTEGER } };

test('the same seed tells the same stories, another seed others', async () => {
	const once = await campaign(options);
	expect(await campaign(options)).toEqual(once);
	expect(await campaign({ ...options, seed: 2 })).not.toEqual(once);
});

test('the same seed finds the same', async () => {
	for (const { system } of CANARIES.slice(0, 2)) {
		const hunt = { ...options, systems: [honest, system], limit: { stories: 2000 } };
		const { found, ...tally } = await campaign(hunt);
		expect(found).not.toBeNull();
		expect(await campaign(hunt)).toEqual({ ...tally, found });
		if (found === null) continue;
		const again = await trial(hunt.systems, found.story.setup, replaying(found.story.events));
		expect(again.finding).toEqual(found.finding);
	}
});

test('a limit of stories is kept to the story, and what was tried is counted', async () => {
	const tally = await campaign(options);
	expect(tally).toMatchObject({ stories: 40, unrested: 0, found: null });
	expect(tally.events).toBeGreaterThan(40);
	expect(tally.steps).toBeGreaterThan(tally.events);
	for (const { stories, events } of tally.exercised.values()) {
		expect(stories).toBeLessThanOrEqual(40);
		expect(events).toBeGreaterThanOrEqual(stories);
	}
	expect(tally.exercised.get('L2')?.stories).toBeGreaterThan(0);
});

test('stories that do not come to rest are counted', async () => {
	const systems = [neverAtRest('restless')];
	const tally = await campaign({ ...options, systems, length: 0, limit: { stories: 2 } });
	expect(tally).toMatchObject({ stories: 2, unrested: 2, found: null });
});

test('seconds end it', async () => {
	const began = performance.now();
	const { stories } = await campaign({ ...options, limit: { seconds: 0.1 } });
	expect(performance.now() - began).toBeLessThan(1500);
	expect(stories).toBeGreaterThan(0);
});

test('where seconds and stories are given, it goes on until both have passed', async () => {
	const few = await campaign({ ...options, limit: { seconds: 0, stories: 15 } });
	expect(few.stories).toBe(15);
	const more = await campaign({ ...options, limit: { seconds: 0.2, stories: 1 } });
	expect(more.stories).toBeGreaterThan(1);
});

test('no seconds, no stories', async () => {
	expect(await campaign({ ...options, limit: { seconds: 0 } })).toMatchObject({ stories: 0 });
});

test('a signal that is aborted already lets no story be told', async () => {
	const signal = AbortSignal.abort();
	expect(await campaign({ ...endless, signal })).toMatchObject({ stories: 0, found: null });
});

test('progress is reported now and then, and the process may breathe: timers come to pass', async () => {
	const interrupt = new AbortController();
	setTimeout(() => interrupt.abort(), 300);
	const reported: number[] = [];
	const { stories } = await campaign({
		...endless,
		signal: interrupt.signal,
		onProgress: (tally) => reported.push(tally.stories),
	});
	expect(reported.length).toBeGreaterThan(0);
	expect(stories).toBeGreaterThanOrEqual(reported.at(-1) ?? 0);
});

test('the first story of each setup is plain; the others draw from the swarms given', async () => {
	const seen: Set<EventKind>[] = [];
	const watched: System = {
		name: 'watched',
		async start(setup) {
			const run = await honest.start(setup);
			const kinds = new Set<EventKind>();
			seen.push(kinds);
			return {
				get seen() {
					return run.seen;
				},
				apply(event) {
					kinds.add(event.kind);
					return run.apply(event);
				},
				stop: () => {},
			};
		},
	};
	const swarms = fc.constant(alone('user-aborts'));
	await campaign({ ...options, systems: [watched], swarms });
	const aborted = seen.map((kinds) => kinds.has('user-aborts'));
	expect(aborted.filter((_, story) => story % 4 === 0)).not.toContain(true);
	expect(aborted.filter((_, story) => story % 4 !== 0)).toContain(true);
	expect(seen.some((kinds) => kinds.has('user-restarts'))).toBe(false);
});

test('a mistake of the machinery is no quiet end', async () => {
	await expect(campaign({ ...options, systems: [] })).rejects.toThrow('a trial needs a system');
});

test('no story is told of what a system cannot let happen', async () => {
	const kinds = new Set<EventKind>();
	const listening: System = {
		...honest,
		cannot: ['held', 'message-lost'],
		start: async (setup) => {
			const run = await honest.start(setup);
			return {
				get seen() {
					return run.seen;
				},
				apply: (event) => {
					kinds.add(event.kind);
					return run.apply(event);
				},
				stop: () => run.stop(),
			};
		},
	};
	const swarms = fc.constant({ ...alone('held'), 'message-lost': 8 });
	await campaign({ ...options, systems: [listening], swarms, limit: { stories: 8 } });
	expect(kinds).toContain('message-delivered');
	expect(kinds).not.toContain('held');
	expect(kinds).not.toContain('message-lost');
});

test('a situation to which a story was led counts for no verdict', async () => {
	const way = waysWithout().find(({ near }) => near.includes('S7 ran-out'));
	if (way === undefined) throw new RangeError('no way to where a slot runs out');
	const { setup, events, then } = way;
	const led = await campaign({ ...options, ways: [{ setup, events: [...events, then] }] });
	const { stories = 0, certain = 0 } = led.situations.get('S7 ran-out') ?? {};
	expect(stories).toBeGreaterThanOrEqual(10);
	expect(certain).toBeLessThanOrEqual(stories - 10);
});

test('with ways, one story of four goes one of them first, and the others stay the same', async () => {
	const steps = [{ kind: 'host-asks', host: 'h1' }] as const;
	const way = { setup: fc.sample(generatedSetup, { numRuns: 1, seed: 9 })[0], events: steps };
	if (way.setup === undefined) throw new RangeError('no setup');
	const setup = { ...way.setup, hosts: ['h1'] };
	const told = async (ways: CampaignOptions['ways'] & {}): Promise<string[]> => {
		const stories: string[] = [];
		const watched: System = {
			name: 'watched',
			start(given) {
				stories.push(JSON.stringify(given));
				return honest.start(given);
			},
		};
		await campaign({ ...options, systems: [watched], limit: { stories: 8 }, ways });
		return stories;
	};
	const random = await told([]);
	const steered = await told([{ setup, events: [...steps] }]);
	const own = JSON.stringify(setup);
	expect(steered.map((story) => story === own)).toEqual([
		...[false, false, false, true],
		...[false, false, false, true],
	]);
	expect(steered.filter((story) => story !== own)).toEqual(
		random.filter((_, place) => place % 4 !== 3),
	);
});

test('of the stories that go a way, some go into the situation, and some only to where it is near', async () => {
	const way = waysWithout().find(({ near }) => near.includes('S7 ran-out'));
	if (way === undefined) throw new RangeError('no way to where a slot runs out');
	const goneInto = new Set<boolean>();
	for (let seed = 1; seed <= 8; seed++) {
		const told: Event[] = [];
		const watched: System = {
			name: 'watched',
			async start(given) {
				const run = await honest.start(given);
				told.length = 0;
				return {
					get seen() {
						return run.seen;
					},
					apply: (event) => {
						told.push(event);
						return run.apply(event);
					},
					stop: () => run.stop(),
				};
			},
		};
		const length = way.events.length + 1;
		const limit = { stories: 4 };
		await campaign({ ...options, seed, length, systems: [watched], limit, ways: [way] });
		expect(told.slice(0, way.events.length)).toEqual(way.events);
		goneInto.add(JSON.stringify(told[way.events.length]) === JSON.stringify(way.then));
	}
	expect(goneInto).toEqual(new Set([true, false]));
});
