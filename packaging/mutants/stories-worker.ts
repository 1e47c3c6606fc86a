import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { Design } from '../../model/vocabulary/design.ts';
import { designOf, underDesign } from '../../model/vocabulary/setup.ts';
import { GENERATED_LENGTH } from '../../properties/arbitraries/length.ts';
import { generatedSetup } from '../../properties/arbitraries/setup.ts';
import { waysWithout } from '../../properties/steering/ways.ts';
import { model } from '../../properties/systems/model.ts';
import { reference } from '../../properties/systems/reference.ts';
import { type CampaignOptions, campaign } from '../../properties/trial/campaign.ts';
import { replaying, trial } from '../../properties/trial/trial.ts';
import { STORIES_PER_SETUP } from '../../reports/evidence/shard.ts';
import { knownStories } from './known.ts';
import { NONE, type Passed, switches } from './switches.ts';

/**
 * A mutant, and by their places what is told of it: first stories that are known, then all of a random setup, some of them
 * steered, at last some of each other design.
 */
export interface Tried {
	readonly mutant: string;
	readonly places: readonly number[];
}

export type Told =
	| { readonly kind: 'going on' }
	/** Mutants that were passed while modules were loaded, and for each the places of stories that come to it. */
	| {
			readonly kind: 'looked';
			readonly loaded: ReadonlySet<string>;
			readonly reached: ReadonlyMap<string, readonly number[]>;
	  }
	/** Whether stories showed the next mutant. */
	| { readonly kind: 'tried'; readonly found: boolean };

const { mutants, most, native } = z
	.object({
		mutants: z.array(z.object({ mutant: z.string(), places: z.array(z.number()) })),
		most: z.number(),
		native: z.boolean(),
	})
	.parse(workerData);

const KNOWN = knownStories();
const WAYS = waysWithout();

const SETUPS = most / STORIES_PER_SETUP;
/** Of each other design, of which some promises fall by themselves: only what differs tells of a mutant there. */
const OTHERS = Design.options.filter((design) => design !== designOf({}));
const SETUPS_OF_OTHER = Math.ceil(SETUPS / 10);

const ALL = Array.from(
	{ length: KNOWN.length + SETUPS + OTHERS.length * SETUPS_OF_OTHER },
	(_, place) => place,
);

/** Which random stories are told at a place beyond those that are known. */
function toldAt(place: number): Pick<CampaignOptions, 'setups' | 'ways' | 'judges' | 'from'> {
	if (place < SETUPS)
		return { setups: generatedSetup, ways: WAYS, from: place * STORIES_PER_SETUP };
	const design = OTHERS[Math.floor((place - SETUPS) / SETUPS_OF_OTHER)];
	if (design === undefined) throw new RangeError(`nothing is told at place ${place}`);
	const from = ((place - SETUPS) % SETUPS_OF_OTHER) * STORIES_PER_SETUP;
	return { setups: generatedSetup.map((setup) => underDesign(setup, design)), judges: [], from };
}

/** Who tells on and on says so, after so many places. */
const WORD_EVERY = 10;

/** Whether a story of these places shows that something is wrong. */
async function shows(places: readonly number[]): Promise<boolean> {
	for (const [told, place] of places.entries()) {
		if (await isWrong(place)) return true;
		if (told % WORD_EVERY === 0) say({ kind: 'going on' });
	}
	return false;
}

const MODEL = model();

async function isWrong(place: number): Promise<boolean> {
	const systems = [MODEL, reference()];
	const known = KNOWN[place];
	try {
		if (known !== undefined)
			return (await trial(systems, known.setup, replaying(known.events))).finding !== null;
		const told = toldAt(place - KNOWN.length);
		const { found } = await campaign({
			...{ ...told, systems, seed: 1, length: GENERATED_LENGTH },
			limit: { stories: (told.from ?? 0) + STORIES_PER_SETUP },
		});
		return found !== null;
	} catch {
		return true;
	}
}

const say = (told: Told): void => parentPort?.postMessage(told);

/** Tells stories with no mutant, in which nothing may be wrong. */
async function tellAsItIs(places: readonly number[]): Promise<void> {
	switches.activeMutant = NONE;
	for (const place of places) {
		switches.currentTestId = String(place);
		if (await isWrong(place))
			throw new Error(`place ${place} shows something where nothing is wrong`);
	}
}

/** For each mutant the places of stories that come to it. */
function reachedBy(perTest: Passed): Map<string, number[]> {
	const reached = new Map<string, number[]>();
	for (const place of ALL)
		for (const mutant of Object.keys(perTest[String(place)] ?? {})) {
			const places = reached.get(mutant);
			if (places === undefined) reached.set(mutant, [place]);
			else places.push(place);
		}
	return reached;
}

if (native) say({ kind: 'tried', found: await shows(ALL) });
else if (mutants.length === 0) {
	await tellAsItIs(ALL);
	const { static: loaded = {}, perTest = {} } = switches.mutantCoverage ?? {};
	say({ kind: 'looked', loaded: new Set(Object.keys(loaded)), reached: reachedBy(perTest) });
} else {
	await tellAsItIs(ALL.slice(0, 20));
	say({ kind: 'going on' });
	for (const { mutant, places } of mutants) {
		switches.activeMutant = mutant;
		say({ kind: 'tried', found: await shows(places) });
		switches.activeMutant = NONE;
	}
}
