import { type AwaitedStatus, awaitedName, awaitedStatus, type Dependency } from './dependency.ts';
import { hostsOf, type Project } from './project.ts';

/** What the shape of a version is read from: its tasks, the groups they run in, and its display tasks. */
export interface Structured {
	readonly project: Pick<Project, 'tasks' | 'task_groups'> & { readonly id?: string };
	readonly tasks: readonly {
		readonly id: string;
		readonly task: string;
		readonly variant: string;
		readonly group?: string | undefined;
		readonly depends_on?: readonly Dependency[] | undefined;
		/** Absent: the first. */
		readonly version?: string | undefined;
	}[];
	readonly other_versions?:
		| readonly { readonly id: string; readonly project?: { readonly id: string } | undefined }[]
		| undefined;
	readonly display_tasks?:
		| readonly { readonly id: string; readonly execution_tasks: readonly string[] }[]
		| undefined;
}

/** What restarts as one: the places of its tasks in the setup, in order (guarantees, "Words"). */
export type Unit = readonly number[];

/** The tasks of one group on one variant of one version, in the order in which they run. */
export interface GroupInstance {
	readonly group: string;
	readonly variant: string;
	/** Absent: the first. */
	readonly version?: string;
	readonly tasks: readonly number[];
	/** How many hosts may run them at the same time. */
	readonly hosts: number;
}

/** The group instances of a setup, in the order of their first tasks. */
export function groupInstances({ project, tasks }: Structured): GroupInstance[] {
	const found = new Map<
		string,
		{ group: string; variant: string; version?: string; tasks: number[]; hosts: number }
	>();
	for (const [place, { group, variant, version }] of tasks.entries()) {
		if (group === undefined) continue;
		const key = `${group}\0${variant}\0${version ?? ''}`;
		const known = found.get(key);
		if (known !== undefined) {
			known.tasks.push(place);
			continue;
		}
		const definition = project.task_groups?.find(({ name }) => name === group);
		const hosts = definition === undefined ? 1 : hostsOf(definition);
		const of = version === undefined ? {} : { version };
		found.set(key, { group, variant, ...of, tasks: [place], hosts });
	}
	return [...found.values()];
}

/**
 * The units of a setup, in the order of their first tasks: plain tasks, whole display tasks, whole
 * single-host groups, and where a task is in both, the smallest set closed under both.
 */
export function unitsOf(setup: Structured): Unit[] {
	const { tasks, display_tasks = [] } = setup;
	const places = new Map(tasks.map(({ id }, place) => [id, place]));
	/** By task: all that are in one unit with it, itself among them. */
	const unitOf = tasks.map((_, place) => [place]);
	const unite = (members: readonly number[]) => {
		const united = [...new Set(members.flatMap((member) => unitOf[member] ?? []))];
		for (const place of united) unitOf[place] = united;
	};
	for (const { execution_tasks } of display_tasks)
		unite(execution_tasks.flatMap((id) => places.get(id) ?? []));
	for (const { hosts, tasks: members } of groupInstances(setup)) if (hosts === 1) unite(members);
	return [...new Set(unitOf)].map((unit) => unit.sort((one, other) => one - other));
}

/** That a task waits for another one, by its place in the setup, and how that one has to end. */
export interface Wait {
	readonly task: number;
	readonly status: AwaitedStatus;
}

/**
 * By task, what it waits for: what it names, and in a single-host group the success of the task before it.
 * All of it has to come true, where one task is named twice too.
 */
export function dependenciesOf(setup: Structured): Wait[][] {
	const places = new Map(setup.tasks.map(({ id }, place) => [id, place]));
	const dependencies = setup.tasks.map(({ depends_on = [] }) =>
		depends_on.flatMap((dependency): Wait[] => {
			const task = places.get(awaitedName(dependency));
			return task === undefined ? [] : [{ task, status: awaitedStatus(dependency) }];
		}),
	);
	for (const { hosts, tasks } of groupInstances(setup))
		if (hosts === 1)
			for (const [order, task] of tasks.entries()) {
				const before = tasks[order - 1];
				const named = dependencies[task];
				if (before === undefined || named === undefined) continue;
				if (!named.some((wait) => wait.task === before && wait.status === 'success'))
					named.push({ task: before, status: 'success' });
			}
	return dependencies.map((waits) => waits.sort((a, b) => a.task - b.task));
}

