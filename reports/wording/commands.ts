import type { DesignsEvidence } from '../design-evidence.ts';
import type { Evidence } from '../evidence.ts';
import type { SimulationEvidence } from '../simulation-evidence.ts';

/**
 * How mulligan is called wherever a command is shown: in a checkout, and in a folder in which the package
 * is installed, where npx finds it without asking a registry.
 */
export const MULLIGAN = 'npx mulligan';

/** The command that makes what is missing. */
export const MAKES = {
	evidence: `${MULLIGAN} verify`,
	designs: `${MULLIGAN} designs`,
	simulation: `${MULLIGAN} simulate <project.yml>`,
} as const;

/** A file name as a shell takes it; a strange one is quoted. */
export const quoted = (file: string): string =>
	/^[\w./@+-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;

/** The command that prints the numbers of the evidence again. */
export const verifyCommand = ({
	project,
	profile,
	seed,
	design,
}: Pick<Evidence, 'project' | 'profile' | 'seed' | 'design'>): string =>
	`${MULLIGAN} verify ${project === null ? '' : `${quoted(project.file)} `}${design === 'flag' ? '' : `--design ${design} `}--profile ${profile} --seed ${seed}`;

export const designsCommand = ({
	profile,
	seed,
}: Pick<DesignsEvidence, 'profile' | 'seed'>): string =>
	`${MULLIGAN} designs --profile ${profile} --seed ${seed}`;

export const simulateCommand = ({
	project,
	seed,
	days,
	tasks_per_day,
	daily_limit,
}: Pick<
	SimulationEvidence,
	'project' | 'seed' | 'days' | 'tasks_per_day' | 'daily_limit'
>): string =>
	`${MULLIGAN} simulate ${quoted(project.file)} --tasks ${days * tasks_per_day} --days ${days} --limit ${daily_limit} --seed ${seed}`;

/** The command that shows a story, event by event. */
export const replayCommand = (token: string): string => `${MULLIGAN} replay ${token}`;

/** The same of a scenario that comes along, which is found by its name wherever mulligan is run. */
export const replayScenarioCommand = (file: string): string =>
	`${MULLIGAN} replay ${quoted(file.replace(/\.yml$/, ''))}`;
