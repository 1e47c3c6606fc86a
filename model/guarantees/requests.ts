import type { Credentials } from '../vocabulary/credentials.ts';
import { find, type Message } from '../vocabulary/message.ts';
import type { MarkDecision, Observation, TaskObservation } from '../vocabulary/observation.ts';
import { entranceOf } from '../vocabulary/setup.ts';
import { archived, isInProgress } from './executions.ts';
import type { Moment } from './guarantee.ts';

export function indexOfTask(seen: Observation, id: string | null): number {
	for (let index = 0; index < seen.tasks.length; index++)
		if (seen.tasks[index]?.id === id) return index;
	return -1;
}

/** Whether a host was taken away for good. */
export const isGone = ({ hosts }: Observation, host: string | null): boolean =>
	hosts.some(({ id, away }) => away === 'gone' && id === host);

/** Whether a request shows nothing of its host, so that it does not matter whether that is gone. */
const showsNoHost = ({ setup }: Moment, { route }: Message): boolean =>
	route === 'mark' && entranceOf(setup).proof === 'service-key';

/**
 * The request of an agent that the server handles at this moment, in a crash or not; else null. What comes from a host
 * that is gone is none: it is refused (S8), and can be the reason for nothing.
 */
export function requestHandled(moment: Moment): Message | null {
	const request = requestArriving(moment);
	if (request === null || showsNoHost(moment, request)) return request;
	return isGone(moment.before, request.host) ? null : request;
}

/** The same, whether its host is there or gone. */
export function requestArriving({ before, event }: Moment): Message | null {
	if (event.kind !== 'message-delivered' && event.kind !== 'server-crashes') return null;
	if (event.message === undefined || event.message.leg !== 'request') return null;
	return before.messages[find(event.message, before.messages)] ?? null;
}

/**
 * The task that a failed end asks to have restarted, as it was before: its live execution is in
 * progress. Null when the end that arrives, if any, carries no such request.
 */
export function forwardedMark(moment: Moment): TaskObservation | null {
	const request = requestHandled(moment);
	if (request?.details?.retryable !== true || request.details.status !== 'failed') return null;
	const task = moment.before.tasks[indexOfTask(moment.before, request.task)];
	if (task === undefined || task.execution !== request.execution) return null;
	return isInProgress(task) && task.mark === 'none' ? task : null;
}

/** What was decided on the mark of the execution that was live before; an end that asks may be archived at once. */
export function decisionOn(
	moment: Moment,
	was: TaskObservation,
	is: TaskObservation,
): MarkDecision {
	if (is.execution === was.execution) return is.mark;
	if (forwardedMark(moment)?.id !== was.id) return was.mark;
	return archived(is, was.execution)?.mark ?? was.mark;
}

/** Credentials that a forger can show and that the server takes. */
const passes = (credentials: Credentials): boolean =>
	credentials === 'right' || credentials === 'service-key';

/**
 * The task whose first mark arrives at this moment, as it was before: its live execution is in
 * progress and no decision was made yet. Null when there is none.
 */
export function firstMark(moment: Moment): TaskObservation | null {
	const { before, event } = moment;
	if (event.kind === 'request-forged') {
		if (!passes(event.credentials) || event.route !== 'mark') return null;
		if (event.credentials === 'right' && isGone(before, event.host)) return null;
		const task = before.tasks[indexOfTask(before, event.task)];
		return task !== undefined && isInProgress(task) && task.mark === 'none' ? task : null;
	}
	const request = requestHandled(moment);
	if (request === null || request.route !== 'mark') return null;
	const task = before.tasks[indexOfTask(before, request.task)];
	if (task === undefined || task.execution !== request.execution) return null;
	return isInProgress(task) && task.mark === 'none' ? task : null;
}
