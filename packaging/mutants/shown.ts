import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { Moment } from '../../model/guarantees/guarantee.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import { deviating, fileOf } from '../../properties/deviations/deviation.ts';
import { DEVIATIONS } from '../../properties/deviations/index.ts';
import { keptStory } from '../../properties/deviations/kept-story.ts';
import { reference } from '../../properties/systems/reference.ts';
import type { System } from '../../properties/systems/system.ts';
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

/** Tells the story that is kept of each known bug, and those in which nothing is wrong, and keeps what is seen. */
export async function show(folder: string): Promise<void> {
	const bugs = DEVIATIONS.map((one) => seenOf(fileOf(one), deviating(one), keptStory(one, CORPUS)));
	const right = knownStories().map((story, place) => seenOf(`story ${place}`, reference(), story));
	writeFileSync(`${folder}${FILE}`, serialize(await Promise.all([...bugs, ...right])));
}

/** What was kept. Observations share what did not change, as it was when they were seen. */
export const shown = (): Shown[] => deserialize(readFileSync(FILE));

async function seenOf(name: string, system: System, { setup, events }: Story): Promise<Shown> {
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
