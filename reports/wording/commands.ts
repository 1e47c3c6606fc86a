import type { DesignsEvidence } from '../design-evidence.ts';
import type { Evidence } from '../evidence.ts';
import { FEWEST_DAYS, MOST_TASKS, type SimulationEvidence } from '../simulation-evidence.ts';

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

/**
 * The command that simulates the same days again. A simulation that was interrupted before the fewest days that
 * can be asked for has none: the command then simulates these fewest days.
 */
export function simulateCommand({
	project,
	seed,
	days,
	tasks_per_day,
	daily_limit,
}: Pick<
	SimulationEvidence,
	'project' | 'seed' | 'days' | 'tasks_per_day' | 'daily_limit'
>): string {
	const asked = Math.max(FEWEST_DAYS, days);
	const tasks = Math.min(MOST_TASKS, asked * tasks_per_day);
	return `${MULLIGAN} simulate ${quoted(project.file)} --tasks ${tasks} --days ${asked} --limit ${daily_limit} --seed ${seed}`;
}

/** What the command does not print again of a simulation that was interrupted; null: it prints all. */
export function sayRest({
	days,
	unfinished,
}: Pick<SimulationEvidence, 'days' | 'unfinished'>): string | null {
	if (unfinished === undefined) return null;
	return days < FEWEST_DAYS
		? `${unfinished}: not reproducible, as ${FEWEST_DAYS} days are the fewest, and the command simulates those`
		: `${unfinished}: the command prints the central values again, and goes on to the end`;
}

/** The command that shows a story, event by event. */
export const replayCommand = (token: string): string => `${MULLIGAN} replay ${token}`;
