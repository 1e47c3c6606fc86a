import { OUTCOMES } from '../../model/vocabulary/command.ts';
import { groupInstances, type unitsOf } from '../../model/vocabulary/structure.ts';
import type { Among, FlagWay } from '../../reports/evidence/flag-evidence.ts';
import type { FlagUse } from '../../scenarios/import/flagged-commands.ts';
import type { Portion } from '../../scenarios/import/portions.ts';
import type { ProjectOnTrial } from '../../scenarios/import/project-on-trial.ts';

/** A story that is told of a flagged command: where the command runs there, and what becomes of it. */
export interface PlannedStory {
	/** Place of the command among those with the flag, and of this way among its ways. */
	readonly flag: number;
	readonly way: number;
	readonly what: Way;
	readonly use: FlagUse;
	readonly portion: Portion;
}

/** What is to become of a flagged command, and whether that must lead to an automatic restart (S4). */
export type Way = Omit<FlagWay, 'told'>;

export interface Plan {
	/** By flagged command, all that may become of it; none: it does not run. */
	readonly ways: readonly (readonly Way[])[];
	/** Each way of each command once, then each task with a flagged command once. */
	readonly stories: readonly PlannedStory[];
}

/**
 * The stories that are told of a project before any random one. Where a command runs in many tasks that are alike (in
 * the same block, which can or cannot fail the task, and alone, in a group or shown together), the smallest speaks for
 * all of them; but in each task a flagged command fails once.
 */
export function planOf({ project, version, portions, flagged }: ProjectOnTrial): Plan {
	const setup = { project, ...version };
	const amongOf = kindsOf(setup);
	const portionOf = smallest(portions);
	const stories: PlannedStory[] = [];
	const once = new Map<string, PlannedStory>();
	const ways = flagged.map(({ uses }, flag) => {
		const known = new Map<string, { way: Way; best: PlannedStory }>();
		for (const use of uses) {
			const portion = portionOf.get(use.task);
			if (portion === undefined) continue;
			for (const way of waysOf(use, amongOf(use.task))) {
				const key = JSON.stringify(way);
				const before = known.get(key);
				const place = before?.best.way ?? known.size;
				const story = { flag, way: place, what: way, use, portion };
				if (before === undefined) known.set(key, { way, best: story });
				else if (portion.length < before.best.portion.length) before.best = story;
				const task = version.tasks[use.task]?.task ?? '';
				const own = once.get(task);
				if (way.way === 'fails' && (own === undefined || portion.length < own.portion.length))
					once.set(task, story);
			}
		}
		stories.push(...[...known.values()].map(({ best }) => best));
		return [...known.values()].map(({ way }) => way);
	});
	const told = new Set(stories.map(({ use }) => version.tasks[use.task]?.task));
	for (const [task, story] of once) if (!told.has(task)) stories.push(story);
	return { ways, stories };
}

function waysOf({ position: { block }, canFail, background }: FlagUse, among: Among): Way[] {
	const way = (name: Way['way'], restarts: boolean): Way => ({ block, among, way: name, restarts });
	if (background === 'unnoticed') return [];
	const fails = [way('fails', canFail), ...(canFail ? [way('fails, then aborted', false)] : [])];
	if (background !== null) return fails;
	return [
		...fails,
		way('times out', canFail || OUTCOMES[block].includes('timed-out-exec')),
		...(block === 'teardown_group' ? [] : [way('aborted', false)]),
	];
}

/** How a task of the version restarts. */
function kindsOf(setup: Parameters<typeof unitsOf>[0]): (task: number) => Among {
	const kinds = new Map<number, Among>();
	for (const { tasks, hosts } of groupInstances(setup))
		for (const task of tasks) kinds.set(task, hosts === 1 ? 'single-host group' : 'group');
	const shown = new Set(setup.display_tasks?.flatMap(({ execution_tasks }) => execution_tasks));
	for (const [task, { id }] of setup.tasks.entries())
		if (shown.has(id) && kinds.get(task) !== 'single-host group') kinds.set(task, 'display task');
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
