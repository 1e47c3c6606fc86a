import { type Doubt, doubt } from '../evidence/doubt.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { FlagEvidence, FlagWay } from '../evidence/flag-evidence.ts';
import { MULLIGAN } from '../wording/commands.ts';
import { plural } from '../wording/figures.ts';

/** The source of stories that are told of each flagged command of a project. */
export const FLAGGED_COMMANDS = 'flagged commands';

type Project = Pick<
	NonNullable<Evidence['project']>,
	'file' | 'tasks' | 'task_instances' | 'trial'
>;

const runs = ({ ways }: FlagEvidence): boolean => ways.length > 0;
const works = ({ ways }: FlagEvidence): boolean => ways.some(({ restarts }) => restarts);
const wasTold = ({ ways }: FlagEvidence): boolean => ways.every(({ told }) => told > 0);

/** How much of a project was tried: `41 of 41 flagged commands, 377 of 395 tasks`; null in files of before it was said. */
export function sayTried({ tasks, trial }: Pick<Project, 'tasks' | 'trial'>): string | null {
	if (trial === null) return null;
	const there = trial.flags.filter(runs);
	const idle = trial.flags.length - there.length;
	return [
		`${there.filter(wasTold).length} of ${plural(there.length, 'flagged command')}`,
		`${tasks - trial.left_out.length} of ${plural(tasks, 'task')}`,
		...(idle === 0 ? [] : [`${plural(idle, 'flagged command')} more of which nothing can come`]),
	].join(', ');
}

/** Why a project has nothing to try: no task that runs, or no flag that works; null where it has. */
export function nothingToTry({ file, task_instances, trial }: Project): Doubt | null {
	if (trial === null || trial.flags.some(works)) return null;
	if (task_instances === 0) return doubt('no-tasks', `${NO_TASKS}; ${INCLUDED}`);
	if (trial.on_variants === 0)
		return doubt(
			'nothing-to-try',
			`nothing to try: no task of ${file} runs on a build variant; ${INCLUDED}`,
		);
	const { length } = trial.flags;
	return doubt(
		'nothing-to-try',
		length === 0
			? `nothing to try: no command of ${file} has the flag`
			: `nothing to try: ${length === 1 ? 'the flag of' : `all ${length} flags of`} ${file} ${length === 1 ? 'is' : 'are'} idle; ${MULLIGAN} lint says why`,
	);
}

export const NO_TASKS = 'the project has no tasks to put on trial';
const INCLUDED = 'if it is a part of one, name the file that includes it';

/** Flagged commands and tasks with one that no story was told of, though they run. */
export function leftOut({ trial }: Project): Doubt[] {
	if (trial === null) return [];
	const flags = trial.flags.filter((flag) => !wasTold(flag));
	const tasks = trial.left_out.filter(({ flagged }) => flagged);
	const [first] = flags;
	const [task] = tasks;
	return [
		...(first === undefined
			? []
			: [
					doubt(
						'left-out',
						`${plural(flags.length, 'flagged command')} not tried in each way, ${first.at} first (${missing(first)})`,
					),
				]),
		...(task === undefined
			? []
			: [
					doubt(
						'left-out',
						`${plural(tasks.length, 'task')} with a flagged command not tried, ${task.task} first`,
					),
				]),
	];
}

const missing = ({ ways }: FlagEvidence): string =>
	ways
		.filter(({ told }) => told === 0)
		.map(sayWay)
		.join('; ');

export const sayWay = ({ way, block, among }: FlagWay): string =>
	`${way} in ${block}${among === 'alone' ? '' : ` (${among})`}`;
