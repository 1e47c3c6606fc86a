import type { Observation, TaskObservation } from '../vocabulary/observation.ts';
import type { PolicyInForce, Setup } from '../vocabulary/setup.ts';
import {
	dependenciesOf,
	groupInstances,
	type Unit,
	unitsOf,
	type Wait,
} from '../vocabulary/structure.ts';
import { placeOf, policySeen, versionsOf } from '../vocabulary/versions.ts';
import { archived, isInProgress } from './executions.ts';
import type { Moment } from './guarantee.ts';
import { decisionOn, indexOfTask } from './requests.ts';

export type { Unit };

/** What restarts as one, and who waits for whom, as a judge reads it from the setup. */
export interface Structure {
	readonly units: readonly Unit[];
	/** By task: the place of its unit. */
	readonly unitOf: readonly number[];
	/** By unit: the place of its project. */
	readonly projectOf: readonly number[];
	/** By unit: the place of its version. */
	readonly versionOf: readonly number[];
	/** By task: what it waits for. */
	readonly dependencies: readonly (readonly Wait[])[];
	/** By unit: failed members may be restarted alone. */
	readonly divisible: readonly boolean[];
	/** By unit: it has several members, or is shown as a display task of one. */
	readonly joined: readonly boolean[];
}

const structures = new WeakMap<Setup, Structure>();

/** Worked out once a setup. */
export function structureOf(setup: Setup): Structure {
	const known = structures.get(setup);
	if (known !== undefined) return known;
	const units = unitsOf(setup);
	const unitOf = setup.tasks.map((_, task) => units.findIndex((unit) => unit.includes(task)));
	const grouped = new Set(
		groupInstances(setup).flatMap(({ hosts, tasks }) => (hosts === 1 ? tasks : [])),
	);
	const displayed = new Set((setup.display_tasks ?? []).flatMap((task) => task.execution_tasks));
	const divisible = units.map(
		(unit) =>
			unit.some((task) => displayed.has(setup.tasks[task]?.id ?? '')) &&
			!unit.some((task) => grouped.has(task)),
	);
	const { projectOf, versionOf } = versionsOf(setup);
	const structure: Structure = {
		units,
		unitOf,
		projectOf: units.map(([first = 0]) => projectOf[first] ?? 0),
		versionOf: units.map(([first = 0]) => versionOf[first] ?? 0),
		dependencies: dependenciesOf(setup),
		divisible,
		joined: units.map((unit, index) => unit.length > 1 || divisible[index] === true),
	};
	structures.set(setup, structure);
	return structure;
}

const NONE: Unit = [];

/** The members of the unit of a task; the task alone where it is plain. */
export function unitOfTask(setup: Setup, task: number): Unit {
	const { units, unitOf } = structureOf(setup);
	return units[unitOf[task] ?? -1] ?? NONE;
}

/** The members of other units that those of a unit wait for, and so on. */
export function upstreamOf(setup: Setup, unit: Unit): Unit {
	const { dependencies } = structureOf(setup);
	const reached = new Set(unit);
	for (const task of reached)
		for (const { task: awaited } of dependencies[task] ?? [])
			for (const member of unitOfTask(setup, awaited)) reached.add(member);
	return [...reached].filter((task) => !unit.includes(task));
}

/** The members of the unit that a user names by the id of a task or a display task. */
export function unitNamed(setup: Setup, seen: Observation, id: string): Unit {
	const task = indexOfTask(seen, id);
	if (task >= 0) return unitOfTask(setup, task);
	const display = setup.display_tasks?.find((candidate) => candidate.id === id);
	const member = display?.execution_tasks[0];
	return member === undefined ? NONE : unitOfTask(setup, indexOfTask(seen, member));
}

/** The display task of this id has this execution task. */
export const shows = (setup: Setup, display: string, task: string): boolean =>
	setup.display_tasks?.some(
		({ id, execution_tasks }) => id === display && execution_tasks.includes(task),
	) === true;

/** The place of the project of a unit. */
export const projectOfUnit = (setup: Setup, unit: Unit): number =>
	versionsOf(setup).projectOf[unit[0] ?? -1] ?? 0;

/** What is heeded of the policy of the project of a unit. */
export const policyOfUnit = (setup: Setup, seen: Observation, unit: Unit): PolicyInForce =>
	policySeen(seen, projectOfUnit(setup, unit));

/** Whether a task is of the version that is named, or of the first where none is. */
export const isOfVersion = (setup: Setup, named: string | undefined, task: number): boolean => {
	const { versions, versionOf } = versionsOf(setup);
	return versionOf[task] === placeOf(versions, named);
};

/** Whether what a user asks of a version comes to a task at this moment. */
export const isReached = (
	{ setup, part }: Moment,
	named: string | undefined,
	task: number,
): boolean => isOfVersion(setup, named, task) && part?.includes(task) !== false;

/** Members of a unit as they are seen. */
export function* membersOf(seen: Observation, unit: Unit): Generator<TaskObservation> {
	for (const place of unit) {
		const task = seen.tasks[place];
		if (task !== undefined) yield task;
	}
}

/** A restart of the unit is pending, by a mark, as a repair, or as a user asked. */
export function isPending(seen: Observation, unit: Unit): boolean {
	for (const place of unit) {
		const task = seen.tasks[place];
		if (task === undefined) continue;
		if (task.restart_pending || task.repair_pending || task.restart_asked !== undefined)
			return true;
	}
	return false;
}

/** A granted mark of some member stands. */
export function hasList(seen: Observation, unit: Unit): boolean {
	for (const place of unit) if (seen.tasks[place]?.restart_pending === true) return true;
	return false;
}

/** Whether the execution that was live is over and a new one began at this moment. */
export const isRestarted = (was: TaskObservation, is: TaskObservation): boolean =>
	is.execution !== was.execution;

/** How the execution that was live before this moment has ended; null: it has not. */
export function statusAtEnd(
	was: TaskObservation,
	is: TaskObservation,
): 'success' | 'failed' | null {
	if (isRestarted(was, is))
		return (archived(is, was.execution)?.details ?? was.details)?.status ?? null;
	return is.status === 'success' || is.status === 'failed' ? is.status : null;
}

/**
 * The members of a unit whose mark is a reason to restart it now: granted, not aborted, and ended in
 * failure by the end of this moment.
 */
export function causesAt(moment: Moment, unit: Unit): number[] {
	const { before, after } = moment;
	return unit.filter((place) => {
		const was = before.tasks[place];
		const is = after.tasks[place];
		if (was === undefined || is === undefined) return false;
		const entry = isRestarted(was, is) ? archived(is, was.execution) : null;
		const aborted = was.aborted || entry?.aborted === true || (entry === null && is.aborted);
		return (
			!aborted &&
			statusAtEnd(was, is) === 'failed' &&
			decisionOn(moment, was, is) === 'granted' &&
			(was.restart_pending || isInProgress(was))
		);
	});
}

/** Automatic restarts of a unit by marks, as its history tells: each counts once, however many members it restarted. */
export function automaticRestarts(seen: Observation, unit: Unit): number {
	const marks = new Set<string>();
	for (const task of membersOf(seen, unit))
		for (const { started_by } of [task, ...task.history])
			if (started_by.by === 'mark') marks.add(`${started_by.execution} ${started_by.task}`);
	return marks.size;
}

/** Whether a unit may restart without a mark: the policy has it so, or had when something of it was lost. */
export const mayBeRepaired = (setup: Setup, before: Observation, unit: Unit): boolean =>
	policyOfUnit(setup, before, unit).restart_system_failed ||
	unit.some((place) => before.tasks[place]?.repair_pending === true);
