import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { fromToken, type Story } from '../../model/vocabulary/stories/story.ts';
import { GENERATED_LENGTH } from '../../properties/arbitraries/length.ts';
import { generatedSetup } from '../../properties/arbitraries/setup.ts';
import { waysWithout } from '../../properties/steering/ways.ts';
import { model } from '../../properties/systems/model.ts';
import { reference } from '../../properties/systems/reference.ts';
import { campaign } from '../../properties/trial/campaign.ts';
import { replaying, trial } from '../../properties/trial/trial.ts';
import { loadScenario } from '../../scenarios/format/load.ts';

export type Told =
	| { readonly kind: 'begun' }
	/** Mutants that were passed while modules were loaded, and those that all stories together come to. */
	| {
			readonly kind: 'looked';
			readonly loaded: readonly string[];
			readonly reached: readonly string[];
	  }
	/** Whether stories showed the next mutant. */
	| { readonly kind: 'tried'; readonly found: boolean };

const { mutants, stories, native } = z
	.object({ mutants: z.array(z.string()), stories: z.number(), native: z.boolean() })
	.parse(workerData);

interface Switches {
	activeMutant?: string;
	/** What is passed from now on is noted under this name. */
	currentTestId?: string;
	mutantCoverage?: {
		readonly static: Readonly<Record<string, number>>;
		readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
	};
}

const SWITCHES = '__stryker__';
/** What the code that StrykerJS made asks at each place; it made it itself if it ran while it was loaded, and keeps it. */
const switches: Switches = Reflect.get(globalThis, SWITCHES) ?? {};
Reflect.set(globalThis, SWITCHES, switches);

const PLACE = join(import.meta.dirname, '../..');

/** The corpus, and the scenarios that break no promise. */
function knownStories(): Story[] {
	const filesOf = (folder: string): string[] =>
		readdirSync(join(PLACE, folder)).map((file) => join(PLACE, folder, file));
	const kept = filesOf('properties/corpus').map((file) =>
		fromToken(readFileSync(file, 'utf8').trim()),
	);
	const scenarios = filesOf('scenarios/stories').flatMap((file) => {
		const load = loadScenario(file, PLACE);
		if (load.kind === 'refused') throw new Error(`${file} cannot be told`);
		return load.scenario.breaks.length > 0 ? [] : [load.scenario.story];
	});
	return [...kept, ...scenarios];
}

const KNOWN = knownStories();
const WAYS = waysWithout();

/** Whether stories show that something is wrong: first those that are known, then so many steered ones. */
async function shows(limit: number): Promise<boolean> {
	const systems = [model(), reference()];
	try {
		for (const { setup, events } of KNOWN)
			if ((await trial(systems, setup, replaying(events))).finding !== null) return true;
		const { found } = await campaign({
			systems,
			setups: generatedSetup,
			ways: WAYS,
			seed: 1,
			length: GENERATED_LENGTH,
			limit: { stories: limit },
		});
		return found !== null;
	} catch {
		return true;
	}
}

const NONE = 'none';
const STORIES = 'stories';
const say = (told: Told): void => parentPort?.postMessage(told);

/** Tells stories with no mutant, in which nothing may be wrong. */
async function tellAsItIs(limit: number): Promise<void> {
	switches.activeMutant = NONE;
	switches.currentTestId = STORIES;
	if (await shows(limit)) throw new Error('stories show something wrong where nothing is');
}

if (native) say({ kind: 'tried', found: await shows(stories) });
else if (mutants.length === 0) {
	await tellAsItIs(stories);
	const { static: loaded = {}, perTest = {} } = switches.mutantCoverage ?? {};
	const reached = Object.keys(perTest[STORIES] ?? {});
	say({ kind: 'looked', loaded: Object.keys(loaded), reached });
} else {
	await tellAsItIs(20);
	say({ kind: 'begun' });
	for (const mutant of mutants) {
		switches.activeMutant = mutant;
		say({ kind: 'tried', found: await shows(stories) });
		switches.activeMutant = NONE;
	}
}
