import type { Credentials } from '../vocabulary/credentials.ts';
import { find, type Message } from '../vocabulary/message.ts';
import type { MarkDecision, Observation, TaskObservation } from '../vocabulary/observation.ts';
import { archived, isInProgress } from './executions.ts';
import type { Moment } from './guarantee.ts';

export function indexOfTask(seen: Observation, id: string | null): number {
	for (let index = 0; index < seen.tasks.length; index++)
		if (seen.tasks[index]?.id === id) return index;
	return -1;
}

/** The request of an agent that the server handles at this moment, in a crash or not; else null. */
export function requestHandled({ before, event }: Moment): Message | null {
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
		const task = before.tasks[indexOfTask(before, event.task)];
		return task !== undefined && isInProgress(task) && task.mark === 'none' ? task : null;
	}
	const request = requestHandled(moment);
	if (request === null || request.route !== 'mark') return null;
	const task = before.tasks[indexOfTask(before, request.task)];
	if (task === undefined || task.execution !== request.execution) return null;
	return isInProgress(task) && task.mark === 'none' ? task : null;
}
