import type { Story } from '../../model/vocabulary/stories/story.ts';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { model } from '../systems/model.ts';
import { campaign } from '../trial/campaign.ts';
import { type Deviation, deviating } from './deviation.ts';

/** A search for one deviation by random stories: the first story that shows it, or how many did not. */
export interface Hunt {
	readonly seed: number;
	readonly found: boolean;
	/** Told until then, the one that shows it included. */
	readonly stories: number;
	readonly seconds: number;
	/** The guarantee that fell; null where the bug was not found, or only the difference from the model shows it. */
	readonly guarantee: string | null;
}

export interface HuntOptions {
	readonly seed: number;
	/** Most stories; a search that ends so is censored, not lost. */
	readonly stories: number;
	/** Ways of which some stories go one first; none, unless told. */
	readonly ways?: readonly Story[] | undefined;
	readonly signal?: AbortSignal;
}

/** Tells random stories of the model and of the reference with the bug, as `verify` does, until they show it. */
export async function hunt(
	deviation: Deviation,
	{ seed, stories, ways = [], signal }: HuntOptions,
): Promise<Hunt> {
	const began = performance.now();
	const result = await campaign({
		systems: [model(), deviating(deviation)],
		setups: generatedSetup,
		ways,
		seed,
		length: GENERATED_LENGTH,
		limit: { stories },
		signal,
	});
	const finding = result.found?.finding;
	return {
		seed,
		found: finding !== undefined,
		stories: result.stories,
		seconds: (performance.now() - began) / 1000,
		guarantee: finding?.kind === 'violated' ? finding.guarantee : null,
	};
}

/** What many searches for one deviation come to. */
export interface Hunted {
	readonly hunts: number;
	readonly found: number;
	/** Stories until found, a search that found nothing counted as one that never would; null: so many found nothing. */
	readonly median: number | null;
	readonly p95: number | null;
	/** Of all searches together. */
	readonly seconds: number;
	/** Each guarantee that fell first, or "difference", and in how many searches. */
	readonly by: Readonly<Record<string, number>>;
}

export function hunted(hunts: readonly Hunt[]): Hunted {
	const found = hunts.filter((one) => one.found);
	const sorted = found.map(({ stories }) => stories).sort((one, other) => one - other);
	const by: Record<string, number> = {};
	for (const { guarantee } of found) {
		const name = guarantee ?? 'difference';
		by[name] = (by[name] ?? 0) + 1;
	}
	const quantile = (share: number): number | null =>
		sorted[Math.max(0, Math.ceil(share * hunts.length) - 1)] ?? null;
	return {
		hunts: hunts.length,
		found: found.length,
		median: quantile(0.5),
		p95: quantile(0.95),
		seconds: hunts.reduce((sum, { seconds }) => sum + seconds, 0),
		by,
	};
}
