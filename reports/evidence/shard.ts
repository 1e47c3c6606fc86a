import { z } from 'zod';

/** Most parts of one run. */
export const MOST_SHARDS = 1000;

/** One of several parts of a run, each done by another machine: the second of four is `{ index: 2, of: 4 }`. */
export const Shard = z
	.strictObject({
		/** From 1 on. */
		index: z.int().min(1).max(MOST_SHARDS),
		of: z.int().min(1).max(MOST_SHARDS),
	})
	.refine(({ index, of }) => index <= of, 'a part beyond the last one');
export type Shard = z.infer<typeof Shard>;

/** A run that is done in one piece. */
export const WHOLE: Shard = { index: 1, of: 1 };

/** Whether what stands at this place, from 0 on, belongs to the part. */
export const isIn = ({ index, of }: Shard, place: number): boolean => place % of === index - 1;

/** Random stories told in one setup, one after the other: the least of them that a part tells. */
export const STORIES_PER_SETUP = 4;
