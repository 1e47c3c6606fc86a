import type { Event } from '../vocabulary/events/event.ts';
import type { Observation, TaskObservation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { isInProgress } from './executions.ts';
import type { Moment } from './guarantee.ts';
import { indexOfTask } from './requests.ts';
import {
	isReached,
	membersOf,
	shows,
	structureOf,
	type Unit,
	unitNamed,
	unitOfTask,
} from './units.ts';

/** What users do, as a judge reads it from an event and from what was seen before it. */

/** The live execution of a task or display task of this id; -1: there is none. */
export const executionNamed = (seen: Observation, id: string): number =>
	(seen.tasks.find((task) => task.id === id) ?? seen.display_tasks.find((task) => task.id === id))
		?.execution ?? -1;

/** What a user asks of a unit: that it be restarted when it is finished (C5). */
export interface Asking {
	/** Its failed members only. */
	readonly failedOnly: boolean;
	readonly abort: boolean;
}

/** A user asks for restarts when finished, of whatever. */
export const asks = ({ kind }: Event): boolean =>
	kind === 'user-restarts-when-finished' || kind === 'user-restarts-version';

/** What is asked of a unit at this moment; null: nothing, or nothing that counts: an older execution, or what has to be refused. */
export function askingOf(moment: Moment, unit: Unit): Asking | null {
	const { setup, before, event } = moment;
	if (event.kind !== 'user-restarts-when-finished' && event.kind !== 'user-restarts-version')
		return null;
	if (setup.requester === 'github_merge_request') return null;
	if (event.kind === 'user-restarts-when-finished') {
		if (unitNamed(setup, before, event.task) !== unit) return null;
		if (event.execution < executionNamed(before, event.task)) return null;
	}
	if (event.kind === 'user-restarts-version' && !isReached(moment, event.version, unit[0] ?? -1))
		return null;
	if (!hasRun(before, unit)) return null;
	return askedOf(setup, unit, event);
}

/** What a request that counts asks of a unit: of failed members alone only where those can be restarted alone. */
export function askedOf(
	setup: Setup,
	unit: Unit,
	{
		failed_only,
		abort,
	}: { readonly failed_only?: boolean | undefined; readonly abort?: boolean | undefined },
): Asking {
	const { divisible, unitOf } = structureOf(setup);
	const inPart = divisible[unitOf[unit[0] ?? -1] ?? -1] === true;
	return { failedOnly: inPart && failed_only === true, abort: abort === true };
}

/** Something of the unit ran in a live execution, or does. */
export function hasRun(seen: Observation, unit: Unit): boolean {
	for (const { status } of membersOf(seen, unit)) if (status !== 'undispatched') return true;
	return false;
}

/** A user asked that the unit, or some of several, be restarted when it is finished. */
export function isAsked(seen: Observation, unit: Unit): boolean {
	for (const { restart_asked } of membersOf(seen, unit))
		if (restart_asked !== undefined) return true;
	return false;
}

/** A user may abort something at this moment. */
export const isAbort = (event: Event): boolean =>
	event.kind === 'user-aborts' ||
	event.kind === 'user-aborts-version' ||
	(asks(event) && 'abort' in event);

/**
 * A user aborts the task, which is in progress, or its display task or version: its mark stands no more, whether it has
 * ended or not (S21); so does that of a task that has ended, is all of its unit and is to be restarted for a user. With a restart that is asked, what is in progress is aborted, and that only (C5).
 */
export function isAborting(moment: Moment, task: TaskObservation): boolean {
	const { setup, before, event } = moment;
	switch (event.kind) {
		case 'user-aborts':
			return event.task === task.id
				? isInProgress(task) || takesBack(moment, unitOfTask(setup, indexOfTask(before, task.id)))
				: shows(setup, event.task, task.id);
		case 'user-aborts-version':
			return isReached(moment, event.version, indexOfTask(before, task.id));
		default:
			if (!isAbort(event) || !isInProgress(task)) return false;
			return askingOf(moment, unitOfTask(setup, indexOfTask(before, task.id)))?.abort === true;
	}
}

/** A user aborts the whole unit of which a restart is asked, whether anything of it is in progress or not. */
const takesBack = (moment: Moment, unit: Unit): boolean =>
	isAsked(moment.before, unit) && isCancelled(moment, unit);

/** A user aborts the whole unit, and so takes back that it be restarted when it is finished (C5). */
export function isCancelled(moment: Moment, unit: Unit): boolean {
	const { setup, before, event } = moment;
	if (event.kind === 'user-aborts-version') return isReached(moment, event.version, unit[0] ?? -1);
	if (event.kind !== 'user-aborts') return false;
	for (const { id } of membersOf(before, unit))
		if (id !== event.task && !shows(setup, event.task, id)) return false;
	return true;
}

/** Whether a restart of a task at this moment is the user's; every other one is automatic. */
export function isUsersRestart(moment: Moment, task: TaskObservation): boolean {
	const { setup, before, event } = moment;
	if (task.restart_asked !== undefined) return true;
	if (asks(event))
		return askingOf(moment, unitOfTask(setup, indexOfTask(before, task.id))) !== null;
	if (event.kind !== 'user-restarts') return false;
	if (event.task === task.id) return true;
	return unitNamed(setup, before, event.task).includes(indexOfTask(before, task.id));
}

/** Whether a user's restart of a unit at this moment is one of its failed members only. */
export function isUsersInPart(moment: Moment, unit: Unit): boolean {
	const { before, event } = moment;
	const asked = before.tasks[unit[0] ?? -1]?.restart_asked;
	const asking = askingOf(moment, unit);
	if (asking !== null) return asking.failedOnly && asked !== 'whole';
	if (event.kind === 'user-restarts') return event.failed_only === true;
	return asked === 'failed';
}

/** A task but for what a user asked of its unit, which a restart or an abort answers (C5). */
export function unasked({ restart_asked: _, awaits_restart: __, ...task }: TaskObservation) {
	return task;
}