/** Something that a setup cannot say. */
export interface StructureProblem {
	readonly path: readonly (string | number)[];
	readonly message: string;
}

/** What is wrong with versions, groups, dependencies and display tasks. */
export function structureProblems(setup: Structured): StructureProblem[] {
	return [
		...versionProblems(setup),
		...groupProblems(setup),
		...displayProblems(setup),
		...dependencyProblems(setup),
	];
}

/** The id of the first version of a project. */
export const firstVersionOf = (project: string): string => `${project}_1`;

function versionProblems({
	project,
	tasks,
	display_tasks = [],
	other_versions = [],
}: Structured): StructureProblem[] {
	const problems: StructureProblem[] = [];
	const projects = new Set([project.id]);
	const versions = new Set([firstVersionOf(project.id ?? '')]);
	for (const [index, { id, project: own }] of other_versions.entries()) {
		const path = ['other_versions', index];
		if (versions.has(id))
			problems.push({ path: [...path, 'id'], message: `the id "${id}" is used twice` });
		versions.add(id);
		if (own === undefined) continue;
		if (projects.has(own.id))
			problems.push({
				path: [...path, 'project', 'id'],
				message: `the id "${own.id}" is used twice`,
			});
		projects.add(own.id);
	}
	for (const [index, { id }] of other_versions.entries())
		if (tasks.every(({ version }) => version !== id))
			problems.push({
				path: ['other_versions', index],
				message: `no task is of the version "${id}": write "version: ${id}" with one, or leave it out`,
			});
	const others = new Set(other_versions.map(({ id }) => id));
	const versionOf = new Map(tasks.map(({ id, version }) => [id, version] as const));
	for (const [place, { version, depends_on = [] }] of tasks.entries()) {
		if (version !== undefined && !others.has(version))
			problems.push({
				path: ['tasks', place, 'version'],
				message: `there is no other version "${version}"`,
			});
		for (const [index, named] of depends_on.entries()) {
			const awaited = awaitedName(named);
			if (versionOf.has(awaited) && versionOf.get(awaited) !== version)
				problems.push({
					path: ['tasks', place, 'depends_on', index],
					message: `the task "${awaited}" is of another version`,
				});
		}
	}
	for (const [index, { execution_tasks }] of display_tasks.entries())
		if (new Set(execution_tasks.map((id) => versionOf.get(id))).size > 1)
			problems.push({
				path: ['display_tasks', index, 'execution_tasks'],
				message: 'its tasks are of several versions',
			});
	return problems;
}

function groupProblems(setup: Structured): StructureProblem[] {
	const { project, tasks } = setup;
	const groups = new Map((project.task_groups ?? []).map((group) => [group.name, group]));
	const names = new Set(project.tasks.map(({ name }) => name));
	const problems: StructureProblem[] = [];
	for (const [index, { name, tasks: members }] of (project.task_groups ?? []).entries())
		for (const [order, member] of members.entries())
			if (!names.has(member))
				problems.push({
					path: ['project', 'task_groups', index, 'tasks', order],
					message: `no task of the project is named "${member}", which group "${name}" lists`,
				});
	for (const [place, { task, group }] of tasks.entries()) {
		if (group === undefined) continue;
		const path = ['tasks', place, 'group'];
		const definition = groups.get(group);
		if (definition === undefined)
			problems.push({ path, message: `the project has no task group "${group}"` });
		else if (!definition.tasks.includes(task))
			problems.push({ path, message: `task group "${group}" does not list the task "${task}"` });
	}
	for (const { group, tasks: members } of groupInstances(setup)) {
		const order = groups.get(group)?.tasks ?? [];
		const orders = members.map((member) => order.indexOf(tasks[member]?.task ?? ''));
		for (const [index, member] of members.entries()) {
			const before = orders[index - 1];
			const here = orders[index];
			if (before !== undefined && here !== undefined && here >= 0 && here <= before)
				problems.push({
					path: ['tasks', member],
					message: `the tasks of group "${group}" must stand in the order of the group, each once a variant`,
				});
		}
	}
	return problems;
}

