import { z } from 'zod';
import { DoubtId } from './doubt.ts';
import { Shard } from './shard.ts';

/**
 * Which project was tried, whatever its file is called: a digest of it as it was imported, functions, includes and
 * variants expanded. Null in files of before it was said.
 */
export const Digest = z
	.string()
	.regex(/^[0-9a-f]{16}$/)
	.nullable()
	.default(null);

/** What every evidence file says of the run that made it; null in files of before it was said. */
export const RUN = {
	/** Version of mulligan. */
	mulligan: z.string().max(100).nullable().default(null),
	/** The commit that was tried; null: it is not known. */
	commit: z
		.string()
		.regex(/^[0-9a-f]{7,64}$/)
		.nullable()
		.default(null),
	/** The part of a run that this is; null: the whole. */
	shard: Shard.nullable().default(null),
	/** Reasons of `unknown` that whoever ran it decided to live with: they decide the exit status, not the verdict. */
	allowed: z.array(DoubtId).max(50).default([]),
};
