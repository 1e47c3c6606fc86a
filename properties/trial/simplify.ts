import { awaitedName, awaitedStatus, type Dependency } from '../../model/vocabulary/dependency.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { handlerOf } from '../../model/vocabulary/events/held.ts';
import { GROUP_BLOCKS, type Project, type TaskGroup } from '../../model/vocabulary/project.ts';
import { same } from '../../model/vocabulary/same.ts';
import type { Policy, Setup, TaskInstance } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';

/** A way to simplify a story; the setup that comes of it may be none. */
export type Simplification = (story: Story) => { setup: unknown; events: readonly Event[] };

/** All ways to simplify a story, each tried once a round. Not all of them give a setup that is valid. */
export function simplerStories({ setup, events }: Story): Simplification[] {
	const { project, tasks, hosts, policy } = setup;
	const ways: Simplification[] = [];
	const change = (way: (setup: Setup) => unknown): void => {
		ways.push(({ setup, events }) => ({ setup: way(setup), events }));
	};
	for (const { id } of tasks) change((from) => withoutTasks(from, (task) => task.id === id));
	for (const { id } of setup.display_tasks ?? []) {
		change((from) => withDisplayTasks(from, (its) => its.filter((one) => one.id !== id)));
		ways.push((story) => withoutDisplayTask(story, id));
	}
	for (const { id } of setup.other_versions ?? []) {
		const others = (from: Setup) => from.other_versions?.filter((one) => one.id !== id) ?? [];
		const isOf = ({ version }: TaskInstance): boolean => version === id;
		change((from) => withoutTasks(withOthers(from, others(from)), isOf));
		change((from) => ({
			...withOthers(from, others(from)),
			tasks: from.tasks.map((task) => (isOf(task) ? ofFirst(task) : task)),
		}));
		change((from) => withOthers(from, from.other_versions?.map(({ id }) => ({ id })) ?? []));
	}
	for (const task of tasks) for (const way of simplerTasks(task)) change(way);
	for (const group of project.task_groups ?? [])
		for (const way of simplerGroups(group)) change((from) => withGroup(from, group.name, way));
	for (const host of hosts) {
		change((from) => withoutHosts(from, host));
		change((from) => withLate(from, from.late_hosts?.filter((other) => other !== host) ?? []));
		ways.push((story) => withoutHost(story, host));
	}
	// From the last on: those before stay where they are.
	for (let place = events.length - 1; place >= 0; place--)
		if (events[place]?.kind === 'held')
			for (const way of [handledAtOnce, handledLater])
				ways.push(({ setup, events }) => ({ setup, events: way(events, place) }));
	if (events.some((event) => 'failed_only' in (event.kind === 'held' ? event.begun : event)))
		ways.push((story) => ({ setup: story.setup, events: story.events.map(wholly) }));
	change((from) => ({ ...from, policy: {} }));
	for (const key of Object.keys(policy) as (keyof Policy)[])
		change(({ policy: { [key]: _, ...rest }, ...from }) => ({ ...from, policy: rest }));
	change((from) => ({ ...from, policy: { ...from.policy, max_automatic_restarts: 0 } }));
	change((from) => ({ ...from, requester: 'gitter_request' }));
	change((from) => ({ ...from, project: withoutUnused(from) }));
	for (const key of SPARE) change((from) => ({ ...from, project: without(from.project, key) }));
	for (const { name, commands } of project.tasks)
		commands.forEach((_, step) => {
			change((from) => ({
				...from,
				project: {
					...from.project,
					tasks: from.project.tasks.map((other) =>
						other.name === name
							? { ...other, commands: other.commands.toSpliced(-1 - step, 1) }
							: other,
					),
				},
			}));
		});
	return ways;
}

/** The setup with these versions beside the first. */
const withOthers = (
	{ other_versions: _, ...from }: Setup,
	others: NonNullable<Setup['other_versions']>,
): Setup => (others.length === 0 ? from : { ...from, other_versions: others });

const ofFirst = ({ version: _, ...task }: TaskInstance): TaskInstance => task;

