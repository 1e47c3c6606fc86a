import type { ArchivedRecord, TaskRecord } from '../store/store.ts';
import { LightResponse } from '../wire/exchange.ts';
import type { Context } from './context.ts';
import { refuse } from './reply.ts';

/** What a user may see of a task and its live execution: everything but the secret. */
export function reportTask(task: TaskRecord) {
	const { secret: _, ...report } = task;
	return report;
}

/** What a user may see of an execution that was archived. */
export function reportExecution(archived: ArchivedRecord) {
	const { secret: _, task: __, ...report } = archived;
	return report;
}

/** `GET tasks/{id}`: a task with the executions that were archived, oldest first (S11, S19). */
export const getTask = (context: Context, taskId: string): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		const task = await tx.task(taskId);
		if (task === undefined) return refuse(404, null, 'no such task');
		const history = await tx.history(taskId);
		return new LightResponse(200, { ...reportTask(task), history: history.map(reportExecution) });
	});
