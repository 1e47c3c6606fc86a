import { programOf } from '../../model/system/program.ts';
import { groupInstances, type unitsOf } from '../../model/vocabulary/structure.ts';
import type { Among, Way } from '../../reports/evidence/flag-evidence.ts';
import { type Run, waysOf } from '../../reports/judging/flag-ways.ts';
import type { FlagUse } from '../../scenarios/trial/flagged-commands.ts';
import type { Portion } from '../../scenarios/trial/portions.ts';
import type { ProjectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { alone } from './alone.ts';
import { isNoticed } from './noticed.ts';

/** A story that is told of a flagged command: where the command runs there, and what becomes of it. */
export interface PlannedStory {
	/** Place of the command among those with the flag, and of this run among its runs. */
	readonly flag: number;
	readonly run: number;
	readonly way: Way;
	readonly use: FlagUse;
	readonly portion: Portion;
}

export interface Plan {
	/** By flagged command, where it runs; none: nowhere. */
	readonly runs: readonly (readonly Run[])[];
	/** Each way of each run of each command once, then each task with a flagged command of its own once. */
	readonly stories: readonly PlannedStory[];
}

/** A run of a flagged command, and the smallest portion of the version that shows it. */
interface Shown {
	readonly place: number;
	readonly run: Run;
	use: FlagUse;
	portion: Portion;
}

/**
 * The stories that are told of a project before any random one. Where a command runs in many tasks that are alike (in
 * the same block, which can or cannot fail the task, and alone, in a group or shown together), the smallest speaks for
 * all of them; but in each task with one of its own a flagged command fails once.
 */
export function planOf({ project, version, portions, flagged }: ProjectOnTrial): Plan {
	const amongOf = kindsOf({ project, ...version });
	const portionOf = smallest(portions);
	const noticed = ({ task, position }: FlagUse): boolean => {
		const instance = version.tasks[task];
		return (
			instance !== undefined &&
			isNoticed(programOf(alone(project, instance), instance), { background: true, position })
		);
	};
	const taskOf = ({ task }: FlagUse): string => version.tasks[task]?.task ?? '';
	const once = new Map<string, PlannedStory>();
	const shown = flagged.map(({ uses }, flag) => {
		const found = new Map<string, Shown>();
		for (const use of uses) {
			const portion = portionOf.get(use.task);
			if (portion === undefined || (use.background && !noticed(use))) continue;
			const { block } = use.position;
			const run = {
				block,
				among: amongOf(use.task),
				can_fail: use.canFail,
				background: use.background,
			};
			const key = JSON.stringify(run);
			const known = found.get(key) ?? { place: found.size, run, use, portion };
			found.set(key, known);
			if (portion.length < known.portion.length) Object.assign(known, { use, portion });
			if (block !== 'main') continue;
			const own = once.get(taskOf(use));
			if (own === undefined || portion.length < own.portion.length)
				once.set(taskOf(use), { flag, run: known.place, way: 'fails', use, portion });
		}
		return [...found.values()];
	});
	const stories = shown.flatMap((all, flag) =>
		all.flatMap(({ place, run, use, portion }) =>
			waysOf(run).map((way): PlannedStory => ({ flag, run: place, way, use, portion })),
		),
	);
	const told = new Set(stories.map(({ use }) => taskOf(use)));
	return {
		runs: shown.map((all) => all.map(({ run }) => run)),
		stories: [...stories, ...[...once].flatMap(([task, story]) => (told.has(task) ? [] : [story]))],
	};
}

/** How a task of the version restarts. */
function kindsOf(setup: Parameters<typeof unitsOf>[0]): (task: number) => Among {
	const kinds = new Map<number, Among>();
	for (const { tasks, hosts } of groupInstances(setup))
		for (const task of tasks) kinds.set(task, hosts === 1 ? 'single-host group' : 'group');
	const shown = new Set(setup.display_tasks?.flatMap(({ execution_tasks }) => execution_tasks));
	for (const [task, { id }] of setup.tasks.entries())
		if (shown.has(id) && !kinds.has(task)) kinds.set(task, 'display task');
	return (task) => kinds.get(task) ?? 'alone';
}

function smallest(portions: readonly Portion[]): Map<number, Portion> {
	const found = new Map<number, Portion>();
	for (const portion of portions)
		for (const task of portion) {
			const before = found.get(task);
			if (before === undefined || portion.length < before.length) found.set(task, portion);
		}
	return found;
}
