import type { DesignsEvidence } from '../design-evidence.ts';
import type { Evidence } from '../evidence.ts';
import type { SimulationEvidence } from '../simulation-evidence.ts';
import type { ToldStory } from '../told-story.ts';

/** Everything that a review is made of. What is null was not there, and the review says so. */
export interface ReviewInput {
	readonly evidence: Evidence | null;
	readonly designs: DesignsEvidence | null;
	readonly simulation: SimulationEvidence | null;
	/** The evidence that was accepted last, to compare with. */
	readonly since: { readonly file: string; readonly evidence: Evidence } | null;
	/** Stories of the designs, told for reading; those of the evidence are in it. */
	readonly told: readonly ToldStory[];
	/** Version of mulligan. */
	readonly version: string;
}

/** The command that makes what is missing. */
export const MAKES = {
	evidence: 'npm run verify',
	designs: 'npm run -s mulligan -- designs',
	simulation: 'npm run -s mulligan -- simulate <project.yml>',
} as const;

/** A file name as a shell takes it; a strange one is quoted. */
const quoted = (file: string): string =>
	/^[\w./@+-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;

/** The command that prints the numbers of the evidence again. */
export const verifyCommand = ({ project, profile, seed, design }: Evidence): string =>
	`npm run -s mulligan -- verify ${project === null ? '' : `${quoted(project.file)} `}${design === 'flag' ? '' : `--design ${design} `}--profile ${profile} --seed ${seed}`;

export const designsCommand = ({ profile, seed }: DesignsEvidence): string =>
	`npm run -s mulligan -- designs --profile ${profile} --seed ${seed}`;

export const simulateCommand = ({ project, seed }: SimulationEvidence): string =>
	`npm run -s mulligan -- simulate ${quoted(project.file)} --seed ${seed}`;

export const replayCommand = (token: string): string => `npx mulligan replay ${token}`;
