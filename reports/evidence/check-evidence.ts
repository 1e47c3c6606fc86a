import { z } from 'zod';
import { CommandOutcome, Exit, PostedStatus } from '../../model/vocabulary/command.ts';
import { Credentials } from '../../model/vocabulary/credentials.ts';
import { Design } from '../../model/vocabulary/design.ts';
import { Route } from '../../model/vocabulary/message.ts';
import { PolicyInForce } from '../../model/vocabulary/setup.ts';
import { STORY_LENGTH, TOKEN_LENGTH } from '../../model/vocabulary/stories/token-text.ts';
import { Doubt } from './doubt.ts';
import { RUN } from './run.ts';
import { TourEvidence } from './tour-evidence.ts';
import { ofItsTime } from './upgrade.ts';
import { Count, MachineEvidence, Text, Verdict } from './verdict.ts';

/** Most configurations, and most broken promises of one, in an evidence file. */
export const MAX_CHECKS = 100;
export const MAX_VIOLATIONS = 50;

/** Most halves of all guarantees. */
const MAX_HALVES = 1000;

/** How often something may happen in one run; absent: not at all. */
const Often = Count.optional();

/** How far a configuration was explored. */
export const BoundsEvidence = z.strictObject({
	/** Most messages in flight. */
	messages: Count,
	losses: Often,
	repeats: Often,
	crashes: Often,
	deaths: Often,
	aborts: Often,
	restarts: Often,
	beats: Often,
	posts: Often,
	hours: Often,
	forgeries: Often,
	/** These are absent in files of before. */
	requests: Often,
	holds: Often,
	changes: Often,
	departures: Often,
	/** How commands may end; without it, in every way that their block allows. */
	outcomes: z.array(CommandOutcome).readonly().optional(),
	exits: z.array(Exit).readonly().optional(),
	posted: z.array(PostedStatus).readonly().optional(),
	forged: z
		.array(z.strictObject({ route: Route, credentials: Credentials }))
		.readonly()
		.optional(),
	/** What the policy may be changed to. */
	policies: z.array(PolicyInForce.partial()).readonly().optional(),
	/** How many hours may pass at once; without it, one. */
	stretches: z.array(Count).readonly().optional(),
	/** For how many minutes a host may be cut off; without it, sixty. */
	cuts: z.array(Count).readonly().optional(),
	/** Whether an agent may give up a call that it still waits for. */
	abandons: z.boolean().optional(),
	/** Whether time stands still. */
	still: z.boolean().optional(),
});
export type BoundsEvidence = z.infer<typeof BoundsEvidence>;

/** A broken promise, with the shortest story that breaks it. */
export const ViolationEvidence = z.strictObject({
	/** Id of the guarantee, or `deadlock`. */
	guarantee: z.string(),
	name: z.string(),
	/** What was promised and what was seen. */
	sentence: Text,
	/** Events of the story. */
	events: Count,
	/** So many events, and it could not be avoided any more; null: not found out. */
	unavoidable: Count.nullable(),
	/** Of a liveness guarantee: what may then go on for ever, in words; empty: nothing happens. */
	loop: z.array(Text).max(STORY_LENGTH).nullable(),
	/** `mulligan replay <token>` shows it. Null: the story is too large for a token. */
	token: z.string().max(TOKEN_LENGTH).nullable(),
});
export type ViolationEvidence = z.infer<typeof ViolationEvidence>;

/** What the check of one configuration came to. */
export const ConfigurationEvidence = z.strictObject({
	configuration: z.string(),
	/** One sentence on what it covers. */
	covers: Text,
	bounds: BoundsEvidence,
	verdict: Verdict,
	/** `complete`: every state was gone through; whatever else proves nothing. */
	ending: z.enum([
		'complete',
		'broken',
		'out of memory',
		'stopped',
		'thread lost',
		'not begun',
		'approximate',
	]),
	/** Distinct states; steps found; steps cut off by the bound on messages; longest shortest way. */
	states: Count,
	generated: Count,
	cut: Count,
	depth: Count,
	/** Bytes of the states, their index, and the tables. */
	bytes: Count,
	/** Where states were kept as bits: the share of the states met that was probably not left out; else null. */
	coverage: z.number().min(0).max(1).nullable(),
	seconds: z.number().min(0),
	/** Ids of the guarantees that were not judged, because hosts that are alike counted as one. */
	unjudged: z.array(z.string()).max(MAX_VIOLATIONS),
	/** Ids of the guarantees that were put to the test and hold. */
	holds: z.array(z.string()).max(MAX_VIOLATIONS),
	violations: z.array(ViolationEvidence).max(MAX_VIOLATIONS),
	/** Names of the halves of guarantees that steps put to the test; null: they were not counted, as in files of before. */
	reached: z.array(z.string()).max(MAX_HALVES).nullable().default(null),
	/** How far the reference took the same steps; null: nobody asked. */
	tour: TourEvidence.nullable().default(null),
});
export type ConfigurationEvidence = z.infer<typeof ConfigurationEvidence>;

/** A guarantee over all configurations that were checked. */
export const CheckedGuarantee = z.strictObject({
	id: z.string(),
	name: z.string(),
	verdict: Verdict,
	/** Why it is unknown; null otherwise. */
	reason: Text.nullable(),
	/** Configurations that put it to the test and keep it, and those that break it. */
	holds_in: z.array(z.string()).max(MAX_CHECKS),
	violated_in: z.array(z.string()).max(MAX_CHECKS),
});
export type CheckedGuarantee = z.infer<typeof CheckedGuarantee>;

const CurrentCheck = z.strictObject({
	format: z.literal('mulligan check'),
	version: z.literal(1),
	...RUN,
	/** ISO 8601. */
	created_at: z.string(),
	verdict: Verdict,
	/** Why the verdict is unknown; null otherwise. */
	reason: Text.nullable(),
	/** The same, one by one; none unless the verdict is unknown. */
	reasons: z.array(Doubt).max(200).default([]),
	profile: z.enum(['quick', 'standard', 'deep']),
	design: Design.default('flag'),
	/** Whether these are all configurations of the profile, so that a guarantee that was exercised in none was not checked. */
	whole: z.boolean().default(false),
	/** Names of all configurations that were asked for, in order, those of other parts too; none in files of before it was said. */
	configurations: z.array(z.string()).max(MAX_CHECKS).default([]),
	node: z.string(),
	seconds: z.number().min(0),
	/** Most bytes of states and tables in one configuration. */
	memory_bytes: Count,
	checks: z.array(ConfigurationEvidence).max(MAX_CHECKS),
	guarantees: z.array(CheckedGuarantee).max(MAX_VIOLATIONS),
	/** Transitions of each machine taken in any of the configurations, and those never taken. */
	machines: z.array(MachineEvidence),
});

/** What `mulligan check --json` prints; version 1. */
export const CheckEvidence = z.preprocess(ofItsTime, CurrentCheck);
export type CheckEvidence = z.infer<typeof CheckEvidence>;
