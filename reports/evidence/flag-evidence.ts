import { z } from 'zod';
import { Block } from '../../model/vocabulary/project.ts';
import { Count, Text } from './verdict.ts';

/** What the task of a flagged command restarts with. */
export const Among = z.enum(['alone', 'single-host group', 'group', 'display task']);
export type Among = z.infer<typeof Among>;

/** What became of a flagged command in stories that were told of it. */
export const FlagWay = z.strictObject({
	block: Block,
	among: Among,
	way: z.enum(['fails', 'times out', 'aborted', 'fails, then aborted']),
	/** Whether it must lead to an automatic restart. */
	restarts: z.boolean(),
	/** Stories in which it went so. */
	told: Count,
});
export type FlagWay = z.infer<typeof FlagWay>;

/** One flagged command of a project, and what was tried of it. */
export const FlagEvidence = z.strictObject({
	/** `file:line:column` of its flag. */
	at: Text,
	/** Ways that matter; none: it runs in no task of a variant. */
	ways: z.array(FlagWay).max(200),
});
export type FlagEvidence = z.infer<typeof FlagEvidence>;

/** What was tried of a project of its own. */
export const ProjectTrial = z.strictObject({
	/** Task instances that some variant runs. */
	on_variants: Count,
	flags: z.array(FlagEvidence).max(100_000),
	/** Tasks of the file that no story was told of. */
	left_out: z.array(z.strictObject({ task: Text, flagged: z.boolean() })).max(5000),
});
export type ProjectTrial = z.infer<typeof ProjectTrial>;
