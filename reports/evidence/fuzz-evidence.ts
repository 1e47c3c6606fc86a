import { z } from 'zod';
import { TOKEN_LENGTH } from '../../model/vocabulary/stories/story.ts';
import { SeenFirst } from './seen-first.ts';
import { Shard } from './shard.ts';
import { Count, Text } from './verdict.ts';

/** Stories from the first place to before the second, among those of all parts. */
export const Range = z
	.tuple([Count, Count])
	.refine(([from, to]) => from < to, 'a range of no stories');
export type Range = z.infer<typeof Range>;

/** What was found wrong, once for each promise and shape of its shrunk story. */
export const FuzzFind = z.strictObject({
	kind: z.enum(['violated', 'diverged', 'broke down']),
	/** The broken promise; null where something else is wrong. */
	guarantee: Text.nullable(),
	/** What is wrong and the kinds of event that it takes: two finds of one shape are the same. */
	shape: Text,
	sentence: Text,
	/** The place of the story in which it was found. */
	place: Count,
	/** Events of the shrunk story. */
	events: Count,
	/** Null: the story is too large for a token. */
	token: z.string().max(TOKEN_LENGTH).nullable(),
	/** What was seen before the promise fell, where that was in another story; absent: nothing was. */
	seen_first: SeenFirst.optional(),
	/** The file beside this one that is ready to be committed; null: the story is too large for one. */
	scenario: z
		.string()
		.regex(/^[\w-]+\.yml$/)
		.nullable(),
});
export type FuzzFind = z.infer<typeof FuzzFind>;

/**
 * A long campaign of random stories: what was tried, what was found, and where it goes on. Which stories those are, the
 * seed, the system and the part decide, and not how many workers told them.
 */
export const FuzzEvidence = z
	.strictObject({
		format: z.literal('mulligan fuzz'),
		version: z.literal(1),
		mulligan: Text,
		/** The one that was tried last. */
		commit: z.string().nullable(),
		/** A deployed system; null: model and reference. */
		system: Text.nullable(),
		seed: z.int(),
		shard: Shard.nullable(),
		/** Seconds spent, in all calls together. */
		seconds: z.number().min(0),
		/** Behind the last story that was begun. */
		next: Count,
		/** Of those before it the ones that are still to be told. */
		left: z.array(Range).max(1000),
		stories: Count,
		events: Count,
		steps: Count,
		unrested: Count,
		/** By the name of a situation: stories in which it was reached. */
		situations: z.record(z.string().max(200), Count),
		/** Of the machines; null where no model stands beside. */
		transitions: z.strictObject({ of: Count, taken: z.array(Text).max(100_000) }).nullable(),
		/** What was found before it was shrunk: by what is wrong and the kind of event that showed it, how often. */
		sightings: z.record(Text, Count),
		finds: z.array(FuzzFind).max(100_000),
	})
	.refine(
		({ left, next }) => left.every(([, to]) => to <= next),
		'a range that was never begun is still to be told',
	);
export type FuzzEvidence = z.infer<typeof FuzzEvidence>;
