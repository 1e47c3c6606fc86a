import type { Observation, TaskObservation } from '../vocabulary/observation.ts';
import { minutesOf } from '../vocabulary/setup.ts';
import { isInProgress } from './executions.ts';
import type { Moment } from './guarantee.ts';
import { requestHandled } from './requests.ts';

/** *G*. */
export const STALE_MINUTES = minutesOf('stale_s');

/**
 * By task in progress: minutes since its last accepted heartbeat or start, its dispatch if neither; *G* stands for all that
 * is more. Null: no task is silent at all.
 */
export type Silent = readonly number[] | null;

/** Whether a heartbeat of the host could reach the app server in the time that has just passed. */
const isReached = ({ event, after }: Moment, { host }: TaskObservation): boolean =>
	after.server === 'up' && !(event.kind === 'host-unreachable' && event.host === host);

/** Whether a live agent holds the execution. */
function isHeld({ hosts }: Observation, task: TaskObservation): boolean {
	const host = hosts.find(({ id }) => id === task.host);
	return (
		host?.agent === 'alive' &&
		host.execution?.task === task.id &&
		host.execution.execution === task.execution
	);
}

/** Whether the agent that holds the execution could send a heartbeat at the end of the time that has just passed. */
const isHeard = (moment: Moment, task: TaskObservation): boolean =>
	isReached(moment, task) && isHeld(moment.after, task);

/** Whether the agent let go of the execution while minutes passed, nobody knows when: it may have sent a heartbeat just before. */
const isLetGo = (moment: Moment, task: TaskObservation): boolean =>
	moment.event.kind === 'minutes-pass' &&
	isReached(moment, task) &&
	isHeld(moment.before, task) &&
	!isHeld(moment.after, task);

/** For how long a task has been silent when time has passed, and before the monitor has run. */
export function silentFor(silent: Silent, moment: Moment, place: number): number {
	const { before, after } = moment;
	const known = silent?.[place] ?? 0;
	const was = before.tasks[place];
	if (after.minute === before.minute || was === undefined) return known;
	if (isHeard(moment, was)) return 0;
	return Math.min(known + after.minute - before.minute, STALE_MINUTES);
}

const orNull = (silent: readonly number[]): Silent =>
	silent.some((minutes) => minutes > 0) ? silent : null;

const goesOn = (was: TaskObservation | undefined, is: TaskObservation): boolean =>
	was !== undefined && is.execution === was.execution && isInProgress(is);

/**
 * What is silent after this moment: the very same value when nothing changed. Nothing of an execution is held against the
 * next one. Where nobody knows when an agent let go: `at least` so long, or `at most`.
 */
export function silentAfter(silent: Silent, moment: Moment, bound: 'at least' | 'at most'): Silent {
	const { before, event, after } = moment;
	if (after.minute > before.minute)
		return orNull(
			after.tasks.map((is, place) =>
				goesOn(before.tasks[place], is) && !(bound === 'at least' && isLetGo(moment, is))
					? silentFor(silent, moment, place)
					: 0,
			),
		);
	if (silent === null) return null;
	const request = requestHandled(moment);
	const isHeardOf = (was: TaskObservation) =>
		(request?.route === 'start' || request?.route === 'heartbeat') &&
		(event.kind !== 'server-crashes' || event.commit === 'after') &&
		request.task === was.id &&
		request.execution === was.execution;
	const now = silent.map((known, place) => {
		const was = before.tasks[place];
		const is = after.tasks[place];
		if (known === 0 || was === undefined || is === undefined) return known;
		return goesOn(was, is) && !isHeardOf(was) ? known : 0;
	});
	return now.every((one, place) => one === silent[place]) ? silent : orNull(now);
}
