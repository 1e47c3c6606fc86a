import { z } from 'zod';

/** What reports say of anything that was judged. */
export const Verdict = z.enum(['holds', 'violated', 'unknown']);
export type Verdict = z.infer<typeof Verdict>;

export const Count = z.int().min(0);
/** Longest text in a report. */
export const TEXT = 2000;
/** Text in a report: a sentence, a name. */
export const Text = z.string().max(TEXT);

/** Transitions of one machine that were taken, and those never taken. */
export const MachineEvidence = z.strictObject({
	machine: z.string(),
	transitions: Count,
	taken: Count,
	missing: z.array(Text),
});
export type MachineEvidence = z.infer<typeof MachineEvidence>;