/** The setup without some tasks, whom nobody waits for then, and who are shown nowhere. */
function withoutTasks(from: Setup, isGone: (task: TaskInstance) => boolean): unknown {
	const gone = new Set(from.tasks.filter(isGone).map(({ id }) => id));
	const tasks = from.tasks
		.filter(({ id }) => !gone.has(id))
		.map((task) =>
			withWaits(
				task,
				(task.depends_on ?? []).filter((other) => !gone.has(awaitedName(other))),
			),
		);
	return withDisplayTasks({ ...from, tasks }, (its) =>
		its
			.map((one) => ({
				...one,
				execution_tasks: one.execution_tasks.filter((member) => !gone.has(member)),
			}))
			.filter(({ execution_tasks }) => execution_tasks.length > 0),
	);
}

/** The setup without a display task, and what users did to it done to each of its execution tasks. */
function withoutDisplayTask({ setup, events }: Story, id: string): ReturnType<Simplification> {
	const members = setup.display_tasks?.find((one) => one.id === id)?.execution_tasks ?? [];
	return {
		setup: withDisplayTasks(setup, (its) => its.filter((one) => one.id !== id)),
		events: events.flatMap((event): Event[] => {
			if (event.kind === 'held' && 'task' in event.begun && event.begun.task === id) {
				const { begun } = event;
				return members.map((task) => ({ ...event, begun: { ...begun, task } }));
			}
			if (event.kind === 'goes-on' && event.handler.task === id)
				return members.map((task) => ({ ...event, handler: { ...event.handler, task } }));
			if (!('task' in event) || event.task !== id) return [event];
			return members.map((task) => ({ ...event, task }));
		}),
	};
}

/** What is held there happens at once. */
const handledAtOnce = (events: readonly Event[], place: number): readonly Event[] => {
	const event = events[place];
	return event?.kind === 'held' ? events.with(place, event.begun) : events;
};

/** What is held there happens where it goes on, at the latest at the end. */
function handledLater(events: readonly Event[], place: number): readonly Event[] {
	const event = events[place];
	if (event?.kind !== 'held') return events;
	const { begun } = event;
	const later = events.findIndex(
		(one, at) => at > place && one.kind === 'goes-on' && one.handler.route === handlerOf(begun),
	);
	return (later < 0 ? [...events, begun] : events.with(later, begun)).toSpliced(place, 1);
}

/** The same event, but that a user restarts all of a display task. */
function wholly(event: Event): Event {
	if (event.kind === 'held' && 'failed_only' in event.begun) {
		const { failed_only: _, ...begun } = event.begun;
		return { ...event, begun };
	}
	if (!('failed_only' in event)) return event;
	const { failed_only: _, ...rest } = event;
	return rest;
}

type DisplayTasks = NonNullable<Setup['display_tasks']>;

function withDisplayTasks(
	{ display_tasks = [], ...from }: Setup,
	change: (its: DisplayTasks) => DisplayTasks,
): unknown {
	const left = change(display_tasks);
	return left.length === 0 ? from : { ...from, display_tasks: left };
}

const withWaits = ({ depends_on: _, ...task }: TaskInstance, waits: Dependency[]): TaskInstance =>
	waits.length === 0 ? task : { ...task, depends_on: waits };

/** A task that waits for fewer, or for successes only, runs in no group, is activated. */
function simplerTasks({ id, depends_on = [] }: TaskInstance): ((from: Setup) => unknown)[] {
	const change =
		(way: (task: TaskInstance) => TaskInstance) =>
		(from: Setup): unknown => ({
			...from,
			tasks: from.tasks.map((task) => (task.id === id ? way(task) : task)),
		});
	return [
		...depends_on.map((other) =>
			change((task) =>
				withWaits(
					task,
					(task.depends_on ?? []).filter((it) => !same(it, other)),
				),
			),
		),
		...depends_on
			.filter((other) => awaitedStatus(other) !== 'success')
			.map((other) =>
				change((task) =>
					withWaits(
						task,
						(task.depends_on ?? []).map((it) => (same(it, other) ? awaitedName(it) : it)),
					),
				),
			),
		change(({ group: _, ...task }) => task),
		change(({ activated: _, ...task }) => task),
	];
}

