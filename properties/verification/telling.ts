import { createTables } from '../../model/system/tables.ts';
import type { Evidence } from '../../reports/evidence/evidence.ts';
import { MAX_STORIES, type ToldStory } from '../../reports/evidence/told-story.ts';
import { model } from '../systems/model.ts';
import type { System } from '../systems/system.ts';
import { tellEach } from '../telling/tell.ts';
import { canaryOf } from './canary.ts';
import type { VerifyOptions } from './options.ts';

/** Tells every story that a verification ends with, each on what it was found on. */
export function tellFound(
	{ seed, machines = createTables }: VerifyOptions,
	systems: readonly System[],
	{ findings, canary, checks }: Pick<Evidence, 'findings' | 'canary' | 'checks'>,
): Promise<ToldStory[]> {
	// Tables of their own: the counts of the verification are taken before stories are told again.
	const checked = [model(machines())];
	const beside = [model(createTables()), ...systems.slice(1)];
	return tellEach(
		[
			...findings.map(({ token, guarantee }) => ({ token, systems: beside, about: guarantee })),
			...checks.flatMap(({ violations }) =>
				violations.map(({ token, guarantee }) => ({ token, systems: checked, about: guarantee })),
			),
			{ token: canary.token, systems: [model(createTables()), canaryOf(seed).system], about: null },
		],
		MAX_STORIES,
	);
}
