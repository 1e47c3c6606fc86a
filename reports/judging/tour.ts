import type { Shard } from '../evidence/shard.ts';
import { isToured, type TourEvidence } from '../evidence/tour-evidence.ts';
import type { Verdict } from '../evidence/verdict.ts';

/** What tours come to. `isDone`: all that was asked for here was done, and nothing was found. */
export function tourVerdict(
	tours: readonly TourEvidence[],
	shard: Shard | null,
): { readonly verdict: Verdict; readonly reason: string | null; readonly isDone: boolean } {
	if (tours.some(({ finding }) => finding !== null))
		return { verdict: 'violated', reason: null, isDone: false };
	if (!tours.every(isToured))
		return { verdict: 'unknown', reason: 'the tour was not finished', isDone: false };
	return shard === null
		? { verdict: 'holds', reason: null, isDone: true }
		: {
				verdict: 'unknown',
				reason: `this is part ${shard.index} of ${shard.of}; the others take the other steps`,
				isDone: true,
			};
}
