import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import type { Moment } from '../../model/guarantees/guarantee.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import { drawAt } from '../../properties/arbitraries/draws.ts';
import { GENERATED_LENGTH } from '../../properties/arbitraries/length.ts';
import { generatedSetup } from '../../properties/arbitraries/setup.ts';
import { swarm } from '../../properties/arbitraries/swarm.ts';
import { walk } from '../../properties/arbitraries/walk.ts';
import { deviating, fileOf } from '../../properties/deviations/deviation.ts';
import { DEVIATIONS } from '../../properties/deviations/index.ts';
import { keptStory } from '../../properties/deviations/kept-story.ts';
import { OVERLAP_FAULTS } from '../../properties/deviations/overlap-faults.ts';
import { OVERLAP_STORIES } from '../../properties/deviations/overlap-stories.ts';
import { SEEDED } from '../../properties/deviations/seeded/index.ts';
import { type Fault, faulty } from '../../properties/systems/fault.ts';
import { model } from '../../properties/systems/model.ts';
import { reference } from '../../properties/systems/reference.ts';
import type { System } from '../../properties/systems/system.ts';
import { HALVES } from '../../properties/testing/halves.ts';
import { campaign } from '../../properties/trial/campaign.ts';
import { replaying, trial } from '../../properties/trial/trial.ts';
import { loadScenario } from '../../scenarios/format/load.ts';
import { CORPUS, knownStories } from './known.ts';

/** What was seen of a story until the first promise was broken, so that it can be judged again. */
export interface Shown {
	readonly name: string;
	/** The promises that fall first, all at the end of what was seen. */
	readonly breaks: readonly string[];
	readonly setup: Setup;
	readonly first: Observation;
	readonly moments: readonly Omit<Moment, 'setup'>[];
	/** What was seen when it had come to rest; null: it did not, or a promise fell before. */
	readonly atRest: Observation | null;
}

/** A story in which a half of a promise is put to the test by so many events, and what was seen of it. */
export interface Witnessed extends Pick<Shown, 'setup' | 'first' | 'moments'> {
	readonly half: string;
	readonly events: number;
}

interface Kept {
	readonly judged: readonly Shown[];
	readonly witnessed: readonly Witnessed[];
}

/** In the folder in which mutants are tried. */
const FILE = 'shown.bin';

type Next = Parameters<typeof trial>[2];

/** So many random stories, in which nothing is wrong. */
const RANDOM = 60;

/**
 * Keeps what is seen of stories: of those of known bugs, on the reference with the bug in it, and of those in which nothing
 * is wrong.
 */
export async function show(folder: string): Promise<void> {
	const known = [...knownStories(), ...Object.values(OVERLAP_STORIES)];
	const seen = await Promise.all([
		...DEVIATIONS.map((one) => replayed(fileOf(one), deviating(one), keptStory(one, CORPUS))),
		...OVERLAP_FAULTS.map(({ matter, what }) =>
			replayed(
				what,
				faulty({ rules: { holds: (one) => one !== matter } }, matter),
				OVERLAP_STORIES[matter],
			),
		),
		...SEEDED.map(randomly),
		...known.map((story, place) => replayed(`story ${place}`, reference(), story)),
		...Array.from({ length: RANDOM }, (_, place) => right(place)),
	]);
	const kept: Kept = {
		judged: seen.filter((one) => one !== null),
		witnessed: await Promise.all(Object.entries(HALVES).map(witnessedIn)),
	};
	writeFileSync(`${folder}${FILE}`, serialize(kept));
}

/** What is seen of the scenario of a half, whatever falls in it. */
async function witnessedIn([half, [name, events]]: [
	string,
	readonly [string, number],
]): Promise<Witnessed> {
	const load = loadScenario(`scenarios/stories/${name}.yml`);
	if (load.kind === 'refused') throw new Error(`${name} cannot be told`);
	const { setup, events: told } = load.scenario.story;
	const { first, moments } = await tellIn(model(), setup, replaying(told));
	return { half, events, setup, first, moments };
}

/** What is seen of the random story of this place, in which nothing is wrong. */
async function right(place: number): Promise<Shown> {
	const [setup, kinds, seed] = drawAt(fc.tuple(generatedSetup, swarm, fc.nat()), 1, place);
	const next = walk(setup, kinds, seed, GENERATED_LENGTH);
	const seen = await seenOf(`random ${place}`, reference(), setup, next);
	if (seen.breaks.length > 0) throw new Error(`random story ${place} breaks ${seen.breaks}`);
	return seen;
}

/** Most random stories of a fault that was thought up; what shows in none of so many is left out. */
const MOST = 120;

/** The first random story in which a fault breaks a promise. */
async function randomly(fault: Fault): Promise<Shown | null> {
	const system = faulty(fault, fault.id);
	const { found } = await campaign({
		systems: [system],
		setups: generatedSetup,
		seed: 1,
		length: GENERATED_LENGTH,
		limit: { stories: MOST },
	});
	return found === null ? null : replayed(fault.id, system, found.story);
}

/** What was kept. Observations share what did not change, as it was when they were seen. */
export const shown = (): Kept => deserialize(readFileSync(FILE));

/** What is seen of a story on a system, to its end. */
async function tellIn(system: System, setup: Setup, next: Next) {
	const moments: Omit<Moment, 'setup'>[] = [];
	const run = await system.start(setup);
	const first = run.seen;
	await run.stop();
	const { broken, rested } = await trial([system], setup, next, {
		goOn: true,
		onStep: ({ event, before, seen: [after = before] }) => moments.push({ event, before, after }),
	});
	return { first, moments, broken, rested };
}

async function seenOf(name: string, system: System, setup: Setup, next: Next): Promise<Shown> {
	const { first, moments: all, broken, rested } = await tellIn(system, setup, next);
	const at = broken[0]?.index;
	const breaks = broken.filter(({ index }) => index === at).map(({ guarantee }) => guarantee);
	const moments = at === undefined ? all : all.slice(0, at + 1);
	const atRest = rested && moments.length === all.length ? (all.at(-1)?.after ?? first) : null;
	return { name, breaks, setup, first, moments, atRest };
}

const replayed = (
	name: string,
	system: System,
	{ setup, events }: Pick<Story, 'setup'> & { readonly events: readonly Event[] },
): Promise<Shown> => seenOf(name, system, setup, replaying(events));
