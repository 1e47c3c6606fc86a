import { waitFor } from '../../model/vocabulary/dependency.ts';
import {
	dependenciesOf,
	groupInstances,
	type Structured,
	unitsOf,
} from '../../model/vocabulary/structure.ts';
import type { GroupPlace, Place } from '../store/store.ts';

/** By task of a setup: where it stands among the others; null where it stands alone. */
export function placesOf(setup: Structured): (Place | null)[] {
	const idsOf = (places: readonly number[]): string[] =>
		places.flatMap((place) => setup.tasks[place]?.id ?? []);
	const units = new Map<number, readonly string[]>();
	for (const unit of unitsOf(setup)) for (const task of unit) units.set(task, idsOf(unit));
	const groups = new Map<number, GroupPlace>();
	for (const { group, hosts, tasks } of groupInstances(setup))
		for (const task of tasks) groups.set(task, { name: group, hosts, members: idsOf(tasks) });
	const displays = new Map<string, string>();
	for (const { id, execution_tasks } of setup.display_tasks ?? [])
		for (const task of execution_tasks) displays.set(task, id);
	return dependenciesOf(setup).map((dependencies, task): Place | null => {
		const id = setup.tasks[task]?.id ?? '';
		const unit = units.get(task) ?? [id];
		const group = groups.get(task) ?? null;
		const display_task = displays.get(id) ?? null;
		const isAlone = unit.length === 1 && group === null && display_task === null;
		return isAlone && dependencies.length === 0
			? null
			: {
					unit,
					display_task,
					group,
					depends_on: dependencies.map((wait) =>
						waitFor(setup.tasks[wait.task]?.id ?? '', wait.status),
					),
				};
	});
}
