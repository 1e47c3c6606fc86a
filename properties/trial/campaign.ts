import fc from 'fast-check';
import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import { dice } from '../../model/vocabulary/dice.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import { type Shard, STORIES_PER_SETUP, WHOLE } from '../../reports/evidence/shard.ts';
import { drawAt } from '../arbitraries/draws.ts';
import { plain, type Swarm, swarm } from '../arbitraries/swarm.ts';
import { walk } from '../arbitraries/walk.ts';
import type { System } from '../systems/system.ts';
import { beginning, type Finding, type TrialResult, trial } from './trial.ts';

/** Events that lead to where a situation is near, and the one that reaches it. */
export interface LeadingOn extends Story {
	readonly then?: Event;
}

export interface CampaignOptions {
	systems: readonly System[];
	setups: fc.Arbitrary<Setup>;
	/**
	 * Ways to where a situation is near (`properties/steering`): the last of the stories of each setup is not of that, but
	 * goes one of these ways, half of them into the situation, and then on at random. None, unless told.
	 */
	ways?: readonly LeadingOn[];
	/** Which kinds of event are on, but in the first story of each setup; any, unless told. */
	swarms?: fc.Arbitrary<Swarm>;
	/** How a story goes on at random; a walk, unless told. */
	walks?: typeof walk;
	seed: number;
	/** Most events in a story; coming to rest adds to it. */
	length: number;
	/** Who judges; all guarantees, unless told. */
	judges?: readonly Guarantee[];
	/**
	 * The campaign ends after so many seconds, or stories, or where both are given, when both have passed. Stories are
	 * those of all parts: each part tells its own of them.
	 */
	limit: { seconds?: number; stories?: number };
	/** The place of the first story, among those of all parts; 0, unless told. */
	from?: number;
	/** The part of the stories that is told here; all, unless told. */
	shard?: Shard | undefined;
	/** Ends the campaign early, after the story in hand. */
	signal?: AbortSignal | undefined;
	/**
	 * Called with each promise that a story breaks, once, and with what else is wrong; the campaign then goes on with the
	 * next story, where else it ends.
	 */
	onFound?: (found: Found) => Promise<void>;
	/** Called with each setup of which stories are told. */
	onSetup?: (setup: Setup) => void;
	/** Called now and then. */
	onProgress?: (tally: Tally) => void;
}

/** What was tried and how often each guarantee was exercised. */
export interface Tally {
	stories: number;
	events: number;
	steps: number;
	unrested: number;
	/** By the id of a guarantee: stories in which it was exercised, and events at which it was. */
	exercised: Map<string, { stories: number; events: number }>;
	/** By the name of a situation: the same of those in which it was reached. */
	situations: Map<string, Reached>;
}

/** How often a situation was reached. */
export interface Reached {
	stories: number;
	events: number;
	/**
	 * Those of the stories that are told on every machine, however busy it is, and are led nowhere: a verdict may rest on no
	 * others.
	 */
	certain: number;
}

/** What was found wrong, with its story, not yet shrunk, and the place of that among the stories of all parts. */
export interface Found {
	story: Story;
	finding: Finding;
	place: number;
}

export interface CampaignResult extends Tally {
	/** The first thing found wrong, where that ends the campaign. */
	found: Found | null;
	/** The place behind the last story that was told: another campaign from there goes on with this one. */
	next: number;
}

export const emptyTally = (): Tally => ({
	stories: 0,
	events: 0,
	steps: 0,
	unrested: 0,
	exercised: new Map(),
	situations: new Map(),
});

/** Adds what one trial tried; `certain`: its story is told on every machine. */
export function count(tally: Tally, result: TrialResult, certain = true): void {
	tally.stories++;
	tally.events += result.events.length;
	tally.steps += result.steps;
	if (!result.rested && result.finding === null) tally.unrested++;
	for (const [name, events] of result.situations)
		addReached(tally, name, { stories: 1, events, certain: certain ? 1 : 0 });
	for (const [id, events] of result.exercised) {
		if (events === 0) continue;
		const sum = tally.exercised.get(id);
		if (sum === undefined) tally.exercised.set(id, { stories: 1, events });
		else {
			sum.stories++;
			sum.events += events;
		}
	}
}

