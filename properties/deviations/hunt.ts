import { STORIES_PER_SETUP } from '../../reports/evidence/shard.ts';
import { GENERATED_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { model } from '../systems/model.ts';
import type { System } from '../systems/system.ts';
import {
	type CampaignResult,
	campaign,
	type Found,
	isLed,
	type LeadingOn,
} from '../trial/campaign.ts';
import { type MoreStories, promiseBehind } from '../trial/promise-behind.ts';
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
	/** Where a difference was seen first, the stories that were told on for its promise; null: the promise was. */
	readonly more: number | null;
}

export interface HuntOptions {
	readonly seed: number;
	/** Most stories; a search that ends so is censored, not lost. */
	readonly stories: number;
	/** Ways of which the led stories of the steered search go one first. */
	readonly ways: readonly LeadingOn[];
	readonly signal?: AbortSignal;
}

/** Both searches from one seed. */
export interface Hunts {
	readonly random: Hunt;
	readonly steered: Hunt;
}

/**
 * Tells random stories of the model and of the reference with the bug, as `verify` does, until they show it; and beside
 * them the steered ones, of which all but the led ones are the same and told once.
 */
export async function hunt(
	deviation: Deviation,
	{ seed, stories, ways, signal }: HuntOptions,
): Promise<Hunts> {
	const systems = [model(), deviating(deviation)];
	const random = new Search();
	const steered = new Search();
	const tell = (place: number, led: readonly LeadingOn[]): Promise<CampaignResult> =>
		campaign({
			systems,
			setups: generatedSetup,
			ways: led,
			seed,
			length: GENERATED_LENGTH,
			from: place,
			limit: { stories: place + 1 },
		});
	for (let place = 0; place < stories && !(random.isOver && steered.isOver); place++) {
		// Stories are told in one turn of the loop; a signal needs one to be heard.
		if (place % STORIES_PER_SETUP === 0) await new Promise((resolve) => setImmediate(resolve));
		if (signal?.aborted) break;
		if (!isLed(place)) {
			const told = await timed(() => tell(place, []));
			random.heard(told);
			steered.heard(told);
			continue;
		}
		if (!random.isOver) random.heard(await timed(() => tell(place, [])));
		if (!steered.isOver) steered.heard(await timed(() => tell(place, ways)));
	}
	// Where the promise behind a difference is looked for is no part of what is compared: it is among steered stories.
	const more = { setups: generatedSetup, ways, seed, length: GENERATED_LENGTH, signal };
	const promises = new Map<Found, Promise<Named>>();
	const told = async ({ stories: until, seconds, found }: Search): Promise<Hunt> => {
		const hunted = { seed, found: found !== null, stories: until, seconds };
		if (found === null) return { ...hunted, guarantee: null, more: null };
		const promise =
			promises.get(found) ?? promiseOf(systems, found, { ...more, from: found.place + 1 });
		promises.set(found, promise);
		return { ...hunted, ...(await promise) };
	};
	return { random: await told(random), steered: await told(steered) };
}

/** By what a find is told. */
type Named = Pick<Hunt, 'guarantee' | 'more'>;

/** By which promise a find is told: the one that fell, or that is behind the difference. */
async function promiseOf(
	systems: readonly System[],
	{ finding }: Found,
	more: MoreStories,
): Promise<Named> {
	if (finding.kind === 'violated') return { guarantee: finding.guarantee, more: null };
	if (finding.kind === 'broke down') return { guarantee: null, more: null };
	const { found, stories } = await promiseBehind(systems, finding, more);
	return { guarantee: found?.finding.guarantee ?? null, more: stories };
}

interface Timed {
	readonly found: Found | null;
	readonly seconds: number;
}

async function timed(tell: () => Promise<CampaignResult>): Promise<Timed> {
	const began = performance.now();
	const { found } = await tell();
	return { found, seconds: (performance.now() - began) / 1000 };
}

/** What the stories of one search came to so far. */
class Search {
	stories = 0;
	seconds = 0;
	found: Found | null = null;

	get isOver(): boolean {
		return this.found !== null;
	}

	/** Hears of its next story; no more once it found the bug. */
	heard({ found, seconds }: Timed): void {
		if (this.isOver) return;
		this.stories++;
		this.seconds += seconds;
		this.found = found;
	}
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
	/** Of the longest. */
	readonly longest: number;
	/** Each guarantee by which it is told, or "difference", and in how many searches. */
	readonly by: Readonly<Record<string, number>>;
	/** Of those searches, the ones that saw a difference first, and the most stories that one of them told on for its promise. */
	readonly differed: { readonly searches: number; readonly most: number };
}

export function hunted(hunts: readonly Hunt[]): Hunted {
	const found = hunts.filter((one) => one.found);
	const sorted = found.map(({ stories }) => stories).sort((one, other) => one - other);
	const toldOn = found.flatMap(({ more }) => more ?? []);
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
		longest: Math.max(...hunts.map(({ seconds }) => seconds)),
		by,
		differed: { searches: toldOn.length, most: Math.max(0, ...toldOn) },
	};
}
