import { z } from 'zod';
import { Design } from '../../model/vocabulary/design.ts';
import { TOKEN_LENGTH } from '../../model/vocabulary/stories/token-text.ts';
import { RUN } from './run.ts';
import { ofItsTime } from './upgrade.ts';
import { Count, Text, Verdict } from './verdict.ts';

/** What the trial of the designs came to, side by side. */

/** A guarantee under one design. */
export const DesignCell = z.strictObject({
	/** Id of the guarantee. */
	guarantee: z.string(),
	verdict: Verdict,
	/** Why it is unknown; null otherwise. */
	reason: Text.nullable(),
	/** What the verdict rests on: random stories judged, configurations gone through to their end. */
	stories: Count,
	configurations: z.array(z.string()).max(100),
	/** Of a violation: what was promised and what was seen, and the shortest story known. */
	sentence: Text.nullable(),
	events: Count.nullable(),
	/** `mulligan replay <token>` shows it. Null: no violation, or a story too large for a token. */
	token: z.string().max(TOKEN_LENGTH).nullable(),
});
export type DesignCell = z.infer<typeof DesignCell>;

/** What is no guarantee but decides, counted or looked up: the same rows for all designs. */
export const DesignFact = z.strictObject({
	/** Such as `permissions-to-request` or `lines-of-yaml`. */
	id: z.string().max(100),
	label: Text,
	value: Text,
	/** The command that prints it, or the part of the spec that says so. */
	source: Text,
});
export type DesignFact = z.infer<typeof DesignFact>;

/** A guarantee that fell, with the shortest story known of it. */
export const FallenEvidence = z.strictObject({
	guarantee: z.string(),
	sentence: Text,
	events: Count,
	/** Null: the story is too large for a token. */
	token: z.string().max(TOKEN_LENGTH).nullable(),
});
export type FallenEvidence = z.infer<typeof FallenEvidence>;

/** One thing that was done with a design: a configuration gone through, or random stories told. */
export const DesignPart = z.strictObject({
	/** Name of the configuration, or `random stories`. */
	name: z.string().max(200),
	/** Why it decides nothing; null: it was done to its end. */
	doubt: Text.nullable(),
	states: Count,
	stories: Count,
	/** Stories that did not come to rest. */
	unrested: Count,
	/** Ids of the guarantees that were put to the test in every state, and hold. */
	holds: z.array(z.string()).max(50),
	/** Stories in which each guarantee was exercised, by its id. */
	exercised: z.record(z.string().max(20), Count),
	fallen: z.array(FallenEvidence).max(100),
});
export type DesignPart = z.infer<typeof DesignPart>;

export const DesignEvidence = z.strictObject({
	design: Design,
	/** The option's number in the decision record. */
	option: z.int().min(1).max(Design.options.length),
	/** What it is, in one sentence. */
	summary: Text,
	verdict: Verdict,
	/** Random stories, and distinct states of all configurations that were gone through. */
	stories: Count,
	states: Count,
	cells: z.array(DesignCell).max(100),
	/** What the cells come from; none in files of before they were kept. */
	parts: z.array(DesignPart).max(100).default([]),
	facts: z.array(DesignFact).max(50),
});
export type DesignEvidence = z.infer<typeof DesignEvidence>;

/** A claim of the decision record (R1, R2 and so on), and what became of it. */
export const ClaimEvidence = z.strictObject({
	id: z.string().max(10),
	design: Design,
	claim: Text,
	verdict: z.enum(['confirmed', 'refuted', 'not shown']),
	/** Why, in a sentence or two. */
	because: Text,
	/** Ids of the guarantees whose cells it rests on. */
	guarantees: z.array(z.string()).max(50),
});
export type ClaimEvidence = z.infer<typeof ClaimEvidence>;

const CurrentDesigns = z.strictObject({
	format: z.literal('mulligan designs'),
	version: z.literal(1),
	...RUN,
	/** ISO 8601. */
	created_at: z.string(),
	profile: z.enum(['quick', 'standard', 'deep']),
	seed: z.int(),
	node: z.string(),
	seconds: z.number().min(0),
	/** Whether the run was ended before its time. */
	interrupted: z.boolean().default(false),
	designs: z.array(DesignEvidence).max(Design.options.length),
	claims: z.array(ClaimEvidence).max(20),
});

/** What `mulligan designs --json` prints; version 1. */
export const DesignsEvidence = z.preprocess(ofItsTime, CurrentDesigns);
export type DesignsEvidence = z.infer<typeof DesignsEvidence>;