/** The kinds that all of the systems can let happen. */
function playable(systems: readonly System[], swarm: Swarm): Swarm {
	const cannot = systems.flatMap((system) => system.cannot ?? []);
	if (cannot.length === 0) return swarm;
	return Object.fromEntries(
		Object.entries(swarm).filter(([kind]) => !cannot.some((one) => one === kind)),
	);
}

/** Whether the story of that place goes a way first, where there are any. */
export const isLed = (place: number): boolean =>
	place % STORIES_PER_SETUP === STORIES_PER_SETUP - 1;

/** Drawn for itself: what else is drawn stays the same, with ways or without. */
function wayAt(ways: readonly LeadingOn[], seed: number): Story | undefined {
	const drawn = dice(seed)() * ways.length;
	const way = ways[Math.floor(drawn)];
	if (way?.then === undefined || drawn % 1 < 0.5) return way;
	return { setup: way.setup, events: [...way.events, way.then] };
}

/** Adds how often a situation was reached. */
export function addReached({ situations }: Tally, name: string, more: Reached): void {
	const sum = situations.get(name) ?? { stories: 0, events: 0, certain: 0 };
	situations.set(name, {
		stories: sum.stories + more.stories,
		events: sum.events + more.events,
		certain: sum.certain + more.certain,
	});
}

/** The first breach of each promise, and what else is wrong. */
function eachOf({ broken, finding }: TrialResult): Finding[] {
	const first = broken.filter(
		({ guarantee }, at) => broken.findIndex((one) => one.guarantee === guarantee) === at,
	);
	return finding === null || finding.kind === 'violated' ? first : [...first, finding];
}

/**
 * Random projects, failures and faults on all systems in lockstep, until something is found or the
 * limit is reached. The seed and its place decide every story, so that the parts of a campaign are exactly the whole;
 * the first story of each setup is plain.
 *
 * @throws what the machinery of the trial throws; what a system throws is a finding.
 */
export async function campaign(options: CampaignOptions): Promise<CampaignResult> {
	const { systems, setups, swarms = swarm, seed, length, limit, signal, onProgress } = options;
	const { shard = WHOLE, from = 0, ways = [], walks = walk, onFound } = options;
	const judged = {
		...(options.judges === undefined ? {} : { judges: options.judges }),
		goOn: onFound !== undefined,
	};
	const drawn = fc.tuple(setups, swarms, fc.nat());
	const tally = emptyTally();
	const ends = performance.now() + (limit.seconds ?? 0) * 1000;
	const atLeast = limit.stories ?? 0;
	let breathed = performance.now();
	const rounds = Math.floor(from / STORIES_PER_SETUP / shard.of);

	for (let place = shard.index - 1 + rounds * shard.of; ; place += shard.of) {
		let plan: [Setup, Swarm, number] | null = null;
		for (let among = 0; among < STORIES_PER_SETUP; among++) {
			const story = place * STORIES_PER_SETUP + among;
			if (story < from) continue;
			const over = story >= atLeast && performance.now() >= ends;
			if (over || signal?.aborted) return { ...tally, found: null, next: story };
			if (plan === null) {
				plan = drawAt(drawn, seed, place);
				options.onSetup?.(plan[0]);
			}
			const [drawnSetup, some, first] = plan;
			const way = isLed(story) ? wayAt(ways, first + place) : undefined;
			const { setup, events: begun } = way ?? { setup: drawnSetup, events: [] };
			const kinds = among === 0 ? plain : playable(systems, some);
			const next = beginning(begun, walks(setup, kinds, first + among, length - begun.length));
			const result = await trial(systems, setup, next, judged);
			count(tally, result, story < atLeast && way === undefined);
			const { events, finding } = result;
			if (finding !== null && onFound === undefined) {
				const found = { story: { setup, events }, finding, place: story };
				return { ...tally, found, next: story + 1 };
			}
			for (const one of onFound === undefined ? [] : eachOf(result))
				await onFound?.({ story: { setup, events }, finding: one, place: story });
			if (performance.now() - breathed > 200) {
				breathed = performance.now();
				onProgress?.(tally);
				await new Promise((resolve) => setImmediate(resolve));
			}
		}
	}
}
