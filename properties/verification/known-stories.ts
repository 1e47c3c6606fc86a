import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { designOf, underDesign } from '../../model/vocabulary/setup.ts';
import { fromToken } from '../../model/vocabulary/story.ts';
import { loadScenario, type Scenario } from '../../scenarios/format/load.ts';
import { describe } from '../../scenarios/problem.ts';
import type { System } from '../systems/system.ts';
import { count } from '../trial/campaign.ts';
import { rehearse } from '../trial/rehearsal.ts';
import { told, trial } from '../trial/trial.ts';
import { type Docket, note, type Source, TEXT } from './docket.ts';
import type { VerifyOptions } from './options.ts';

/** Stories that once showed a mistake, and must not show it again. */
export async function replayCorpus(
	options: VerifyOptions,
	systems: readonly System[],
	docket: Docket,
): Promise<void> {
	const files = existsSync(options.corpus)
		? readdirSync(options.corpus).filter((name) => name.endsWith('.token'))
		: [];
	let verdict: Source['verdict'] = files.length === 0 ? 'unknown' : 'holds';
	let stories = 0;
	for (const file of files) {
		if (options.signal?.aborted === true) break;
		stories++;
		options.onPhase?.('corpus', file);
		const kept = fromToken(readFileSync(join(options.corpus, file), 'utf8').trim());
		const { design } = options;
		const setup = design === undefined ? kept.setup : underDesign(kept.setup, design);
		const story = { ...kept, setup };
		const result = await trial(systems, story.setup, told(story.events));
		count(docket.tally, result);
		if (result.finding === null) continue;
		verdict = 'violated';
		const { finding } = result;
		await note(docket, systems, { story, finding }, `corpus: ${file}`, options.signal);
	}
	docket.sources.push({ name: 'corpus', stories, ...unlessStopped(options, verdict, null) });
}

/**
 * Stories that people wrote: they must go as they say, and show what they claim. When a design is named, only
 * those that were written for it are told.
 */
export async function rehearseScenarios(
	options: VerifyOptions,
	systems: readonly System[],
	docket: Docket,
): Promise<void> {
	const files = readdirSync(options.scenarios)
		.filter((name) => name.endsWith('.yml'))
		.sort();
	let verdict: Source['verdict'] = files.length === 0 ? 'unknown' : 'holds';
	const wrong: string[] = [];
	let stories = 0;
	const { design } = options;
	const isForAnother = ({ story }: Scenario): boolean =>
		design !== undefined && designOf(story.setup) !== design;
	for (const file of files) {
		if (options.signal?.aborted === true) break;
		stories++;
		options.onPhase?.('scenarios', file);
		const load = loadScenario(join(options.scenarios, file));
		if (load.kind === 'refused') {
			verdict = 'violated';
			wrong.push(...load.problems.map(describe));
			continue;
		}
		if (isForAnother(load.scenario)) {
			stories--;
			continue;
		}
		const { name, shows } = load.scenario;
		if (designOf(load.scenario.story.setup) === (design ?? 'flag'))
			docket.scenarios.push({ file, name: name.slice(0, TEXT), shows: [...shows] });
		const { result, mismatches } = await rehearse(systems, load.scenario);
		count(docket.tally, result);
		if (mismatches.length > 0) {
			verdict = 'violated';
			wrong.push(...mismatches);
		}
		if (result.finding === null) continue;
		verdict = 'violated';
		const { finding } = result;
		const { story } = load.scenario;
		await note(docket, systems, { story, finding }, `scenarios: ${file}`, options.signal);
	}
	docket.sources.push({
		name: 'scenarios',
		stories,
		...unlessStopped(options, verdict, wrong.length === 0 ? null : wrong.join('; ').slice(0, TEXT)),
	});
}

/** What holds in a part of the stories is not known of all of them. */
const unlessStopped = (
	{ signal }: VerifyOptions,
	verdict: Source['verdict'],
	note: string | null,
): Pick<Source, 'verdict' | 'note'> =>
	signal?.aborted === true && verdict !== 'violated'
		? { verdict: 'unknown', note: 'interrupted' }
		: { verdict, note };
