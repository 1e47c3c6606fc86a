import { type Doubt, doubt } from '../evidence/doubt.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { FlagEvidence } from '../evidence/flag-evidence.ts';
import { MULLIGAN } from '../wording/commands.ts';
import { plural } from '../wording/figures.ts';
import { restarts, sayWay, waysOf } from './flag-ways.ts';

/** The source of stories that are told of each flagged command of a project. */
export const FLAGGED_COMMANDS = 'flagged commands';
export const NO_TASKS = 'the project has no tasks to put on trial';
const INCLUDED = 'if it is a part of one, name the file that includes it';

type Project = Pick<
	NonNullable<Evidence['project']>,
	'file' | 'tasks' | 'task_instances' | 'trial'
>;

const runs = (flag: FlagEvidence): boolean => flag.runs.length > 0;

/** Whether anything of it restarts a task. */
export const works = (flag: FlagEvidence): boolean =>
	flag.runs.some((run) => waysOf(run).some((way) => restarts(run, way)));

/** Whether any of that is so as deployed: what is idle there by the command itself, not by its block, restarts nothing. */
const worksDeployed = ({ verdict, runs, ...flag }: FlagEvidence): boolean =>
	works({
		...flag,
		verdict,
		runs: runs.filter(({ can_fail }) => verdict !== 'idle' || !can_fail),
	});

/** The ways that no story was told of. */
export const untoldWays = (flag: FlagEvidence): string[] =>
	flag.runs.flatMap((run) =>
		waysOf(run)
			.filter((way) => (run.told[way] ?? 0) === 0)
			.map((way) => sayWay(run, way)),
	);

/** How much of a project was tried: `41 of 41 flagged commands, 377 of 395 tasks`; null in files of before it was said. */
export function sayTried({ tasks, trial }: Pick<Project, 'tasks' | 'trial'>): string | null {
	if (trial === null) return null;
	const there = trial.flags.filter(runs);
	const told = there.filter((flag) => untoldWays(flag).length === 0);
	const more = trial.flags.length - there.length;
	return [
		`${told.length} of ${plural(there.length, 'flagged command')}`,
		`${tasks - trial.left_out.length} of ${plural(tasks, 'task')}`,
		...(more === 0
			? []
			: [`${plural(more, 'flagged command')} more that never ${more === 1 ? 'runs' : 'run'}`]),
	].join(', ');
}

/** Why a project has nothing to try: no task that runs, or no flag that works; null where it has. */
export function nothingToTry({ file, task_instances, trial }: Project): Doubt | null {
	if (trial === null || trial.flags.some(worksDeployed)) return null;
	if (task_instances === 0) return doubt('no-tasks', `${NO_TASKS}; ${INCLUDED}`);
	const nothing = (why: string): Doubt => doubt('nothing-to-try', `nothing to try: ${why}`);
	if (trial.on_variants === 0)
		return nothing(`no task of ${file} runs on a build variant; ${INCLUDED}`);
	const { length } = trial.flags;
	if (length === 0) return nothing(`no command of ${file} has the flag`);
	return nothing(
		`${length === 1 ? 'the flag' : `all ${length} flags`} of ${file} ${length === 1 ? 'is' : 'are'} idle; ${MULLIGAN} lint says why`,
	);
}

/** Flagged commands, and tasks with one, that no story was told of, though they run. */
export function leftOut({ trial }: Project): Doubt[] {
	if (trial === null) return [];
	const flags = trial.flags.filter((flag) => untoldWays(flag).length > 0);
	const tasks = trial.left_out.filter(({ flagged }) => flagged);
	const [flag] = flags;
	const [task] = tasks;
	return [
		...(flag === undefined
			? []
			: [
					`${plural(flags.length, 'flagged command')} not tried in each way, first ${flag.at}: ${untoldWays(flag).join('; ')}`,
				]),
		...(task === undefined
			? []
			: [`${plural(tasks.length, 'task')} with a flagged command not tried, first ${task.task}`]),
	].map((says) => doubt('left-out', says));
}
