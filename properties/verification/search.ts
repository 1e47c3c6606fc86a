import { plural } from '../../model/vocabulary/plural.ts';
import { underDesign } from '../../model/vocabulary/setup.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import type { System } from '../systems/system.ts';
import { campaign } from '../trial/campaign.ts';
import type { VerifyOptions } from './options.ts';
import { note, type Results } from './results.ts';

/**
 * Stories that are told at the least, however slow the machine, so that a verdict does not depend on
 * how busy it is.
 */
const STORIES = 150;

/** Tells random stories, and notes the first one that shows something wrong. */
export async function search(
	options: VerifyOptions,
	systems: readonly System[],
	results: Results,
	part: Pick<Parameters<typeof campaign>[0], 'setups' | 'length' | 'onSetup'> & {
		name: string;
		seconds: number;
		/** Whether there is a flagged command to fail. */
		flagged: boolean;
		note?: string;
	},
): Promise<void> {
	const { signal } = options;
	const result = await campaign({
		systems,
		setups: part.setups.map((setup) => underDesign(setup, options.design ?? 'flag')),
		seed: options.seed,
		length: part.length,
		limit: limitOf(options, part.seconds),
		shard: options.shard,
		signal,
		...(part.onSetup === undefined ? {} : { onSetup: part.onSetup }),
		onProgress: ({ stories }) => options.onPhase?.(part.name, plural(stories, 'story')),
	});
	results.add(result);
	if (result.found !== null) {
		options.onPhase?.(part.name, 'shrinking what was found');
		await note(results, systems, result.found, part.name, signal);
	}
	results.sources.push({
		name: part.name.slice(0, TEXT),
		stories: result.stories,
		note: part.note ?? null,
		broken: result.found === null ? 0 : 1,
		flagged_failures: part.flagged ? (result.exercised.get('L1')?.events ?? 0) : null,
		interrupted: result.found === null && signal?.aborted === true,
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
