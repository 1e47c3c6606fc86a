import { z } from 'zod';
import { Digest } from './run.ts';
import { Count, Text } from './verdict.ts';

/** A rate, a share or a probability. */
const Share = z.number().min(0).max(1);

/** A mean with its 95 % confidence interval. */
export const Estimate = z.strictObject({
	mean: z.number(),
	low: z.number(),
	high: z.number(),
});
export type Estimate = z.infer<typeof Estimate>;

/** One number that was assumed or swept, with where it comes from. */
export const Assumption = z.strictObject({
	id: z.string().max(100),
	label: Text,
	unit: z.string().max(40),
	low: z.number(),
	central: z.number(),
	high: z.number(),
	/** The public source, or that it is a guess. */
	source: Text,
});
export type Assumption = z.infer<typeof Assumption>;

/** What came out for one choice of the swept parameters. */
export const SimulationPoint = z.strictObject({
	/** Probability that a run of a task meets a transient failure on an ordinary day. */
	transient_rate: Share,
	/** Probability that the code under test is broken for a task. */
	permanent_rate: Share,
	/** Probability that one restart clears a transient failure. */
	clearing: Share,
	tasks: Count,
	/** Share of all failures that are transient. */
	transient_share: Share,
	/** Shares of tasks that end red. */
	red_without_flag: Estimate,
	red_with_flag: Estimate,
	/** Automatic restarts that did not turn red into green, as a share of all of them. */
	wasted_restarts: Estimate,
	/** Hours of machines added per 100 tasks. */
	hours_added: Estimate,
	/** Marks refused for quota, as a share of all marks. */
	refused_for_quota: Estimate,
	/** The assumptions, by id, that are not at their central values; none at the central point. */
	varied: z
		.array(z.strictObject({ id: z.string().max(100), value: z.number() }))
		.max(5)
		.optional(),
});
export type SimulationPoint = z.infer<typeof SimulationPoint>;

/** A figure beside its closed form. */
export const ClosedForm = z.strictObject({
	name: Text,
	formula: Text,
	expected: z.number(),
	simulated: Estimate,
	/** By how much the two may differ; null in files of before it was kept. */
	allowed: z.number().min(0).nullable().default(null),
	agrees: z.boolean(),
});
export type ClosedForm = z.infer<typeof ClosedForm>;

/** What `mulligan simulate --json` prints; version 1. */
export const SimulationEvidence = z.strictObject({
	format: z.literal('mulligan simulation'),
	version: z.literal(1),
	/** ISO 8601. */
	created_at: z.string(),
	seed: z.int(),
	node: z.string(),
	seconds: z.number().min(0),
	project: z.strictObject({
		file: Text,
		tasks: Count,
		flagged_tasks: Count,
		/** Flagged and all commands that can fail a task, functions expanded. */
		flagged_commands: Count,
		commands: Count,
		digest: Digest,
	}),
	days: Count,
	tasks_per_day: Count,
	daily_limit: Count,
	assumptions: z.array(Assumption).max(50),
	/** At the central values. */
	central: SimulationPoint,
	/** The central values on as many days, one parameter at a time, and the grid of transient share against clearing. */
	sweep: z.array(SimulationPoint).max(500),
	/** Slots in use and marks refused by hour of the day, over all days. */
	by_hour: z
		.array(
			z.strictObject({
				hour: z.int().min(0).max(23),
				slots_in_use: Estimate,
				refused: Estimate,
				/** Share of days on which the quota is exhausted in this hour. */
				exhausted: Share,
			}),
		)
		.max(24),
	/** From this share of transient failures on the flag pays, by minutes of a person saved a red build. */
	break_even: z
		.array(
			z.strictObject({
				triage_minutes: z.number().min(0),
				transient_share: Share.nullable(),
				/** The same where a person's hour costs as much as so many machine hours. */
				by_price_ratio: z
					.array(z.strictObject({ price_ratio: z.number(), transient_share: Share.nullable() }))
					.max(10)
					.optional(),
			}),
		)
		.max(20),
	closed_forms: z.array(ClosedForm).max(20),
	/** Why this is not all that was asked for; absent: it is. */
	unfinished: Text.optional(),
});
export type SimulationEvidence = z.infer<typeof SimulationEvidence>;
