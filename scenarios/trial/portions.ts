import { awaitedName } from '../../model/vocabulary/dependency.ts';
import type { Project } from '../../model/vocabulary/project.ts';
import { MAX_TASKS, type TaskInstance } from '../../model/vocabulary/setup.ts';
import { dependenciesOf, groupInstances, unitsOf } from '../../model/vocabulary/structure.ts';
import type { Version } from '../import/version.ts';
import { type Problem, problemAt } from '../yaml/problem.ts';

/** Tasks that can be told of by themselves, by their places in the version: whole units, with what they wait for. */
export type Portion = readonly number[];

/** What is cut out of a version, and what is not, or not as it is written. */
export type Portions = {
	readonly portions: readonly Portion[];
	readonly problems: readonly Problem[];
};

/**
 * The portions of a version, none with more tasks than a setup may have: each unit with all that it waits for, and the
 * members of each group that several hosts may run. Of a unit that is too large those are taken that matter, so many at
 * a time; of too many that a unit waits for, the nearest. Both are told. `flagged`: tasks with a flagged command of
 * their own, by their places.
 */
export function portionsOf(
	project: Project,
	{ tasks, display_tasks, places }: Version,
	flagged: ReadonlySet<number> = new Set(),
): Portions {
	const setup = { project, tasks, display_tasks };
	const units = unitsOf(setup);
	const unitOf = new Map(units.flatMap((unit) => unit.map((task) => [task, unit] as const)));
	const dependencies = dependenciesOf(setup);
	const problems: Problem[] = [];

	const tell = (place: number, message: string): void => {
		const task = tasks[place]?.id ?? '';
		const at = places.get(task);
		const remedy = 'nothing need be done: only stories have that limit';
		if (at !== undefined) problems.push(problemAt(at, `"${task}" ${message}`, remedy));
	};

	/** Some of its own tasks and all that they wait for beside those, by way of others too, the nearest first and of those the flagged ones. */
	const closed = (first: readonly number[], own: ReadonlySet<number>): number[] => {
		const taken = new Set(first);
		for (let last = first; last.length > 0; ) {
			const next = last
				.flatMap((task) => dependencies[task] ?? [])
				.flatMap((wait) => unitOf.get(wait.task) ?? [])
				.filter((task) => !taken.has(task) && !own.has(task));
			last = [...new Set(next)].sort(
				(one, other) => Number(flagged.has(other)) - Number(flagged.has(one)) || one - other,
			);
			for (const task of last) taken.add(task);
		}
		return [...taken];
	};

	/** Those with a flag of their own, and the first and the last of those that run in the same blocks. */
	const mattering = (those: readonly number[]): number[] => {
		const ends = new Map<string, { first: number; last: number }>();
		for (const task of those) {
			const blocks = tasks[task]?.group ?? '';
			ends.set(blocks, { first: ends.get(blocks)?.first ?? task, last: task });
		}
		const kept = new Set([...ends.values()].flatMap(({ first, last }) => [first, last]));
		return those.filter((task) => flagged.has(task) || kept.has(task));
	};

	const take = (those: readonly number[], what: string): Portion[] => {
		const [first = 0] = those;
		const matter = those.length > MAX_TASKS ? mattering(those) : those;
		if (those.length > MAX_TASKS) {
			const without = those.length - matter.length;
			tell(
				first,
				`${what} ${those.length} tasks; stories tell of ${without === 0 ? 'all' : matter.length} of them, ${matter.length > MAX_TASKS ? `up to ${MAX_TASKS} at a time` : 'together'}${without === 0 ? '' : `, and leave out ${without} without a flag of their own`}`,
			);
		}
		const own = new Set(those);
		const windows: Portion[] = [];
		for (let from = 0; from < matter.length; from += MAX_TASKS) {
			const all = closed(matter.slice(from, from + MAX_TASKS), own);
			if (those.length <= MAX_TASKS && all.length > MAX_TASKS)
				tell(
					first,
					`waits for ${all.length - those.length} tasks; stories tell of ${MAX_TASKS - those.length} of them, the nearest`,
				);
			windows.push(all.slice(0, MAX_TASKS).sort((one, other) => one - other));
		}
		return windows;
	};

	return {
		portions: [
			...units.flatMap((unit) => take(unit, 'restarts as one with others,')),
			...groupInstances(setup)
				.filter(({ hosts, tasks: members }) => hosts > 1 && members.length > 1)
				.flatMap(({ tasks: members }) =>
					take(
						[...new Set(members.flatMap((member) => unitOf.get(member) ?? []))],
						'runs in a group of',
					),
				),
		],
		problems,
	};
}

/** The tasks of a portion, or of several, which wait for none that is not among them. */
export function tasksOf(
	version: Pick<Version, 'tasks'>,
	portion: Iterable<number>,
): TaskInstance[] {
	const tasks = [...new Set(portion)]
		.sort((one, other) => one - other)
		.flatMap((place) => version.tasks[place] ?? []);
	const ids = new Set(tasks.map(({ id }) => id));
	return tasks.map(({ depends_on = [], ...task }) => {
		const there = depends_on.filter((wait) => ids.has(awaitedName(wait)));
		return there.length === 0 ? task : { ...task, depends_on: there };
	});
}
