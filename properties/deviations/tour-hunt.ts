import { overrideOf } from '../systems/fault.ts';
import { spaceOf } from '../tour/space.ts';
import { walked } from '../tour/walked.ts';
import type { Deviation } from './deviation.ts';

/** What a tour of the configuration that shows a deviation came to. */
export interface TourHunt {
	readonly configuration: string;
	readonly found: boolean;
	/** Steps that the reference took as the model does until then. */
	readonly steps: number;
	/** Of the tour and its shrinking, not of exploring the configuration, which is done once for all. */
	readonly seconds: number;
	/** The guarantee that fell; null where only the difference from the model shows. */
	readonly guarantee: string | null;
	/** Where a difference was seen first, the stories that were told on until the guarantee fell; null: it fell at once, or none did. */
	readonly more: number | null;
	/** Of the shrunk story. */
	readonly events: number | null;
}

/** Walks the reference with the bug through the configuration that shows it, in quick size; null: none does. */
export async function tourHunt(
	deviation: Deviation,
	signal?: AbortSignal,
): Promise<TourHunt | null> {
	const { toured } = deviation;
	if (toured === undefined) return null;
	const space = spaceOf(toured.by);
	const begun = performance.now();
	const { finding, taken } = await walked({
		...space,
		extent: 'every step',
		reference: overrideOf(deviation),
		signal,
	});
	return {
		configuration: toured.by,
		found: finding !== null,
		steps: taken,
		seconds: (performance.now() - begun) / 1000,
		guarantee: finding?.guarantee ?? null,
		more: finding?.seen_first?.stories ?? null,
		events: finding?.events ?? null,
	};
}