function displayProblems({ tasks, display_tasks = [] }: Structured): StructureProblem[] {
	const problems: StructureProblem[] = [];
	const ids = new Set(tasks.map(({ id }) => id));
	const known = new Set(ids);
	const shown = new Set<string>();
	for (const [index, { id, execution_tasks }] of display_tasks.entries()) {
		if (known.has(id))
			problems.push({
				path: ['display_tasks', index, 'id'],
				message: `the id "${id}" is used twice`,
			});
		known.add(id);
		for (const [order, member] of execution_tasks.entries()) {
			const path = ['display_tasks', index, 'execution_tasks', order];
			if (!ids.has(member)) problems.push({ path, message: `there is no task "${member}"` });
			else if (shown.has(member))
				problems.push({ path, message: `the task "${member}" is in a display task already` });
			shown.add(member);
		}
	}
	return problems;
}

/** What is wrong with dependencies: one on nothing, or one that leads in a circle. */
export function dependencyProblems(setup: Structured): StructureProblem[] {
	const { tasks } = setup;
	const ids = new Set(tasks.map(({ id }) => id));
	const problems: StructureProblem[] = [];
	for (const [place, { id, depends_on = [] }] of tasks.entries())
		for (const [index, named] of depends_on.entries()) {
			const path = ['tasks', place, 'depends_on', index];
			const awaited = awaitedName(named);
			if (!ids.has(awaited)) problems.push({ path, message: `there is no task "${awaited}"` });
			else if (awaited === id) problems.push({ path, message: 'a task cannot depend on itself' });
		}
	if (problems.length > 0) return problems;
	const dependencies = dependenciesOf(setup).map((waits) => waits.map(({ task }) => task));
	const circle = circleIn(dependencies);
	if (circle !== null)
		return [
			{
				path: ['tasks', circle, 'depends_on'],
				message: `the task "${tasks[circle]?.id}" depends on itself by way of others`,
			},
		];
	const units = unitsOf(setup);
	if (units.length === tasks.length) return [];
	const unitOf = new Map(
		units.flatMap((unit, index) => unit.map((place) => [place, index] as const)),
	);
	const between = units.map((unit, index) =>
		unit
			.flatMap((task) => dependencies[task] ?? [])
			.map((task) => unitOf.get(task) ?? index)
			.filter((other) => other !== index),
	);
	const wait = circleIn(between);
	if (wait === null) return [];
	const first = units[wait]?.[0] ?? 0;
	return [
		{
			path: ['tasks', first, 'depends_on'],
			message: `what restarts together with "${tasks[first]?.id}" depends on what waits for it: a restart of one would wait for the other`,
		},
	];
}

/** A node of a graph that can be reached from itself, or null. */
function circleIn(edges: readonly (readonly number[])[]): number | null {
	const done = new Set<number>();
	const under = new Set<number>();
	/** The way from a node to where the search is, with what each on it still leads to. No recursion: chains are long. */
	const way: { readonly node: number; readonly next: Iterator<number> }[] = [];
	const enter = (node: number): void => {
		under.add(node);
		way.push({ node, next: (edges[node] ?? []).values() });
	};
	for (const start of edges.keys()) {
		if (!done.has(start)) enter(start);
		for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
			const next = here.next.next();
			if (next.done === true) {
				way.pop();
				under.delete(here.node);
				done.add(here.node);
			} else if (under.has(next.value)) return next.value;
			else if (!done.has(next.value)) enter(next.value);
		}
	}
	return null;
}
