import { z } from 'zod';
import { Design } from '../../model/vocabulary/design.ts';
import { TOKEN_LENGTH } from '../../model/vocabulary/stories/token-text.ts';
import { ConfigurationEvidence, MAX_CHECKS } from './check-evidence.ts';
import { Doubt } from './doubt.ts';
import { FlagCounts, ProjectTrial } from './flag-evidence.ts';
import { MachineGraph } from './machine-graph.ts';
import { MAX_STORIES, NarratedStory } from './narrated-story.ts';
import { Digest, RUN } from './run.ts';
import { SeenFirst } from './seen-first.ts';
import { upgraded } from './upgrade.ts';
import { Count, MachineEvidence, Text, Verdict } from './verdict.ts';

/**
 * What a verification found, as a file: everything a report says comes from here. Written by
 * `verify` to `reports/out/evidence.json`; version 1.
 */

/** Most findings kept in one evidence file. */
export const MAX_FINDINGS = 20;

/** One thing found wrong, with the story that shows it. */
export const EvidenceFinding = z.strictObject({
	kind: z.enum(['violated', 'diverged', 'broke down']),
	/** Id of the guarantee; null unless violated. */
	guarantee: z.string().nullable(),
	/** One sentence: what was promised and what was seen. */
	sentence: Text,
	/** Where it came from: the name of a source, and after a colon its file, if there are several. */
	source: Text,
	/** Events of the shrunk story. */
	events: Count,
	/** Place of the story that showed it first among those of its source, from 0 on. */
	place: Count.optional(),
	/** The system that shows it, where the usual ones do not. */
	on: z.string().max(100).optional(),
	/** `mulligan replay <token>` shows it on every system, or on that one. Null: the story is too large for a token. */
	token: z.string().max(TOKEN_LENGTH).nullable(),
	/** What was seen before the promise fell, where that was in another story; absent: nothing was. */
	seen_first: SeenFirst.optional(),
});
export type EvidenceFinding = z.infer<typeof EvidenceFinding>;

export const GuaranteeEvidence = z.strictObject({
	id: z.string(),
	name: z.string(),
	statement: Text,
	witness: Text,
	fairness: Text.nullable(),
	verdict: Verdict,
	/** Why it is unknown; null otherwise. */
	reason: Text.nullable(),
	/** Stories in which it was exercised at least once. */
	stories: Count,
	/** Events at which it was exercised. */
	exercised: Count,
});
export type GuaranteeEvidence = z.infer<typeof GuaranteeEvidence>;

/** A kind of moment in which a half of a guarantee is put to the test, and how often it was reached. */
export const SituationEvidence = z.strictObject({
	name: z.string(),
	sentence: Text,
	/** Id of the guarantee, and name of its half. */
	guarantee: z.string(),
	half: z.string(),
	/** Stories in which it was reached, and events at which it was. */
	stories: Count,
	events: Count,
	/** Those of the stories that are told on every machine, however busy it is. */
	certain: Count,
});
export type SituationEvidence = z.infer<typeof SituationEvidence>;

/** Stories of one kind: where they come from, and what came of them. */
export const SourceEvidence = z.strictObject({
	name: Text,
	stories: Count,
	verdict: Verdict,
	/** What more is to be said, the reason of `unknown` included. */
	note: Text.nullable(),
	/** Stories that showed something wrong. */
	broken: Count,
	/** Events at which a flagged command failed its task; null: none is to be expected. */
	flagged_failures: Count.nullable(),
	/** Whether it was ended before its time. */
	interrupted: z.boolean(),
});
export type SourceEvidence = z.infer<typeof SourceEvidence>;

const CurrentEvidence = z.strictObject({
	format: z.literal('mulligan evidence'),
	version: z.literal(1),
	...RUN,
	/** ISO 8601. */
	created_at: z.string(),
	verdict: Verdict,
	/** Why the verdict is unknown, in one sentence; null otherwise. */
	reason: Text.nullable(),
	/** The same, one by one; none unless the verdict is unknown. */
	reasons: z.array(Doubt).max(200),
	/** Whether the run was ended before its time. */
	interrupted: z.boolean(),
	profile: z.enum(['quick', 'standard', 'deep']),
	seed: z.int(),
	/** Stories that each source of random ones was asked for (`--stories`); null: as many as its time allows. */
	stories_asked: Count.nullable().default(null),
	/** Whether a design was named, so that only stories of that design were told. */
	design_named: z.boolean().default(false),
	node: z.string(),
	seconds: z.number().min(0),
	systems: z.array(z.string()),
	/** The design on trial; the flag in files of before there was a choice. */
	design: Design.default('flag'),
	project: z
		.strictObject({
			file: Text,
			tasks: Count,
			task_instances: Count,
			flagged_tasks: Count,
			digest: Digest,
			/** What its flags do; null in files of before it was said. */
			counts: FlagCounts.nullable().default(null),
			/** What was tried of it; null in files of before it was said. */
			trial: ProjectTrial.nullable().default(null),
			warnings: z.array(Text).max(1000),
		})
		.nullable(),
	/** What bounds the search. */
	bound: z.strictObject({
		story_events: Count,
		tasks: Count,
		hosts: Count,
		seconds: z.number().min(0),
	}),
	/** Stories, their events, and the steps taken with those of coming to rest. */
	stories: Count,
	events: Count,
	steps: Count,
	/** Stories that did not come to rest within the bound: liveness was not judged there. */
	unrested: Count,
	sources: z.array(SourceEvidence).max(100),
	guarantees: z.array(GuaranteeEvidence),
	/** Situations, and how often each was reached; none in files of before there were any. */
	situations: z.array(SituationEvidence).max(500).default([]),
	findings: z.array(EvidenceFinding).max(MAX_FINDINGS),
	canary: z.strictObject({
		name: Text,
		caught: z.boolean(),
		stories: Count,
		sentence: Text.nullable(),
		events: Count.nullable(),
		token: z.string().max(TOKEN_LENGTH).nullable(),
	}),
	/** Transitions of each machine taken by stories of this verification, and those never taken. */
	machines: z.array(MachineEvidence),
	/** Names of all configurations that were asked for, in order, those of other parts too; null in files of before it was said. */
	configurations: z.array(z.string()).max(MAX_CHECKS).nullable().default(null),
	/** Configurations that the checker went through; none in files of before there was one. */
	checks: z.array(ConfigurationEvidence).max(MAX_CHECKS).default([]),
	/** The same transitions one by one, each with its count; none in files of before there were any. */
	graphs: z.array(MachineGraph).max(50).default([]),
	/** Scenarios that were run, and the guarantees each shows; as `graphs`. */
	scenarios: z
		.array(z.strictObject({ file: Text, name: Text, shows: z.array(z.string()).max(50) }))
		.max(1000)
		.default([]),
	/** The stories of findings, of broken promises and of the canary, told for reading; as `graphs`. */
	told: z.array(NarratedStory).max(MAX_STORIES).default([]),
});

/** Evidence of this version or of an earlier one, which is read as if it were of this one. */
export const Evidence = z.preprocess(upgraded, CurrentEvidence);
export type Evidence = z.infer<typeof Evidence>;
