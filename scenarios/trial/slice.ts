import {
	GROUP_BLOCKS,
	hostsOf,
	isFunctionCall,
	type Project,
	type Step,
	type TaskGroup,
} from '../../model/vocabulary/project.ts';

/** What of a project a task needs: its main block, and its group's blocks where it runs in one. */
type Needed = { readonly task: string; readonly group?: string | undefined };

/**
 * The project with the tasks that are needed only, the groups they run in, and the functions that they
 * and the blocks call: what a story needs of it, so that its token stays short. Names that the project
 * does not have are passed over.
 */
export function slice(project: Project, needed: Iterable<Needed>): Project {
	const all = [...needed];
	const wanted = new Set(all.map(({ task }) => task));
	const tasks = project.tasks.filter(({ name }) => wanted.has(name));
	const { functions, task_groups, ...rest } = project;
	const groups = (task_groups ?? [])
		.filter(({ name }) => all.some(({ group }) => group === name))
		.map((group) => withMembers(group, wanted));
	const steps: Step[] = [
		...tasks.flatMap(({ commands }) => commands),
		...(project.pre ?? []),
		...(project.timeout ?? []),
		...(project.post ?? []),
		...groups.flatMap((group) => GROUP_BLOCKS.flatMap((block) => group[block] ?? [])),
	];
	const called = new Set(steps.flatMap((step) => (isFunctionCall(step) ? [step.func] : [])));
	const reached = Object.entries(functions ?? {}).filter(([name]) => called.has(name));
	return {
		...rest,
		tasks,
		...(reached.length === 0 ? {} : { functions: Object.fromEntries(reached) }),
		...(groups.length === 0 ? {} : { task_groups: groups }),
	};
}

/** A group of these members only, which may run on as many hosts as before. */
function withMembers(group: TaskGroup, wanted: ReadonlySet<string>): TaskGroup {
	const tasks = group.tasks.filter((name) => wanted.has(name));
	const { max_hosts } = group;
	return {
		...group,
		tasks,
		...(max_hosts === -1 && tasks.length < group.tasks.length ? { max_hosts: hostsOf(group) } : {}),
	};
}
