import type { Held, Observation, TaskObservation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { runsNow } from './agents.ts';
import { indexOfTask } from './requests.ts';
import { isPending, structureOf, type Unit } from './units.ts';

/** What a dependent sees of a task that it waits for. */
export type Sight = 'success' | 'failed' | 'inactive' | 'blocked' | 'open';

/**
 * S16, from what is seen: a task in another unit whose restart is pending is open, whatever its status
 * is; of one that cannot be dispatched any more, why.
 */
export function sight(
	setup: Setup,
	seen: Observation,
	dependent: number,
	dependency: number,
): Sight {
	const { units, unitOf } = structureOf(setup);
	const task = seen.tasks[dependency];
	const unit = unitOf[dependency];
	if (task === undefined || unit === undefined) return 'open';
	if (unit !== unitOf[dependent] && isPending(seen, units[unit] ?? [])) return 'open';
	if (task.status === 'success' || task.status === 'failed') return task.status;
	if (task.status !== 'undispatched') return 'open';
	const held = heldAs(setup, seen, dependency);
	return held === 'inactive' || held === 'blocked' ? held : 'open';
}

/** Why an undispatched task has to be held back, from what is seen of the others. */
export function heldAs(setup: Setup, seen: Observation, place: number): Held | null {
	const task = seen.tasks[place];
	// That somebody took it off the schedule is seen, not worked out.
	if (task?.held === 'inactive' || setup.tasks[place]?.activated === false) return 'inactive';
	let waits = task?.awaits_restart === true;
	for (const { task: dependency, status } of structureOf(setup).dependencies[place] ?? []) {
		const seesOf = sight(setup, seen, place, dependency);
		if (seesOf === 'open') waits = true;
		// Whoever waits for any end has it where none can come for want of another one's, but not where nobody wants one.
		else if (status === '*' ? seesOf === 'inactive' : seesOf !== status) return 'blocked';
	}
	return waits ? 'waiting' : null;
}

/** Whether a member of a unit has yet to run before the unit can restart. */
export function isToRun(
	setup: Setup,
	seen: Observation,
	place: number,
	task: TaskObservation,
): boolean {
	if (task.status === 'dispatched' || task.status === 'started') return true;
	if (task.status !== 'undispatched' || task.awaits_restart === true) return false;
	const held = heldAs(setup, seen, place);
	return held === null || held === 'waiting';
}

/**
 * Something that restarts together runs, so that the restart has to wait; or a member has yet to run
 * and there is no agent alive that could.
 */
export function isAtWork(setup: Setup, seen: Observation, unit: Unit): boolean {
	const dead = seen.hosts.every(({ agent }) => agent === 'dead');
	return unit.some((place) => {
		const task = seen.tasks[place];
		if (task === undefined) return false;
		if (task.status === 'undispatched') return dead && isToRun(setup, seen, place, task);
		return runsNow(seen, task);
	});
}

/**
 * Whether a user may restart a unit: the named task, or some member of the named display task, has
 * ended, and no member is still to run.
 */
export function isRestartable(setup: Setup, seen: Observation, unit: Unit, named: string): boolean {
	const task = seen.tasks[indexOfTask(seen, named)];
	if (task?.status === 'undispatched') return false;
	let ended = false;
	for (const place of unit) {
		const member = seen.tasks[place];
		if (member === undefined) continue;
		if (isToRun(setup, seen, place, member)) return false;
		if (member.status !== 'undispatched') ended = true;
	}
	return ended;
}
