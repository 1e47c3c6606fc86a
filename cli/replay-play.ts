import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Design } from '../model/vocabulary/design.ts';
import { designOf, underDesign } from '../model/vocabulary/setup.ts';
import { fromToken, isToken, type Story, TokenError } from '../model/vocabulary/stories/story.ts';
import type { System } from '../properties/systems/system.ts';
import { playScenario, verdictOf } from '../properties/trial/play-scenario.ts';
import type { Mismatch } from '../properties/trial/run-scenario.ts';
import { replaying, type Step, type TrialResult, trial } from '../properties/trial/trial.ts';
import type { Verdict } from '../reports/evidence/verdict.ts';
import { plural } from '../reports/wording/figures.ts';
import type { Scenario } from '../scenarios/format/load.ts';
import { describe, type Problem } from '../scenarios/yaml/problem.ts';
import { BadInput } from './exit.ts';
import { insistOn, kindOfFile } from './recognised.ts';
import { storiesIn } from './recorded-stories.ts';
import { USUAL } from './systems.ts';
import { warnOfUncheckable } from './uncheckable.ts';

/** Largest file that is read as evidence or token. */
const MAX_BYTES = 16_000_000;

/** A story that was played, and what came of it. */
export interface Played {
	/** What it is called, and below that what it is about. */
	readonly title: string;
	readonly verdict: Verdict;
	readonly result: TrialResult;
	readonly mismatches: readonly Mismatch[];
	readonly steps: readonly Step[];
	readonly story: Story;
	/** Null: it is told by no scenario, or under another design than that expects. */
	readonly scenario: Scenario | null;
	/** What the import of its project file warns of. */
	readonly warnings: readonly Problem[];
}

/** What was played. */
export interface Replayed {
	readonly played: readonly Played[];
	/** What it comes to where that is nothing. */
	readonly otherwise: Verdict;
	/** What was read beside what was given. */
	readonly files: readonly string[];
}

/** What a story is played on, and under which design, if not its own. */
export interface ReplayConditions {
	readonly systems: readonly System[];
	readonly design?: Design;
	readonly signal: AbortSignal;
}

const one = (played: Played, files: readonly string[] = []): Replayed => ({
	played: [played],
	otherwise: played.verdict,
	files,
});

/** Plays what a file or a token holds. @throws BadInput when that is nothing that can be played. */
export async function play(given: string, on: ReplayConditions): Promise<Replayed> {
	try {
		return await playGiven(given, on);
	} catch (error) {
		if (error instanceof Error && 'syscall' in error)
			throw new BadInput(`${given}: ${error.message} (give a file that can be read)`);
		throw error;
	}
}

async function playGiven(given: string, on: ReplayConditions): Promise<Replayed> {
	if (isToken(given) && !existsSync(given)) return one(await playToken('', given, on));
	if (!existsSync(given))
		throw new BadInput(
			`${given}: there is no such file (give a scenario, an evidence file, or a token that begins with "v2.")`,
		);
	if (!statSync(given).isFile())
		throw new BadInput(`${given}: not a file (give a file or a token)`);
	insistOn(given, 'scenario', 'token', 'evidence', 'designs', 'check');
	if (/\.ya?ml$/i.test(given) || kindOfFile(given) === 'scenario') return await playFile(given, on);
	if (statSync(given).size > MAX_BYTES)
		throw new BadInput(`${given}: larger than ${MAX_BYTES} bytes (give a smaller file)`);
	const text = readFileSync(given, 'utf8').trim();
	if (isToken(text)) return one(await playToken(given, text, on));
	return await playEvidence(given, on);
}

async function playToken(file: string, token: string, on: ReplayConditions): Promise<Played> {
	const story = readToken(token);
	warnOfUncheckable([token]);
	const events = `a story of ${plural(story.events.length, 'event')}`;
	return await playStory(file === '' ? events : `${events} in ${file}`, story, on);
}

function readToken(token: string): Story {
	try {
		return fromToken(token);
	} catch (error) {
		if (error instanceof TokenError) throw new BadInput(error.message);
		throw error;
	}
}

/** Systems need not play every design, nor let everything happen. */
function refuseWhatIsNotPlayed(systems: readonly System[], { setup, events }: Story): void {
	const design = designOf(setup);
	const elsewhere = `(replay it --on ${USUAL.join()})`;
	for (const { name, designs, cannot = [] } of systems) {
		if (designs?.includes(design) === false)
			throw new BadInput(
				`the system "${name}" plays no design but the ${designs.join(', ')}, not ${design} ${elsewhere}`,
			);
		const never = events.find(({ kind }) => cannot.includes(kind));
		if (never !== undefined)
			throw new BadInput(
				`the system "${name}" cannot let happen what the story tells: ${never.kind} ${elsewhere}`,
			);
	}
}

async function playStory(
	title: string,
	told: Story,
	{ systems, design, signal }: ReplayConditions,
): Promise<Played> {
	const setup = design === undefined ? told.setup : underDesign(told.setup, design);
	refuseWhatIsNotPlayed(systems, { ...told, setup });
	const steps: Step[] = [];
	const result = await trial(systems, setup, replaying(told.events), {
		// Of a design that was rejected, all that breaks is worth seeing.
		goOn: designOf(setup) !== 'flag',
		onStep: (step) => steps.push(step),
		signal,
	});
	return {
		...{ title, verdict: verdictOf(result), result, mismatches: [], steps },
		...{ story: { ...told, setup }, scenario: null, warnings: [] },
	};
}

const titleOf = ({ name, about, shows, breaks }: Scenario): string => {
	const claims = [
		...(shows.length === 0 ? [] : [shows.join(', ')]),
		...(breaks.length === 0 ? [] : [`breaks ${breaks.join(', ')}`]),
	];
	return `${name}${claims.length === 0 ? '' : ` (${claims.join('; ')})`}\n${about.trim()}`;
};

async function playFile(file: string, on: ReplayConditions): Promise<Replayed> {
	const { systems, design, signal } = on;
	const steps: Step[] = [];
	const played = await playScenario(systems, file, {
		onLoad: ({ story }) => {
			// What a scenario expects, it expects under its own design.
			const own = designOf(story.setup);
			if (design !== undefined && design !== own) return false;
			refuseWhatIsNotPlayed(systems, story);
			return true;
		},
		onStep: (step) => steps.push(step),
		signal,
	});
	switch (played.kind) {
		case 'refused':
			throw new BadInput(...played.problems.map(describe));
		case 'passed over': {
			const title = `${titleOf(played.scenario)}\nunder another design: ${design}`;
			return one(await playStory(title, played.scenario.story, on));
		}
		case 'played': {
			const { scenario, verdict, result, mismatches, warnings, files } = played;
			const title = titleOf(scenario);
			const { story } = scenario;
			return one({ title, verdict, result, mismatches, steps, story, scenario, warnings }, files);
		}
	}
}

async function playEvidence(file: string, on: ReplayConditions): Promise<Replayed> {
	const { stories, verdict: otherwise, ofDesigns } = storiesIn(file, on.design);
	// Stories of designs are told under their own: the one that is named chose among them.
	const conditions = ofDesigns ? { systems: on.systems, signal: on.signal } : on;
	const played: Played[] = [];
	warnOfUncheckable(stories.map(({ token }) => token));
	for (const { token, title } of stories)
		if (!on.signal.aborted) played.push(await playStory(title, readToken(token), conditions));
	return { played, otherwise, files: [] };
}
