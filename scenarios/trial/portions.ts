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
 * The portions of a version, none with more tasks than a setup may have: each unit with all that it waits
 * for, and the members of each group that several hosts may run. A unit that is too large is left out; one
 * that waits for too many is taken without them. Both are told.
 */
export function portionsOf(project: Project, { tasks, display_tasks, places }: Version): Portions {
	const setup = { project, tasks, display_tasks };
	const units = unitsOf(setup);
	const unitOf = new Map(units.flatMap((unit) => unit.map((task) => [task, unit] as const)));
	const dependencies = dependenciesOf(setup);
	const problems: Problem[] = [];

	const tell = (place: number, message: string, remedy: string): void => {
		const at = places.get(tasks[place]?.id ?? '');
		if (at !== undefined) problems.push(problemAt(at, message, remedy));
	};

	/** The unit and all that it waits for, by way of others too; null where these are too many. */
	const closed = (first: readonly number[]): Portion | null => {
		const taken = new Set(first);
		for (const task of taken) {
			if (taken.size > MAX_TASKS) return null;
			for (const other of dependencies[task] ?? [])
				for (const member of unitOf.get(other) ?? []) taken.add(member);
		}
		return [...taken].sort((one, other) => one - other);
	};

	const take = (those: readonly number[], what: string): Portion[] => {
		const [first = 0] = those;
		const name = tasks[first]?.id ?? '';
		if (those.length > MAX_TASKS) {
			tell(
				first,
				`"${name}" ${what} ${those.length} tasks, more than the ${MAX_TASKS} of one story, and is not put on trial`,
				'nothing need be done: only stories have that limit',
			);
			return [];
		}
		const all = closed(those);
		if (all !== null) return [all];
		tell(
			first,
			`"${name}" waits for more tasks than the ${MAX_TASKS} of one story, and is put on trial without them`,
			'nothing need be done: only stories have that limit',
		);
		return [those];
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
		const there = depends_on.filter((id) => ids.has(id));
		return there.length === 0 ? task : { ...task, depends_on: there };
	});
}
