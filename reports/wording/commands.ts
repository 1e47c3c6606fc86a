import type { DesignsEvidence } from '../evidence/design-evidence.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { SimulationEvidence } from '../evidence/simulation-evidence.ts';
import { FEWEST_DAYS, MOST_TASKS } from '../evidence/simulation-limits.ts';

/**
 * How mulligan is called wherever a command is shown: in a checkout, and in a folder in which the package
 * is installed, where npx finds it without asking a registry.
 */
export const MULLIGAN = 'npx mulligan';

/** The command that makes what is missing, of a project that comes along. */
export const MAKES = {
	evidence: `${MULLIGAN} verify`,
	check: `${MULLIGAN} check --json`,
	designs: `${MULLIGAN} designs`,
	simulation: `${MULLIGAN} simulate example`,
} as const;

/** A word as a shell takes it; a strange one is quoted. */
const word = (text: string): string =>
	/^[\w./@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** A file name as a shell and a command take it: one that begins with a dash is no option. */
export const quoted = (file: string): string => word(file.startsWith('-') ? `./${file}` : file);

/** Words that are no files, after those that are: what begins with a dash is no option behind `--`. */
const operands = (files: readonly string[], words: readonly string[]): string =>
	[
		...(words.some((text) => text.startsWith('-')) ? ['--'] : []),
		...files.map(quoted),
		...words.map(word),
	].join(' ');

/** The same of the project that is known, and with the folder that was named. */
export function makesOf({
	project,
	output,
}: {
	readonly project: string | null;
	readonly output?: string | null | undefined;
}): Record<keyof typeof MAKES, string> {
	const { evidence, check, designs, simulation } = MAKES;
	const made = (command: string): string => withOutput(command, output);
	return {
		evidence: made(project === null ? evidence : verifyFileCommand(project)),
		check,
		designs: made(designs),
		simulation: made(project === null ? simulation : `${MULLIGAN} simulate ${quoted(project)}`),
	};
}

/** A command that writes or reads reports, with the folder where it was given. */
export const withOutput = (command: string, output: string | null | undefined): string =>
	output == null ? command : `${command} --output ${quoted(output)}`;

/** The command that prints the numbers of the evidence again. */
export const verifyCommand = ({
	project,
	profile,
	seed,
	design,
	design_named,
	stories_asked,
	systems,
	...run
}: Pick<
	Evidence,
	| 'project'
	| 'profile'
	| 'seed'
	| 'design'
	| 'design_named'
	| 'stories_asked'
	| 'systems'
	| 'shard'
	| 'allowed'
>): string =>
	[
		`${MULLIGAN} verify`,
		...(project === null ? [] : [quoted(project.file)]),
		...(design === 'flag' && !design_named ? [] : [`--design ${design}`]),
		...(systems.length === 1
			? [systems[0] === 'reference' ? '--on reference' : `--system ${systems[0]}`]
			: []),
		`--profile ${profile} --seed ${seed}`,
		...given('stories', stories_asked),
		...ofRun(run),
	].join(' ');

/** An option that was given. */
const given = (option: string, value: string | number | null | undefined): string[] =>
	value == null ? [] : [`--${option} ${value}`];

/** What part of a run, and what it lives with. */
const ofRun = ({ shard, allowed }: Pick<Evidence, 'shard' | 'allowed'>): string[] => [
	...(shard === null ? [] : [`--shard ${shard.index}/${shard.of}`]),
	...(allowed.length === 0 ? [] : [`--allow ${allowed.join(',')}`]),
];

/** What a check was asked for; what is absent was left to its default. */
export interface CheckAsked {
	readonly names: readonly string[];
	readonly profile: string;
	/** As it was typed. */
	readonly memory?: string | undefined;
	readonly workers?: number;
	readonly symmetry?: boolean;
	readonly bitstate?: boolean;
	readonly tour?: boolean;
	readonly save?: string;
	readonly design?: string;
	readonly shard?: Evidence['shard'] | undefined;
	readonly allow?: Evidence['allowed'];
}

/** The command that checks the same again. */
export const checkCommand = ({ names, profile, ...asked }: CheckAsked): string =>
	[
		`${MULLIGAN} check`,
		...names,
		`--profile ${profile}`,
		...given('design', asked.design),
		...given('memory', asked.memory),
		...given('workers', asked.workers),
		...(asked.symmetry === true ? ['--symmetry'] : []),
		...(asked.bitstate === true ? ['--bitstate'] : []),
		...(asked.tour === true ? ['--tour'] : []),
		...(asked.save === undefined ? [] : [`--save ${quoted(asked.save)}`]),
		...ofRun({ shard: asked.shard ?? null, allowed: asked.allow ?? [] }),
	].join(' ');

/** The command that walks the reference through the same again. */
export const tourCommand = ({
	names,
	profile,
	shard,
	on,
}: Pick<CheckAsked, 'names' | 'profile' | 'shard'> & { readonly on?: string }): string =>
	[
		`${MULLIGAN} tour`,
		...names,
		`--profile ${profile}`,
		...given('on', on),
		...ofRun({ shard: shard ?? null, allowed: [] }),
	].join(' ');

export const designsCommand = ({
	profile,
	seed,
	...run
}: Pick<DesignsEvidence, 'profile' | 'seed' | 'shard' | 'allowed'>): string =>
	[`${MULLIGAN} designs --profile ${profile} --seed ${seed}`, ...ofRun(run)].join(' ');

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

/** The commands that say what the flags of a project file do, and what is wrong with them. */
export const explainCommand = (file: string): string => `${MULLIGAN} explain ${quoted(file)}`;
export const lintCommand = (file: string): string => `${MULLIGAN} lint ${quoted(file)}`;

/** The command that shows a story, event by event; on a system of its own, if it is told. */
export const replayCommand = (token: string, on?: string): string =>
	`${MULLIGAN} replay ${token}${on === undefined ? '' : ` --on ${on}`}`;

/** The command that shows the stories of a file; of the evidence of designs, those of one. */
export const replayFileCommand = (file: string, design?: string): string =>
	`${MULLIGAN} replay ${quoted(file)}${design === undefined ? '' : ` --design ${design}`}`;

/** The command that plays what was given again, on these systems and under this design, if not the usual. */
export const replayAgainCommand = (
	given: readonly string[],
	on: string | null,
	design: string | null,
): string =>
	`${MULLIGAN} replay ${given.map(quoted).join(' ')}${on === null ? '' : ` --on ${on}`}${design === null ? '' : ` --design ${design}`}`;

/** The command that runs a task for real. */
export const runCommand = ({
	file,
	task,
	variant,
	source,
	working_directory,
	status_port,
}: {
	readonly file: string;
	readonly task: string;
	readonly variant?: string | undefined;
	readonly source?: string | undefined;
	readonly working_directory?: string | undefined;
	readonly status_port?: number | undefined;
}): string =>
	[
		`${MULLIGAN} run`,
		...(variant === undefined ? [] : [`--variant ${word(variant)}`]),
		...(source === undefined ? [] : [`--source ${quoted(source)}`]),
		...(working_directory === undefined
			? []
			: [`--working_directory ${quoted(working_directory)}`]),
		...given('status_port', status_port),
		operands([file], [task]),
	].join(' ');

/** The command that registers a host. */
export const hostCommand = (id: string): string => `${MULLIGAN} host ${operands([], [id])}`;

/** The command that puts a project on trial. */
export const verifyFileCommand = (file: string): string => `${MULLIGAN} verify ${quoted(file)}`;

/** The command that writes the review: of this project only, and with what changed since earlier evidence. */
export const reviewCommand = ({
	project,
	since,
}: {
	readonly project?: string | undefined;
	readonly since?: string | undefined;
} = {}): string =>
	[
		`${MULLIGAN} review`,
		...(project === undefined ? [] : [quoted(project)]),
		...(since === undefined ? [] : [`--since ${quoted(since)}`]),
	].join(' ');
/** The same of a scenario that comes along, which is found by its name wherever mulligan is run. */
export const replayScenarioCommand = (file: string): string =>
	`${MULLIGAN} replay ${quoted(file.replace(/\.yml$/, ''))}`;

/** The command that puts the parts of a run together. */
export const mergeCommand = (folders: readonly string[]): string =>
	[`${MULLIGAN} merge`, ...folders.map(quoted)].join(' ');

/** Most random stories of one search for a bug, unless told. */
export const DEVIATION_STORIES = 3000;

/** The command that shows these bugs again. */
export const deviationsCommand = (
	ids: readonly string[],
	{ seeds, seed, stories, shard }: DeviationsAsked,
): string =>
	[
		`${MULLIGAN} deviations`,
		...ids.map(word),
		...given('seeds', seeds),
		...(seed === 1 ? [] : given('seed', seed)),
		...(stories === DEVIATION_STORIES ? [] : given('stories', stories)),
		...ofRun({ shard: shard ?? null, allowed: [] }),
	].join(' ');

interface DeviationsAsked {
	readonly seeds?: number | undefined;
	readonly seed: number;
	readonly stories: number;
	readonly shard?: Evidence['shard'] | undefined;
}

/** The command that goes on with a campaign of random stories. */
export const fuzzCommand = ({
	time,
	system,
	seed,
	shard,
}: {
	/** As it was typed. */
	readonly time: string;
	readonly system: string | null;
	readonly seed: number;
	readonly shard: Evidence['shard'];
}): string =>
	[
		`${MULLIGAN} fuzz --time ${time}`,
		...given('system', system),
		`--seed ${seed}`,
		...ofRun({ shard, allowed: [] }),
	].join(' ');

/** The command that writes the page in which a reader chooses what happens next. */
export const exploreCommand = (given?: string): string =>
	`${MULLIGAN} explore${given === undefined ? '' : ` ${quoted(given)}`}`;
