import { awaitedName, awaitedStatus, waitFor } from '../../model/vocabulary/dependency.ts';
import { NAME_LENGTH, PROJECT_SIZE, type Project } from '../../model/vocabulary/project.ts';
import type { DisplayTask, TaskInstance } from '../../model/vocabulary/setup.ts';
import { structureProblems } from '../../model/vocabulary/structure.ts';
import type { Place } from '../store/store.ts';
import { placesOf } from './places.ts';
import type { VersionRequest } from './version-request.ts';

/** Most tasks that restart together, or of one group on one variant: each names the others. */
export const MOST_TOGETHER = 200;

/** What a version is made of. */
export interface Instances {
	readonly tasks: readonly TaskInstance[];
	readonly display_tasks: readonly DisplayTask[];
	/** By task. */
	readonly places: readonly (Place | null)[];
}

/** The group as a member of which a task of a project runs: the first that lists it. */
export const groupOfTask = (
	{ task_groups = [] }: Pick<Project, 'task_groups'>,
	task: string,
): string | undefined => task_groups.find(({ tasks }) => tasks.includes(task))?.name;

const inVersion = (asked: VersionRequest, variant: string, name: string): string =>
	`${asked.id}_${variant}_${name}`.replace(/[^\w.-]/g, '_');

/** The tasks to run, each on each variant, and how they belong together; or what is wrong with what was asked for. */
export function instancesOf(asked: VersionRequest, project: Project): Instances | string {
	const names = new Set(project.tasks.map((task) => task.name));
	const tasks = new Set(asked.tasks ?? names);
	for (const task of tasks)
		if (!names.has(task)) return 'the project has no task of one of these names';
	const variants = new Set(asked.variants);
	if (tasks.size * variants.size > PROJECT_SIZE) return `more than ${PROJECT_SIZE} tasks`;
	const ordered = inOrderOfGroups(project, [...tasks]);
	const instances = new Map<string, TaskInstance>();
	const display_tasks: DisplayTask[] = [];
	for (const variant of variants) {
		const idOf = (name: string) => inVersion(asked, variant, name);
		for (const task of ordered) {
			const id = idOf(task);
			if (id.length > NAME_LENGTH)
				return `a task's id would be longer than ${NAME_LENGTH} characters`;
			if (instances.has(id)) return 'the names of two tasks differ in special characters only';
			const group = groupOfTask(project, task);
			const waits = asked.dependencies?.find((dependency) => dependency.task === task);
			instances.set(id, {
				id,
				task,
				variant,
				...(group === undefined ? {} : { group }),
				...(waits === undefined
					? {}
					: {
							depends_on: waits.depends_on.map((wait) =>
								waitFor(idOf(awaitedName(wait)), awaitedStatus(wait)),
							),
						}),
			});
		}
		for (const { name, execution_tasks } of asked.display_tasks ?? [])
			display_tasks.push({
				// No task has such an id.
				id: `display:${idOf(name)}`,
				execution_tasks: execution_tasks.map(idOf),
			});
	}
	const stranger = asked.dependencies?.find((dependency) => !tasks.has(dependency.task));
	if (stranger !== undefined) return 'a dependency is of a task that is not in the version';
	return structured(project, [...instances.values()], display_tasks);
}

function structured(
	project: Project,
	tasks: TaskInstance[],
	display_tasks: DisplayTask[],
): Instances | string {
	const isPlain = ({ group, depends_on }: TaskInstance): boolean =>
		group === undefined && depends_on === undefined;
	if (display_tasks.length === 0 && tasks.every(isPlain))
		return { tasks, display_tasks, places: tasks.map(() => null) };
	const setup = { project, tasks, display_tasks };
	const [problem] = structureProblems(setup);
	if (problem !== undefined) return problem.message;
	const places = placesOf(setup);
	const isCrowded = places.some(
		(place) =>
			place !== null &&
			Math.max(place.unit.length, place.group?.members.length ?? 0) > MOST_TOGETHER,
	);
	return isCrowded
		? `more than ${MOST_TOGETHER} tasks belong together`
		: { tasks, display_tasks, places };
}

/** The tasks in their order, but those of one group in the order of the group, in the places that they have. */
function inOrderOfGroups(project: Project, tasks: readonly string[]): string[] {
	const ordered = [...tasks];
	for (const { name, tasks: members } of project.task_groups ?? []) {
		const places = ordered.flatMap((task, place) =>
			groupOfTask(project, task) === name ? [place] : [],
		);
		const present = new Set(places.map((place) => ordered[place]));
		const wanted = [...new Set(members)].filter((member) => present.has(member));
		for (const [index, place] of places.entries()) {
			const member = wanted[index];
			if (member !== undefined) ordered[place] = member;
		}
	}
	return ordered;
}
