import type { TaskObservation } from '../vocabulary/observation.ts';
import { isInProgress } from './executions.ts';
import type { Moment } from './guarantee.ts';
import { requestHandled } from './requests.ts';

/**
 * By task: it is in progress, and its last accepted heartbeat or start, its dispatch if neither, is an hour old or more,
 * which is longer than *G*. Null: none is.
 */
export type Silent = readonly boolean[] | null;

/** Whether the agent that holds the execution could send a heartbeat at the end of the hours that have just passed. */
function isHeard({ event, after }: Moment, task: TaskObservation): boolean {
	if (after.server === 'down') return false;
	if (event.kind === 'host-unreachable' && event.host === task.host) return false;
	const host = after.hosts.find(({ id }) => id === task.host);
	return (
		host?.agent === 'alive' &&
		host.execution?.task === task.id &&
		host.execution.execution === task.execution
	);
}

/** What is silent after this moment: the very same value when nothing changed. Nothing of an execution is held against the next one. */
export function silentAfter(silent: Silent, moment: Moment): Silent {
	const { before, event, after } = moment;
	if (after.hour > before.hour) {
		const now = after.tasks.map((task) => isInProgress(task) && !isHeard(moment, task));
		return now.includes(true) ? now : null;
	}
	if (silent === null) return null;
	const request = requestHandled(moment);
	const isHeardOf = (was: TaskObservation) =>
		(request?.route === 'start' || request?.route === 'heartbeat') &&
		(event.kind !== 'server-crashes' || event.commit === 'after') &&
		request.task === was.id &&
		request.execution === was.execution;
	const keeps = (known: boolean, place: number): boolean => {
		const was = before.tasks[place];
		const is = after.tasks[place];
		if (!known || was === undefined || is === undefined) return known;
		return is.execution === was.execution && isInProgress(is) && !isHeardOf(was);
	};
	const now = silent.map(keeps);
	if (now.every((one, place) => one === silent[place])) return silent;
	return now.includes(true) ? now : null;
}
