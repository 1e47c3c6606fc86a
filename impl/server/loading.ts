import type { IgnoredFlag } from '../../model/vocabulary/observation.ts';
import {
	type Block,
	GROUP_BLOCKS,
	isFunctionCall,
	type Project,
	type Step,
} from '../../model/vocabulary/project.ts';
import { heededOf, isLate, type Setup, type TaskInstance } from '../../model/vocabulary/setup.ts';
import { versionsOf } from '../../model/vocabulary/versions.ts';
import type { Randomness } from '../ports/randomness.ts';
import {
	type HostRecord,
	type Place,
	type ProjectRecord,
	type Store,
	type TaskRecord,
	THE_POLICY,
	type VersionRecord,
} from '../store/store.ts';
import { CLEAN } from '../store/task-state.ts';
import { placesOf } from './places.ts';

/** Loads a setup: its projects, their versions with the tasks in order, and the hosts. */
export const load = (store: Store, setup: Setup, randomness: Randomness): Promise<void> =>
	store.transaction(async (tx) => {
		const { project, requester, tasks, hosts, policy } = setup;
		await tx.savePolicy({ id: THE_POLICY, heeded: heededOf(policy) });
		const { projects, versions, versionOf } = versionsOf(setup);
		// The first has none of its own: an admin changes that of the store.
		for (const [place, { id, policy }] of projects.entries())
			await tx.saveProject({
				...newProject({ ...project, id }, tasks),
				...(place === 0 ? {} : { policy }),
			});
		const saved = versions.map(({ id, project }): VersionRecord => {
			const of = projects[project]?.id ?? '';
			return { id, project: of, requester, created_at_ms: 0 };
		});
		for (const version of saved) await tx.saveVersion(version);
		for (const host of hosts)
			if (!isLate(setup, host)) await tx.saveHost(newHost(host, randomness.secret()));
		const places = placesOf(setup);
		for (const [index, task] of tasks.entries()) {
			const version = saved[versionOf[index] ?? 0];
			if (version === undefined) throw new RangeError(`task "${task.id}" is of no version`);
			await tx.saveTask(newTask(task, version, randomness.secret(), places[index]));
		}
	});

/** A host that has done nothing yet. */
export const newHost = (id: string, secret: string): HostRecord => ({
	...{ id, secret },
	...{ running: null, disabled: false, gone: false },
});

/** A project none of whose quota is used, with what is reported of its definition and the tasks in use. */
export const newProject = (
	definition: Project,
	tasks: readonly Pick<TaskInstance, 'task' | 'group'>[],
): ProjectRecord => ({
	id: definition.id,
	definition,
	slots: [],
	policy: null,
	ignored_flags: ignoredFlags(definition, tasks),
});

/** A task of a version, before its first execution is dispatched. */
export const newTask = (
	{ id, task, variant, activated }: TaskInstance,
	version: VersionRecord,
	secret: string,
	place: Place | null = null,
): TaskRecord => ({
	...CLEAN,
	id,
	project: version.project,
	version: version.id,
	name: task,
	variant,
	requester: version.requester,
	place,
	activated: activated !== false,
	execution: 0,
	secret,
	started_by: { by: 'schedule' },
	automatic_restarts: 0,
	unit_restarts: 0,
});

/** The flags on function calls, which have no effect (C2): of the project's blocks, then of groups and tasks in use. */
export function ignoredFlags(
	{ pre, timeout, post, tasks, task_groups = [] }: Project,
	used: readonly Pick<TaskInstance, 'task' | 'group'>[],
): IgnoredFlag[] {
	const isUsed = new Set(used.map(({ task }) => task));
	const groups = new Set(used.map(({ group }) => group));
	const of = (
		place: Pick<IgnoredFlag, 'task' | 'group'>,
		block: Block,
		steps: readonly Step[] = [],
	): IgnoredFlag[] =>
		steps.flatMap((entry, step) =>
			isFunctionCall(entry) && entry.retry_on_failure === true
				? [{ ...place, block, step, func: entry.func }]
				: [],
		);
	return [
		...of({ task: null }, 'pre', pre),
		...of({ task: null }, 'timeout', timeout),
		...of({ task: null }, 'post', post),
		...task_groups
			.filter(({ name }) => groups.has(name))
			.flatMap((group) =>
				GROUP_BLOCKS.flatMap((block) => of({ task: null, group: group.name }, block, group[block])),
			),
		...tasks
			.filter(({ name }) => isUsed.has(name))
			.flatMap(({ name, commands }) => of({ task: name }, 'main', commands)),
	];
}
