import fc from 'fast-check';
import type { Guarantee } from '../../model/guarantees/guarantee.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/story.ts';
import { plain, type Swarm, swarm } from '../arbitraries/swarm.ts';
import { walk } from '../arbitraries/walk.ts';
import type { System } from '../systems/system.ts';
import { type Finding, type TrialResult, trial } from './trial.ts';

/** Stories told in one generated setup. */
const STORIES_PER_SETUP = 4;
/** Stories after which the number of runs, not time, ends a campaign. */
const RUNS = 100_000_000;

export interface CampaignOptions {
	systems: readonly System[];
	setups: fc.Arbitrary<Setup>;
	/** Which kinds of event are on, but in the first story of each setup; any, unless told. */
	swarms?: fc.Arbitrary<Swarm>;
	seed: number;
	/** Most events in a story; coming to rest adds to it. */
	length: number;
	/** The campaign ends after so many seconds, or stories, or where both are given, when both have passed. */
	/** Who judges; all guarantees, unless told. */
	judges?: readonly Guarantee[];
	limit: { seconds?: number; stories?: number };
	/** Ends the campaign early, after the story in hand. */
	signal?: AbortSignal | undefined;
	/** Called now and then. */
	onProgress?: (tally: Tally) => void;
}

/** What was tried and how often each guarantee mattered. */
export interface Tally {
	stories: number;
	events: number;
	steps: number;
	unrested: number;
	/** By the id of a guarantee: stories in which it mattered, and events at which it did. */
	mattered: Map<string, { stories: number; events: number }>;
}

export interface CampaignResult extends Tally {
	/** The first thing found wrong, with its story, not yet shrunk. */
	found: { story: Story; finding: Finding } | null;
}

export const emptyTally = (): Tally => ({
	stories: 0,
	events: 0,
	steps: 0,
	unrested: 0,
	mattered: new Map(),
});

/** Adds what one trial tried. */
export function count(tally: Tally, result: TrialResult): void {
	tally.stories++;
	tally.events += result.events.length;
	tally.steps += result.steps;
	if (!result.rested && result.finding === null) tally.unrested++;
	for (const [id, events] of result.mattered) {
		if (events === 0) continue;
		const sum = tally.mattered.get(id);
		if (sum === undefined) tally.mattered.set(id, { stories: 1, events });
		else {
			sum.stories++;
			sum.events += events;
		}
	}
}

/** Ends a campaign from within: not a failure. */
class Enough extends Error {}

/**
 * Random projects, failures and faults on all systems in lockstep, until something is found or the
 * limit is reached. The seed decides every story; the first of each setup is plain.
 *
 * @throws what the machinery of the trial throws; what a system throws is a finding.
 */
export async function campaign(options: CampaignOptions): Promise<CampaignResult> {
	const { systems, setups, swarms = swarm, seed, length, limit, signal, onProgress } = options;
	const judged = options.judges === undefined ? {} : { judges: options.judges };
	const tally = emptyTally();
	const ends = performance.now() + (limit.seconds ?? 0) * 1000;
	const atLeast = limit.stories ?? 0;
	let told = performance.now();
	let found: CampaignResult['found'] = null;

	const tell = async (setup: Setup, drawn: Swarm, storySeed: number): Promise<void> => {
		const over = tally.stories >= atLeast && performance.now() >= ends;
		if (over || signal?.aborted) throw new Enough();
		const result = await trial(systems, setup, walk(setup, drawn, storySeed, length), judged);
		count(tally, result);
		if (result.finding !== null) {
			found = { story: { setup, events: result.events }, finding: result.finding };
			throw new Enough();
		}
		if (performance.now() - told > 200) {
			told = performance.now();
			onProgress?.(tally);
		}
	};

	const { failed, errorInstance } = await fc.check(
		fc.asyncProperty(setups, swarms, fc.nat(), async (setup, drawn, first) => {
			for (let place = 0; place < STORIES_PER_SETUP; place++)
				await tell(setup, place === 0 ? plain : drawn, first + place);
		}),
		{ seed, numRuns: RUNS, endOnFailure: true },
	);
	if (failed && !(errorInstance instanceof Enough)) throw errorInstance;
	return { ...tally, found };
}
