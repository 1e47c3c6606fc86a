import { z } from 'zod';
import { TOKEN_LENGTH } from '../../model/vocabulary/stories/token-text.ts';
import { Count, Text } from './verdict.ts';

/**
 * What was seen before the promise of a finding fell: systems that differ, which broke no promise in that story. More
 * stories were told then of the one on trial, until a promise fell.
 */
export const SeenFirst = z.strictObject({
	/** Who shows what. */
	sentence: Text,
	/** Events of its story, as short as it got. */
	events: Count,
	/** `mulligan replay <token>` shows it. Null: the story is too large for a token. */
	token: z.string().max(TOKEN_LENGTH).nullable(),
	/** More stories that were told, the one in which the promise fell included. */
	stories: Count,
});
export type SeenFirst = z.infer<typeof SeenFirst>;
