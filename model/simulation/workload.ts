import type { Composition } from '../system/composition.ts';
import { programOf, runsOf } from '../system/program.ts';
import type { MachineTables } from '../system/tables.ts';
import {
	type Block,
	GROUP_BLOCKS,
	type Project,
	type Step,
	type Task,
} from '../vocabulary/project.ts';
import { Policy, type Setup, type TaskInstance } from '../vocabulary/setup.ts';
import { liveThrough } from './life.ts';

/** A command that can fail its task. */
export interface Place {
	readonly block: Block;
	readonly index: number;
	readonly flagged: boolean;
}

/** Tasks that run alike: the same blocks with the same flags. */
export interface TaskKind {
	/** One of them, alone on one host, waiting for no other, with a quota without limit. */
	readonly setup: Setup;
	/** The same without any flag. */
	readonly unflagged: Setup;
	/** In the order in which they run. */
	readonly places: readonly Place[];
}

/** The tasks of a project, on their variants. */
export interface Workload {
	readonly kinds: readonly TaskKind[];
	/** By task: its kind. */
	readonly kindOf: Uint32Array;
	/** By task: its place among those that were given. */
	readonly placeOf: Uint32Array;
	/** Tasks that nobody scheduled, or without a command that can fail them: they are left out. */
	readonly leftOut: number;
}

const HOST = 'host';
const POLICY: Policy = { ...Policy.parse({}), daily_limit: 0 };
/** The blocks in which a command that fails by itself may fail a task. */
const BLOCKS = ['pre', 'setup_group', 'setup_task', 'main', 'post', 'teardown_task'] as const;

/** Sorts the tasks of a project by how they run, and asks the model which commands can fail them. */
export function workloadOf(
	project: Project,
	instances: readonly TaskInstance[],
	tables: MachineTables,
): Workload {
	const bare = withoutFlags(project);
	const tasks = new Map(project.tasks.map((task) => [task.name, task]));
	const kinds: TaskKind[] = [];
	const known = new Map<string, number>();
	const kindOf: number[] = [];
	const placeOf: number[] = [];
	for (const [place, instance] of instances.entries()) {
		const task = tasks.get(instance.task);
		if (task === undefined || instance.activated === false) continue;
		const setup = setupOf(project, task, instance);
		const key = shapeOf(setup, instance);
		let kind = known.get(key);
		if (kind === undefined) {
			kind = kinds.length;
			known.set(key, kind);
			const unflagged = setupOf(bare, unflagTask(task), instance);
			kinds.push({ setup, unflagged, places: placesOf(setup, tables) });
		}
		if ((kinds[kind]?.places.length ?? 0) === 0) continue;
		kindOf.push(kind);
		placeOf.push(place);
	}
	return {
		kinds,
		kindOf: Uint32Array.from(kindOf),
		placeOf: Uint32Array.from(placeOf),
		leftOut: instances.length - kindOf.length,
	};
}

const setupOf = (
	project: Project,
	task: Task,
	{ depends_on: _, ...instance }: TaskInstance,
): Setup => ({
	project: { ...project, tasks: [task] },
	tasks: [instance],
	hosts: [HOST],
	requester: 'gitter_request',
	policy: POLICY,
});

/** All that the machines read of a task, but for failure types, which decide nothing here. */
function shapeOf(setup: Setup, instance: TaskInstance): string {
	const program = programOf(setup, instance);
	const blocks = BLOCKS.map((block) =>
		program[block].map(({ flagged, background }) => Number(flagged) + 2 * Number(background)),
	);
	return JSON.stringify([blocks, runsOf(setup)]);
}

/**
 * The commands whose failure would fail the task (S4), as the machines have it: in a run without a
 * failure, whatever runs in the foreground while its block can fail, and whatever the block watches
 * beside it.
 */
function placesOf(setup: Setup, tables: MachineTables): Place[] {
	const places = new Map<string, Place>();
	const note = (system: Composition, block: Block, index: number): void => {
		const flagged = system.programOn(0)?.[block][index]?.flagged;
		if (flagged !== undefined) places.set(`${block} ${index}`, { block, index, flagged });
	};
	liveThrough(
		setup,
		tables,
		() => false,
		false,
		(system) => {
			const state = system.hosts[0];
			if (state === undefined || tables.command.value(state.command) !== 'running') return;
			const { block, index, canFail, background } = tables.block.context(state.block);
			for (const beside of background) if (beside.canFail) note(system, beside.block, beside.index);
			if (block !== null && canFail) note(system, block, index);
		},
	);
	return [...places.values()];
}

const unflag = <Entry extends Step>(entry: Entry): Entry => ({ ...entry, retry_on_failure: false });

const unflagTask = (task: Task): Task => ({ ...task, commands: task.commands.map(unflag) });

/** The project as it was before anybody heard of the flag; its tasks are left alone. */
const withoutFlags = ({
	pre,
	post,
	timeout,
	functions,
	task_groups,
	...rest
}: Project): Project => ({
	...rest,
	...(pre === undefined ? {} : { pre: pre.map(unflag) }),
	...(post === undefined ? {} : { post: post.map(unflag) }),
	...(timeout === undefined ? {} : { timeout: timeout.map(unflag) }),
	...(task_groups === undefined
		? {}
		: {
				task_groups: task_groups.map((group) => ({
					...group,
					...Object.fromEntries(
						GROUP_BLOCKS.flatMap((block) => {
							const steps = group[block];
							return steps === undefined ? [] : [[block, steps.map(unflag)]];
						}),
					),
				})),
			}),
	...(functions === undefined
		? {}
		: {
				functions: Object.fromEntries(
					Object.entries(functions).map(([name, commands]) => [name, commands.map(unflag)]),
				),
			}),
});
