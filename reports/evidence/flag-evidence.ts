import { z } from 'zod';
import { Block } from '../../model/vocabulary/project.ts';
import { TOKEN_LENGTH } from '../../model/vocabulary/stories/token-text.ts';
import { Count, Text } from './verdict.ts';

/** What the task of a flagged command restarts with. */
export const Among = z.enum(['alone', 'single-host group', 'group', 'display task']);
export type Among = z.infer<typeof Among>;

/** What may become of a flagged command. */
export const Way = z.enum(['fails', 'times out', 'aborted', 'fails, then aborted']);
export type Way = z.infer<typeof Way>;

/** Where a flagged command runs; all tasks in which it runs so are alike to the trial. */
export const FlagRun = z.strictObject({
	block: Block,
	among: Among,
	/** Whether a failure in the block fails the task. */
	can_fail: z.boolean(),
	background: z.boolean(),
	/** Stories in which it went so, by way. */
	told: z.partialRecord(Way, Count),
	/** Where this is the first command that runs so: the story in which it failed, to be played. */
	story: z
		.strictObject({ events: Count, token: z.string().max(TOKEN_LENGTH) })
		.nullable()
		.default(null),
});
export type FlagRun = z.infer<typeof FlagRun>;

/** Flagged commands of a project by what their flags do, and in how many groups and blocks some are idle. */
export const FlagCounts = z.strictObject({
	flags: Count,
	work: Count,
	/** They work in one place and are idle in another. */
	partly: Count,
	idle: Count,
	/** Nothing in these files runs them. */
	uncalled: Count,
	idle_groups: Count,
	idle_blocks: Count,
});
export type FlagCounts = z.infer<typeof FlagCounts>;

/** One flagged command of a project, and what was tried of it. */
export const FlagEvidence = z.strictObject({
	/** `file:line:column` of its flag. */
	at: Text,
	/** None: no task of a variant runs it, or it cannot be seen to fail. */
	runs: z.array(FlagRun).max(100),
	/** What it does as deployed; null in files of before it was said. */
	verdict: z.enum(['works', 'partly', 'idle', 'uncalled']).nullable().default(null),
	/** Its share of what all flags buy and cost, of 100 tasks at central values; null: it works nowhere, or it was not said. */
	price: z
		.strictObject({ saved: z.number().min(0), restarts: z.number().min(0) })
		.nullable()
		.default(null),
});
export type FlagEvidence = z.infer<typeof FlagEvidence>;

/** What was tried of a project. */
export const ProjectTrial = z.strictObject({
	/** Task instances that some variant runs. */
	on_variants: Count,
	flags: z.array(FlagEvidence).max(100_000),
	/** Tasks of the file that no story was told of; `flagged`: with a flagged command of their own. */
	left_out: z.array(z.strictObject({ task: Text, flagged: z.boolean() })).max(5000),
});
export type ProjectTrial = z.infer<typeof ProjectTrial>;