/** A group with shorter blocks, no switches, and the usual number of hosts; null: none at all. */
function simplerGroups(group: TaskGroup): ((group: TaskGroup) => unknown)[] {
	return [
		() => null,
		...SPARE_OF_GROUPS.map(
			(key) =>
				({ [key]: _, ...rest }: TaskGroup) =>
					rest,
		),
		...GROUP_BLOCKS.flatMap((block) =>
			(group[block] ?? []).map((_, step) => (from: TaskGroup) => ({
				...from,
				[block]: from[block]?.toSpliced(-1 - step, 1),
			})),
		),
	];
}

/** The setup with a group changed; without it where none is left, and then none runs in it. */
function withGroup(from: Setup, name: string, way: (group: TaskGroup) => unknown): unknown {
	const { task_groups = [], ...project } = from.project;
	const left = task_groups
		.map((group) => (group.name === name ? way(group) : group))
		.filter((group) => group !== null);
	const isThere = left.length === task_groups.length;
	return {
		...from,
		project: left.length === 0 ? project : { ...project, task_groups: left },
		tasks: from.tasks.map(({ group, ...task }) =>
			group === undefined || (group === name && !isThere) ? task : { ...task, group },
		),
	};
}

/** What a group can do without. */
const SPARE_OF_GROUPS = [
	...GROUP_BLOCKS,
	'max_hosts',
	'share_processes',
	'setup_group_can_fail_task',
	'setup_task_can_fail_task',
	'teardown_task_can_fail_task',
] as const;

/** What a project can do without. */
const SPARE = [
	'pre',
	'timeout',
	'post',
	'functions',
	'command_type',
	'pre_error_fails_task',
	'post_error_fails_task',
] as const;

/** The setup with these hosts yet to come when the story begins. */
const withLate = ({ late_hosts: _, ...from }: Setup, late: string[]): Setup =>
	late.length === 0 ? from : { ...from, late_hosts: late };

const withoutHosts = (from: Setup, host: string): Setup => {
	const others = (all: readonly string[] = []) => all.filter((other) => other !== host);
	return withLate({ ...from, hosts: others(from.hosts) }, others(from.late_hosts));
};

/** What happened on the host happens on the first of the others. */
function withoutHost({ setup, events }: Story, host: string): { setup: unknown; events: Event[] } {
	const others = withoutHosts(setup, host);
	const [first = host] = others.hosts;
	const elsewhere = <Named extends { host?: string | null | undefined }>(named: Named): Named =>
		named.host === host ? { ...named, host: first } : named;
	const moved = (event: Event): Event => {
		if (event.kind === 'goes-on') return { ...event, handler: elsewhere(event.handler) };
		if (event.kind === 'held' && event.begun.kind === 'message-delivered')
			return { ...event, begun: { ...event.begun, message: elsewhere(event.begun.message) } };
		if ('host' in event) return elsewhere(event);
		return 'message' in event && event.message !== undefined
			? { ...event, message: elsewhere(event.message) }
			: event;
	};
	return { setup: others, events: events.map(moved) };
}

const without = (project: Project, key: keyof Project): unknown => {
	const { [key]: _, ...rest } = project;
	return rest;
};

/** The project with the tasks and groups that are used. */
function withoutUnused({ project: { task_groups, ...project }, tasks }: Setup): Project {
	const groups = (task_groups ?? []).flatMap((group): TaskGroup[] => {
		const members = group.tasks.filter((name) => tasks.some(({ task }) => task === name));
		const isUsed = tasks.some((task) => task.group === group.name);
		return isUsed && members.length > 0 ? [{ ...group, tasks: members }] : [];
	});
	return {
		...project,
		tasks: project.tasks.filter(({ name }) => tasks.some(({ task }) => task === name)),
		...(groups.length === 0 ? {} : { task_groups: groups }),
	};
}
