import { createTables } from '../../model/system/tables.ts';
import type { Evidence } from '../../reports/evidence/evidence.ts';
import type { FlagEvidence } from '../../reports/evidence/flag-evidence.ts';
import { MAX_STORIES, type NarratedStory } from '../../reports/evidence/narrated-story.ts';
import { keptTokens } from '../../reports/judging/flag-ways.ts';
import { narrateEach } from '../narration/narrate.ts';
import { model } from '../systems/model.ts';
import type { System } from '../systems/system.ts';
import { canaryOf } from './canary.ts';
import type { VerifyOptions } from './options.ts';

/** Narrates every story that a verification ends with, each on what it was found on, and those of flagged commands. */
export function narrateFindings(
	{ seed, against, machines = createTables }: VerifyOptions,
	systems: readonly System[],
	{
		findings,
		canary,
		checks,
		flags,
	}: Pick<Evidence, 'findings' | 'canary' | 'checks'> & { readonly flags: readonly FlagEvidence[] },
): Promise<NarratedStory[]> {
	// Tables of their own: the counts of the verification are taken before stories are told again.
	const checked = [model(machines())];
	const isAlone = systems.length === 1 && against !== undefined;
	const beside = isAlone ? systems : [model(createTables()), ...systems.slice(1)];
	const told = [model(createTables())];
	return narrateEach(
		[
			...findings.map(({ token, guarantee }) => ({ token, systems: beside, about: guarantee })),
			...checks.flatMap(({ violations }) =>
				violations.map(({ token, guarantee }) => ({ token, systems: checked, about: guarantee })),
			),
			{ token: canary.token, systems: [model(createTables()), canaryOf(seed).system], about: null },
			...keptTokens(flags).map((token) => ({ token, systems: told, about: null })),
		],
		MAX_STORIES,
	);
}
