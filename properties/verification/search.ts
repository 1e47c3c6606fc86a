import { guarantees } from '../../model/guarantees/index.ts';
import { plural } from '../../model/vocabulary/plural.ts';
import { underDesign } from '../../model/vocabulary/setup.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import type { System } from '../systems/system.ts';
import { type CampaignOptions, campaign } from '../trial/campaign.ts';
import type { VerifyOptions } from './options.ts';
import { note, type Results } from './results.ts';

/**
 * Stories that are told at the least, however slow the machine, so that a verdict does not depend on
 * how busy it is.
 */
const STORIES = 150;

/**
 * Tells random stories, and notes the first one that shows something wrong; of a system that is known to be wrong the
 * first one for each promise, with those left out that are broken already.
 */
export async function search(
	options: VerifyOptions,
	systems: readonly System[],
	results: Results,
	part: Pick<CampaignOptions, 'setups' | 'ways' | 'length' | 'onSetup'> & {
		name: string;
		seconds: number;
		/** Whether there is a flagged command to fail. */
		flagged: boolean;
		note?: string;
	},
): Promise<void> {
	const { signal, goOn = false } = options;
	const ends = performance.now() + part.seconds * 1000;
	let stories = 0;
	let failures = 0;
	let broken = 0;
	let isOver = false;
	const told = {
		setups: part.setups.map((setup) => underDesign(setup, options.design ?? 'flag')),
		ways: part.ways ?? [],
		seed: options.seed,
		length: part.length,
		signal,
	};
	for (let from = 0; !isOver; ) {
		const fallen = goOn ? results.fallen() : [];
		const result = await campaign({
			...told,
			systems,
			limit: limitOf(options, Math.max(0, ends - performance.now()) / 1000),
			shard: options.shard,
			from,
			...(fallen.length === 0
				? {}
				: { judges: guarantees.filter(({ id }) => !fallen.includes(id)) }),
			...(part.onSetup === undefined ? {} : { onSetup: part.onSetup }),
			onProgress: (tally) => options.onPhase?.(part.name, plural(stories + tally.stories, 'story')),
		});
		results.add(result);
		stories += result.stories;
		failures += result.exercised.get('L1')?.events ?? 0;
		const { found } = result;
		isOver = !goOn || found === null || found.finding.kind !== 'violated';
		if (found === null) break;
		broken++;
		from = found.place + 1;
		options.onPhase?.(part.name, 'shrinking what was found');
		await note(results, systems, found, part.name, options, { ...told, from, most: options.more });
	}
	results.sources.push({
		name: part.name.slice(0, TEXT),
		stories,
		note: part.note ?? null,
		broken,
		// Whoever broke L1 before is not judged by it any more.
		flagged_failures: part.flagged && !results.fallen().includes('L1') ? failures : null,
		interrupted: broken === 0 && signal?.aborted === true,
	});
}

/** As many stories as were asked for, or as its time allows, but never fewer than a busy machine should tell. */
const limitOf = (
	{ stories }: VerifyOptions,
	seconds: number,
): { seconds: number; stories: number } =>
	stories === undefined
		? { seconds, stories: seconds === 0 ? 0 : STORIES }
		: { seconds: 0, stories };
