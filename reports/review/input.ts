import type { DesignsEvidence } from '../evidence/design-evidence.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { DesignGraph } from '../evidence/machine-graph.ts';
import type { NarratedStory } from '../evidence/narrated-story.ts';
import type { RecordedBug } from '../evidence/recorded-bug.ts';
import type { SimulationEvidence } from '../evidence/simulation-evidence.ts';
import { makesOf } from '../wording/commands.ts';

/** Everything that a review is made of. What is null was not there, and the review says so. */
export interface ReviewInput {
	readonly evidence: Evidence | null;
	readonly designs: DesignsEvidence | null;
	readonly simulation: SimulationEvidence | null;
	/** The project file of a simulation that was there, but of another project than the verification. */
	readonly left_out?: string | null;
	/** The evidence that was accepted last, to compare with. */
	readonly since: { readonly file: string; readonly evidence: Evidence } | null;
	/** Stories of the designs, told for reading; those of the evidence are in it. */
	readonly told: readonly NarratedStory[];
	/** Real bugs that are known to be found. */
	readonly record?: readonly RecordedBug[];
	/** The machines of each design, to be looked at whole. */
	readonly machines?: readonly DesignGraph[];
	/** The folder of the evidence, where it was named. */
	readonly output?: string | null;
	/** Version of mulligan. */
	readonly version: string;
}

/** A review of nothing, to which parts are added. */
export const NOTHING: ReviewInput = {
	evidence: null,
	designs: null,
	simulation: null,
	since: null,
	told: [],
	version: '',
};

/** The commands that make what is not there, of the project that the rest is about. */
export const makesFor = ({
	evidence,
	simulation,
	output,
}: ReviewInput): ReturnType<typeof makesOf> =>
	makesOf({ project: evidence?.project?.file ?? simulation?.project.file ?? null, output });
