import { z } from 'zod';
import { TOKEN_LENGTH } from '../../model/vocabulary/stories/token-text.ts';
import { SeenFirst } from './seen-first.ts';
import { Count, Text } from './verdict.ts';

/** The step that the reference does not take as the model does. */
export const TourFinding = z.strictObject({
	/** Id of the guarantee that the reference breaks with it; null: it only shows something else than the model. */
	guarantee: z.string().nullable(),
	sentence: Text,
	/** Events of the story that ends with it, as short as it got. */
	events: Count,
	/** `mulligan replay <token>` shows it. Null: the story is too large for a token. */
	token: z.string().max(TOKEN_LENGTH).nullable(),
	/** What was seen before the promise fell, where that was in another story; absent: nothing was. */
	seen_first: SeenFirst.optional(),
});
export type TourFinding = z.infer<typeof TourFinding>;

/** Of so many steps that are taken one is told anew from the beginning. */
export const ANEW_EVERY = 1000;

/** How far the reference was walked through the space of a configuration. */
export const TourEvidence = z.strictObject({
	/** Which steps there are to take: all, or the first of those that are alike but for budgets and messages. */
	extent: z.enum(['every step', 'core steps']),
	/** Steps that the reference took as the model does, of so many. */
	taken: Count,
	of: Count,
	/** The most that were to be taken; null: all. */
	most: Count.nullable(),
	/** Steps of which the story was told anew from the beginning and showed the same. */
	anew: Count,
	ending: z.enum(['complete', 'found', 'stopped', 'limit', 'not begun']),
	seconds: z.number().min(0),
	finding: TourFinding.nullable(),
});
export type TourEvidence = z.infer<typeof TourEvidence>;

/** Whether a tour got as far as it was to get. */
export const isToured = ({ taken, of, most, ending }: TourEvidence): boolean =>
	ending !== 'not begun' && taken >= Math.min(of, most ?? of);
