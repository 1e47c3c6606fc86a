import fc from 'fast-check';
import { type AwaitedStatus, type Dependency, waitFor } from '../../model/vocabulary/dependency.ts';
import type { Project, TaskGroup } from '../../model/vocabulary/project.ts';
import {
	type DisplayTask,
	MAX_TASKS,
	type Setup,
	type TaskInstance,
} from '../../model/vocabulary/setup.ts';
import { unitsOf } from '../../model/vocabulary/structure.ts';
import {
	PROJECT_PARTS,
	policy,
	projectOf,
	requester,
	steps,
	type,
	VARIANTS,
	written,
} from './parts.ts';

/**
 * Setups in which tasks restart together, share hosts and wait for one another. They are drawn cluster by
 * cluster, and no task waits for one of a later cluster, so that no wait goes in a circle.
 */

/** Sizes as in real projects: small mostly, now and then as large as a story may be. */
const size = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(1) },
	{ weight: 6, arbitrary: fc.constant(2) },
	{ weight: 3, arbitrary: fc.constant(3) },
	{ weight: 1, arbitrary: fc.integer({ min: 4, max: 8 }) },
);

/** Of 146 real groups 80 do not say it, 15 say 1, and most others -1. */
const maxHosts = fc.constantFrom(undefined, undefined, undefined, 1, 0, -1, -1, -2, 2, 2, 2, 3);

const group = fc
	.record({
		max_hosts: maxHosts,
		share_processes: fc.constantFrom(undefined, undefined, undefined, true),
		setup_group: fc.option(steps(2), { nil: undefined }),
		setup_task: fc.option(steps(2), { nil: undefined }),
		teardown_task: fc.option(steps(2), { nil: undefined }),
		teardown_group: fc.option(steps(2), { nil: undefined }),
		timeout: fc.option(steps(1), { nil: undefined, freq: 2 }),
		setup_group_can_fail_task: fc.boolean(),
		setup_task_can_fail_task: fc.boolean(),
		teardown_task_can_fail_task: fc.boolean(),
	})
	.map((value) => written(value) as Omit<TaskGroup, 'name' | 'tasks'>);

/** Which of the tasks before it one waits for, as a share of them, and how that one has to end: nearly always in success. */
const wait = fc.record({
	on: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
	status: fc.constantFrom<AwaitedStatus[]>(...Array(6).fill('success'), 'failed', '*'),
});

/** One task in four waits for others. */
const waits = fc
	.constantFrom(0, 0, 0, 1)
	.chain((waiting) => fc.array(wait, { maxLength: 2 * waiting, minLength: waiting }));

