import type { TaskObservation } from '../vocabulary/observation.ts';
import { archived } from './executions.ts';
import type { Moment } from './guarantee.ts';
import { decisionOn } from './requests.ts';
import { isRestarted } from './units.ts';
import { isAbort, isAborting, isUsersRestart } from './users.ts';

/**
 * The members on the lists of all units (S3), as a judge counts them itself from grants, aborts and ends: places in
 * the setup, in order. Null: there is none. What a system shows as pending may be wrong.
 */
export type OnList = readonly number[] | null;

/** The execution whose mark was granted at this moment, archived by now or not; null: none. */
export function granted(moment: Moment, was: TaskObservation, is: TaskObservation): number | null {
	if (was.mark !== 'granted' && decisionOn(moment, was, is) === 'granted') return was.execution;
	return is.execution !== was.execution && is.mark === 'granted' ? is.execution : null;
}

/** Whether at this moment the mark of the execution that was live ceases to stand, without a restart for it. */
export function isGivenUp(moment: Moment, was: TaskObservation, is: TaskObservation): boolean {
	if (isRestarted(was, is)) {
		const entry = archived(is, was.execution);
		const wellOrAborted = entry?.details.status === 'success' || entry?.aborted === true;
		return wellOrAborted || isUsersRestart(moment, was);
	}
	return (
		(is.aborted && !was.aborted) ||
		(is.status === 'success' && was.status !== 'success') ||
		isAborting(moment, was)
	);
}

/** The list when everything of this moment but its restarts has happened: the very same value when nothing changed. */
export function standing(list: OnList, moment: Moment): OnList {
	const { before, event, after } = moment;
	// An abort takes a member off the list, also one that looks as before.
	const aborts = isAbort(event) && list !== null;
	if (before.tasks === after.tasks && !aborts) return list;
	let on = list;
	let place = -1;
	for (const is of after.tasks) {
		const was = before.tasks[++place];
		if (was === undefined || (was === is && !aborts)) continue;
		if (granted(moment, was, is) === was.execution) on = withPlace(on, place);
		if (on?.includes(place) === true && isGivenUp(moment, was, is)) on = withoutPlace(on, place);
	}
	return on;
}

/** The list after the restarts of this moment, too: what was restarted is on it no more. */
export function restartedFrom(list: OnList, { before, after }: Moment): OnList {
	if (list === null || before.tasks === after.tasks) return list;
	let on: OnList = list;
	for (const place of list)
		if (before.tasks[place]?.execution !== after.tasks[place]?.execution)
			on = withoutPlace(on, place);
	return on;
}

function withPlace(list: OnList, place: number): OnList {
	if (list?.includes(place) === true) return list;
	return [...(list ?? []), place].sort((one, other) => one - other);
}

function withoutPlace(list: OnList, place: number): OnList {
	const left = list?.filter((one) => one !== place) ?? [];
	return left.length === 0 ? null : left;
}
