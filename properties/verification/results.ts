import type { Setup } from '../../model/vocabulary/setup.ts';
import {
	type Evidence,
	type EvidenceFinding,
	MAX_FINDINGS,
	type SourceEvidence,
} from '../../reports/evidence/evidence.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import type { System } from '../systems/system.ts';
import { addReached, emptyTally, type Found, type Tally } from '../trial/campaign.ts';
import { judgesOf } from '../trial/judges-of.ts';
import { sayFinding, tokenOf } from '../trial/say-finding.ts';
import { shrink } from '../trial/shrink.ts';
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
			this.findings.some((finding) => finding.kind === kind && finding.guarantee === guarantee)
		);
	}
}

/** Shrinks what was found and puts it down. */
export async function note(
	results: Results,
	systems: readonly System[],
	{ story, finding, place }: Found,
	source: string,
	{ signal, goOn }: Pick<VerifyOptions, 'signal' | 'goOn'>,
): Promise<void> {
	if (results.knows(finding)) return;
	// Where much is wrong, others may break before it in the same story.
	const judges = goOn === true ? judgesOf(finding) : undefined;
	const shrunk = await shrink(systems, story, finding, signal, judges);
	const [only] = systems;
	const token = tokenOf(shrunk.story);
	// What differed in another way may turn out to be the same when it is made short.
	const { kind } = shrunk.finding;
	const guarantee = shrunk.finding.kind === 'violated' ? shrunk.finding.guarantee : null;
	const isKnown = results.findings.some(
		(one) => one.token === token && one.kind === kind && one.guarantee === guarantee,
	);
	if (isKnown) return;
	results.findings.push({
		kind,
		guarantee,
		sentence: sayFinding(shrunk.finding).slice(0, TEXT),
		source: source.slice(0, TEXT),
		events: shrunk.story.events.length,
		place,
		...(goOn === true && only !== undefined ? { on: only.name } : {}),
		token,
	});
}
