import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { Moment } from '../../model/guarantees/guarantee.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { GENERATED_LENGTH } from '../../properties/arbitraries/length.ts';
import { generatedSetup } from '../../properties/arbitraries/setup.ts';
import { deviating, fileOf } from '../../properties/deviations/deviation.ts';
import { DEVIATIONS } from '../../properties/deviations/index.ts';
import { keptStory } from '../../properties/deviations/kept-story.ts';
import { OVERLAP_FAULTS } from '../../properties/deviations/overlap-faults.ts';
import { OVERLAP_STORIES } from '../../properties/deviations/overlap-stories.ts';
import { SEEDED } from '../../properties/deviations/seeded/index.ts';
import { type Fault, faulty } from '../../properties/systems/fault.ts';
import { reference } from '../../properties/systems/reference.ts';
import type { System } from '../../properties/systems/system.ts';
import { campaign } from '../../properties/trial/campaign.ts';
import { replaying, trial } from '../../properties/trial/trial.ts';
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

/** In the folder in which mutants are tried. */
const FILE = 'shown.bin';

/**
 * Keeps what is seen of stories: of those of known bugs, on the reference with the bug in it, and of those in which nothing
 * is wrong.
 */
export async function show(folder: string): Promise<void> {
	const right = [...knownStories(), ...Object.values(OVERLAP_STORIES)];
	const seen = await Promise.all([
		...DEVIATIONS.map((one) => seenOf(fileOf(one), deviating(one), keptStory(one, CORPUS))),
		...OVERLAP_FAULTS.map(({ matter, what }) =>
			seenOf(
				what,
				faulty({ rules: { holds: (one) => one !== matter } }, matter),
				OVERLAP_STORIES[matter],
			),
		),
		...SEEDED.map(randomly),
		...right.map((story, place) => seenOf(`story ${place}`, reference(), story)),
	]);
	writeFileSync(`${folder}${FILE}`, serialize(seen.filter((one) => one !== null)));
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
	return found === null ? null : seenOf(fault.id, system, found.story);
}

/** What was kept. Observations share what did not change, as it was when they were seen. */
export const shown = (): Shown[] => deserialize(readFileSync(FILE));

async function seenOf(
	name: string,
	system: System,
	{ setup, events }: { readonly setup: Setup; readonly events: readonly Event[] },
): Promise<Shown> {
	const steps: Omit<Moment, 'setup'>[] = [];
	const run = await system.start(setup);
	const first = run.seen;
	await run.stop();
	const { broken, rested } = await trial([system], setup, replaying(events), {
		goOn: true,
		onStep: ({ event, before, seen: [after = before] }) => steps.push({ event, before, after }),
	});
	const at = broken[0]?.index;
	const breaks = broken.filter(({ index }) => index === at).map(({ guarantee }) => guarantee);
	const moments = at === undefined ? steps : steps.slice(0, at + 1);
	const atRest = rested && moments.length === steps.length ? (steps.at(-1)?.after ?? first) : null;
	return { name, breaks, setup, first, moments, atRest };
}
