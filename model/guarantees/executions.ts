import type { Details } from '../vocabulary/message.ts';
import type { ArchivedExecution, TaskObservation } from '../vocabulary/observation.ts';

export const isInProgress = (task: TaskObservation): boolean =>
	task.status === 'dispatched' || task.status === 'started';

export const isFinished = (task: TaskObservation): boolean =>
	task.status === 'success' || task.status === 'failed';

export const archived = (task: TaskObservation, execution: number): ArchivedExecution | null =>
	task.history.find((entry) => entry.execution === execution) ?? null;

/** The details with which the live execution ends at this moment, archived at once or not; else null. */
export function endingOf(was: TaskObservation, is: TaskObservation): Details | null {
	if (!isInProgress(was)) return null;
	if (is.execution === was.execution) return isFinished(is) ? is.details : null;
	return archived(is, was.execution)?.details ?? null;
}
