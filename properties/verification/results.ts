import { type Setup, underDesign } from '../../model/vocabulary/setup.ts';
import {
	type Evidence,
	type EvidenceFinding,
	MAX_FINDINGS,
	type SourceEvidence,
} from '../../reports/evidence/evidence.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import { isSameFinding } from '../../reports/judging/same-finding.ts';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { waysFor } from '../steering/ways.ts';
import type { System } from '../systems/system.ts';
import { addReached, emptyTally, type Found, type Tally } from '../trial/campaign.ts';
import { judgesOf } from '../trial/judges-of.ts';
import { named, sayNamed, seenFirstOf } from '../trial/named.ts';
import type { MoreStories } from '../trial/promise-behind.ts';
import { tokenOf } from '../trial/say-finding.ts';
import type { Finding } from '../trial/trial.ts';
import type { VerifyOptions } from './options.ts';

export type Source = Omit<SourceEvidence, 'verdict'>;

/** Collects what the parts of a verification say. */
export class Results {
	readonly tally: Tally = emptyTally();
	readonly findings: EvidenceFinding[] = [];
	readonly sources: Source[] = [];
	readonly scenarios: Evidence['scenarios'] = [];
	readonly #tasks = new Set<string>();

	add(tally: Tally): void {
		this.tally.stories += tally.stories;
		this.tally.events += tally.events;
		this.tally.steps += tally.steps;
		this.tally.unrested += tally.unrested;
		for (const [name, reached] of tally.situations) addReached(this.tally, name, reached);
		for (const [id, { stories, events }] of tally.exercised) {
			const sum = this.tally.exercised.get(id) ?? { stories: 0, events: 0 };
			this.tally.exercised.set(id, { stories: sum.stories + stories, events: sum.events + events });
		}
	}

	/** A story of the project on trial is told of these tasks. */
	tried({ tasks }: Setup): void {
		for (const { task } of tasks) this.#tasks.add(task);
	}

	wasTried(task: string): boolean {
		return this.#tasks.has(task);
	}

	/** The promises that were found broken. */
	fallen(): string[] {
		return this.findings.flatMap(({ guarantee }) => guarantee ?? []);
	}

	/** One finding of a kind is enough: the same fault tends to show in many stories. */
	knows({ kind, ...found }: Finding): boolean {
		const guarantee = 'guarantee' in found ? found.guarantee : null;
		return (
			this.findings.length >= MAX_FINDINGS ||
			this.findings.some((finding) => isSameFinding(finding, { kind, guarantee }))
		);
	}
}

/** Shrinks what was found, names it, and puts it down. `stories`: those in which the promise behind a difference is looked for. */
export async function note(
	results: Results,
	systems: readonly System[],
	found: Found,
	source: string,
	options: Pick<VerifyOptions, 'signal' | 'goOn' | 'seed' | 'design' | 'more'>,
	stories: MoreStories = generatedStories(options, systems, 0),
): Promise<void> {
	if (results.knows(found.finding)) return;
	const { goOn = false } = options;
	// Where much is wrong, others may break before it in the same story.
	const judges = goOn ? judgesOf(found.finding) : undefined;
	const told = await named(systems, found, stories, judges);
	const [only] = systems;
	const token = tokenOf(told.story);
	// What differed in another way may turn out to be the same when it is made short, or when it is named.
	const { kind } = told.finding;
	const guarantee = told.finding.kind === 'violated' ? told.finding.guarantee : null;
	const isKnown = results.findings.some(
		(one) =>
			isSameFinding(one, { kind, guarantee }) && (one.token === token || told.first !== null),
	);
	if (isKnown) return;
	results.findings.push({
		kind,
		guarantee,
		sentence: sayNamed(told).slice(0, TEXT),
		source: source.slice(0, TEXT),
		events: told.story.events.length,
		place: found.place,
		...(goOn && only !== undefined ? { on: only.name } : {}),
		token,
		...seenFirstOf(told),
	});
}

/** Stories of generated projects, as `verify` tells them, from a place on. */
export const generatedStories = (
	{
		seed,
		signal,
		more,
		design = 'flag',
	}: Pick<VerifyOptions, 'signal' | 'seed' | 'design' | 'more'>,
	systems: readonly System[],
	from: number,
): MoreStories => ({
	setups: generatedSetup.map((setup) => underDesign(setup, design)),
	// The ways are those of the flag; what a system cannot let happen is in none of them.
	ways: design === 'flag' ? waysFor(systems) : [],
	...{ seed, signal, from, most: more, length: GENERATED_LENGTH },
});
