import type { Evidence } from '../../reports/evidence/evidence.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { type Canary, CANARIES as canaries } from '../deviations/canaries.ts';
import { model } from '../systems/model.ts';
import { type CampaignResult, campaign } from '../trial/campaign.ts';
import { sayFinding, tokenOf } from '../trial/say-finding.ts';
import { shrink } from '../trial/shrink.ts';
import type { VerifyOptions } from './options.ts';
import { GENERATED_LENGTH } from './search.ts';

/** Stories that a canary is given at the least, however slow the machine; each needs at most some hundred. */
const CANARY_STORIES = 400;

/** Which reference is broken on purpose, by the seed. */
export function canaryOf(seed: number): Canary {
	const canary = canaries[Math.abs(seed) % canaries.length];
	if (canary === undefined) throw new RangeError('there is no canary');
	return canary;
}

/** A broken reference that must be caught; which one, the seed decides. */
export async function releaseCanary(
	options: VerifyOptions,
	seconds: number,
): Promise<Evidence['canary']> {
	const canary = canaryOf(options.seed);
	options.onPhase?.('canary', canary.name);
	// Tables of its own: what a broken reference makes of the machines is no coverage.
	const systems = options.alone === true ? [canary.system] : [model(), canary.system];
	const result: CampaignResult = await campaign({
		systems,
		setups: generatedSetup,
		seed: options.seed,
		length: GENERATED_LENGTH,
		limit:
			options.stories === undefined
				? { seconds, stories: seconds === 0 ? 0 : CANARY_STORIES }
				: { seconds: 0, stories: CANARY_STORIES },
		shard: options.shard,
		signal: options.signal,
	});
	if (result.found === null)
		return {
			name: canary.name,
			caught: false,
			stories: result.stories,
			sentence: null,
			events: null,
			token: null,
		};
	const { story, finding } = await shrink(
		systems,
		result.found.story,
		result.found.finding,
		options.signal,
	);
	return {
		name: canary.name,
		caught: true,
		stories: result.stories,
		sentence: sayFinding(finding).slice(0, TEXT),
		events: story.events.length,
		token: tokenOf(story),
	};
}