const member = fc.record({
	commands: steps(3),
	shown: fc.boolean(),
	/** Runs on the other variant than the rest of its cluster. */
	astray: fc.constantFrom(false, false, false, false, false, false, false, true),
	inactive: fc.constantFrom(...Array(11).fill(false), true),
	waits,
	/** Where it stands among all tasks. */
	place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

/** Tasks next to each other: the first `grouped` are a group, those that are `shown` a display task. */
const cluster = fc
	.tuple(
		size,
		fc.constantFrom('plain', 'group', 'group', 'display', 'display', 'both', 'both'),
		group,
		fc.record({
			variant: fc.constantFrom(...VARIANTS),
			/** The group runs on the other variant too. */
			twice: fc.constantFrom(false, false, false, false, true),
			/** All are shown, or all are in the group. */
			whole: fc.boolean(),
		}),
	)
	.chain(([count, kind, definition, rest]) =>
		fc.record({
			members: fc.array(member, { minLength: count, maxLength: count }),
			grouped:
				kind === 'plain' || kind === 'display'
					? fc.constant(0)
					: fc.integer({ min: rest.whole && kind === 'group' ? count : 1, max: count }),
			shows: fc.constant(kind === 'display' || kind === 'both'),
			definition: fc.constant(definition),
			rest: fc.constant(rest),
		}),
	);

type Cluster = typeof cluster extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** A task as it is drawn, still without what it waits for. */
type Drawn = {
	readonly instance: TaskInstance;
	readonly cluster: number;
	readonly waits: readonly { readonly on: number; readonly status: AwaitedStatus }[];
	place: number;
};

const clusters = fc.oneof(
	{ weight: 6, arbitrary: fc.array(cluster, { minLength: 1, maxLength: 1 }) },
	{ weight: 8, arbitrary: fc.array(cluster, { minLength: 2, maxLength: 2 }) },
	{ weight: 1, arbitrary: fc.array(cluster, { minLength: 3, maxLength: 8 }) },
);

const hosts: fc.Arbitrary<string[]> = fc.constantFrom(
	['h1'],
	['h1'],
	['h1', 'h2'],
	['h1', 'h2'],
	['h1', 'h2', 'h3'],
);

/** A setup with units of several tasks, groups, display tasks and dependents. */
export const unitSetup: fc.Arbitrary<Setup> = fc
	.record({
		clusters,
		command_type: type,
		hosts,
		requester,
		policy,
		repairs: fc.boolean(),
		...PROJECT_PARTS,
	})
	.map(({ clusters, command_type, hosts, requester, policy, repairs, ...parts }) => {
		const { project, drawn, display_tasks } = laidOut(clusters);
		return {
			project: projectOf(project, command_type, parts),
			tasks: ordered(withWaits(project, drawn, display_tasks)),
			...(display_tasks.length === 0 ? {} : { display_tasks }),
			hosts,
			requester,
			policy: repairs ? { ...policy, restart_system_failed: true as const } : policy,
		};
	});

/** The clusters, as many as there is room for, with names for all that is in them. */
function laidOut(clusters: readonly Cluster[]) {
	const project: Pick<Project, 'tasks' | 'task_groups'> = { tasks: [] };
	const drawn: Drawn[] = [];
	const display_tasks: DisplayTask[] = [];
	for (const [index, { members, grouped, shows, definition, rest }] of clusters.entries()) {
		const copies = rest.twice ? grouped : 0;
		if (drawn.length + members.length + copies > MAX_TASKS) break;
		const names = members.map((_, place) => `task-${project.tasks.length + place + 1}`);
		const name = `group-${index + 1}`;
		const shown: string[] = [];
		const add = (place: number, variant: string): void => {
			const it = members[place];
			if (it === undefined) return;
			const id = `t${drawn.length + 1}`;
			drawn.push({
				instance: {
					id,
					task: names[place] ?? '',
					variant,
					...(place < grouped ? { group: name } : {}),
					...(it.inactive ? { activated: false as const } : {}),
				},
				cluster: index,
				waits: it.waits,
				place: it.place,
			});
			if (shows && (rest.whole || it.shown)) shown.push(id);
		};
		const other = VARIANTS[rest.variant === VARIANTS[0] ? 1 : 0];
		for (const [place, { astray }] of members.entries())
			add(place, astray && !rest.twice ? other : rest.variant);
		for (let place = 0; place < copies; place++) add(place, other);
		project.tasks.push(
			...members.map(({ commands }, place) => ({ name: names[place] ?? '', commands })),
		);
		if (grouped > 0) {
			project.task_groups ??= [];
			project.task_groups.push({ name, ...definition, tasks: names.slice(0, grouped) });
		}
		if (shown.length > 0)
			display_tasks.push({ id: `d${display_tasks.length + 1}`, execution_tasks: shown });
	}
	return { project, drawn, display_tasks };
}

/** A task may wait for all of earlier clusters, and for those before it in its own unit. */
function withWaits(
	project: Pick<Project, 'tasks' | 'task_groups'>,
	drawn: readonly Drawn[],
	display_tasks: readonly DisplayTask[],
): Drawn[] {
	const units = unitsOf({
		project,
		tasks: drawn.map(({ instance }) => instance),
		display_tasks,
	});
	return drawn.map((task, place) => {
		const unit = units.find((members) => members.includes(place)) ?? [];
		const before = drawn
			.slice(0, place)
			.filter((other, index) => other.cluster < task.cluster || unit.includes(index));
		const chosen = new Map(
			task.waits.flatMap(({ on, status }): [string, Dependency][] => {
				const id = before[Math.floor(on * before.length)]?.instance.id;
				return id === undefined ? [] : [[id, waitFor(id, status)]];
			}),
		);
		return chosen.size === 0
			? task
			: { ...task, instance: { ...task.instance, depends_on: [...chosen.values()] } };
	});
}

/** The tasks in any order, but for the members of a group on one variant, which keep theirs. */
function ordered(drawn: readonly Drawn[]): TaskInstance[] {
	const placed = drawn.map((task) => ({ ...task }));
	const instanceOf = ({ instance: { group, variant, id } }: Drawn): string =>
		group === undefined ? id : `${group} ${variant}`;
	for (const name of new Set(placed.map(instanceOf))) {
		const members = placed.filter((task) => instanceOf(task) === name);
		const places = members.map(({ place }) => place).sort((one, other) => one - other);
		for (const [index, task] of members.entries()) task.place = places[index] ?? 0;
	}
	return placed
		.map((task, index) => ({ ...task, index }))
		.sort((one, other) => one.place - other.place || one.index - other.index)
		.map(({ instance }) => instance);
}
