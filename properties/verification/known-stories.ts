import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Design } from '../../model/vocabulary/design.ts';
import { designOf, underDesign } from '../../model/vocabulary/setup.ts';
import { fromToken } from '../../model/vocabulary/stories/story.ts';
import { isIn, WHOLE } from '../../reports/evidence/shard.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import type { Scenario } from '../../scenarios/format/load.ts';
import { describe } from '../../scenarios/yaml/problem.ts';
import type { System } from '../systems/system.ts';
import { count } from '../trial/campaign.ts';
import { playScenario } from '../trial/play-scenario.ts';
import { type Finding, replaying, type TrialResult, trial } from '../trial/trial.ts';
import type { VerifyOptions } from './options.ts';
import { note, type Results } from './results.ts';

/** Stories that once showed a mistake, and must not show it again. */
export async function replayCorpus(
	options: VerifyOptions,
	systems: readonly System[],
	results: Results,
): Promise<void> {
	const files = partOf(options, filesIn(options.corpus, '.token'));
	let broken = 0;
	let stories = 0;
	for (const { file, place } of files) {
		if (options.signal?.aborted) break;
		options.onPhase?.('corpus', file);
		const kept = fromToken(readFileSync(join(options.corpus, file), 'utf8').trim());
		const design = designFor(options);
		const setup = design === undefined ? kept.setup : underDesign(kept.setup, design);
		const story = { ...kept, setup };
		const { goOn = false } = options;
		const result = await trial(systems, story.setup, replaying(story.events), { goOn });
		count(results.tally, result);
		stories++;
		if (result.finding === null) continue;
		broken++;
		for (const finding of foundBy(result))
			await note(results, systems, { story, finding, place }, `corpus: ${file}`, options);
	}
	results.sources.push({
		name: 'corpus',
		stories,
		note: null,
		broken,
		flagged_failures: null,
		interrupted: stories < files.length,
	});
}

/**
 * Stories that people wrote: they must go as they say, and show what they claim. When a design is named, only
 * those that were written for it are told.
 */
export async function runScenarios(
	options: VerifyOptions,
	systems: readonly System[],
	results: Results,
): Promise<void> {
	const files = partOf(options, filesIn(options.scenarios, '.yml'));
	let broken = 0;
	const wrong: string[] = [];
	let stories = 0;
	const design = designFor(options);
	const isForAnother = ({ story }: Scenario): boolean =>
		design !== undefined && designOf(story.setup) !== design;
	let looked = 0;
	for (const { file, place } of files) {
		if (options.signal?.aborted) break;
		looked++;
		options.onPhase?.('scenarios', file);
		const played = await playScenario(systems, join(options.scenarios, file), {
			onLoad: (scenario) => !isForAnother(scenario),
		});
		if (played.kind === 'passed over') continue;
		stories++;
		if (played.kind === 'refused') {
			broken++;
			wrong.push(...played.problems.map(describe));
			continue;
		}
		const { name, shows, story } = played.scenario;
		const { result, mismatches } = played;
		if (designOf(story.setup) === (design ?? 'flag'))
			results.scenarios.push({ file, name: name.slice(0, TEXT), shows: [...shows] });
		count(results.tally, result);
		wrong.push(...mismatches.map(describe));
		if (mismatches.length > 0 || result.finding !== null) broken++;
		if (result.finding === null) continue;
		for (const finding of foundBy(result))
			await note(results, systems, { story, finding, place }, `scenarios: ${file}`, options);
	}
	results.sources.push({
		name: 'scenarios',
		stories,
		note: wrong.length === 0 ? null : wrong.join('; ').slice(0, TEXT),
		broken,
		flagged_failures: null,
		interrupted: looked < files.length,
	});
}

/** A deployed system plays the usual design only. */
const designFor = ({ design, goOn = false }: VerifyOptions): Design | undefined =>
	design ?? (goOn ? 'flag' : undefined);

/** All that a story showed: each broken promise, or what else was wrong. */
const foundBy = ({ broken, finding }: TrialResult): readonly Finding[] =>
	broken.length > 0 ? broken : finding === null ? [] : [finding];

/** The files of a folder with this ending, by name; none if there is no such folder. */
const filesIn = (folder: string, ending: string): string[] =>
	existsSync(folder)
		? readdirSync(folder)
				.filter((name) => name.endsWith(ending))
				.sort()
		: [];

/** Those of them that belong to this part of the run, each with its place among all. */
const partOf = (
	{ shard = WHOLE }: VerifyOptions,
	files: readonly string[],
): { readonly file: string; readonly place: number }[] =>
	files.map((file, place) => ({ file, place })).filter(({ place }) => isIn(shard, place));
