import { z } from 'zod';
import type { ExecutionRef, StartedBy } from '../../model/vocabulary/observation.ts';
import type { TaskRecord, Transaction } from '../store/store.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import { readBody } from './body.ts';
import type { Context } from './context.ts';
import { takeBackGrant } from './grant.ts';
import { hasEnded, liveExecution } from './records.ts';
import { accept, refuse } from './reply.ts';

/** The body of a user's restart: it names the execution that the user saw (S17). */
export const RestartRequest = z.object({ execution: z.int().min(0) });

/** `POST tasks/{id}/restart`: a user restarts an ended task (S13, S17). */
export async function restartForUser(
	context: Context,
	request: WireRequest,
	taskId: string,
): Promise<LightResponse> {
	if (!context.admitsUser(request)) return refuse(401, 'refused_credentials', 'unknown user');
	const named = await readBody(RestartRequest, request);
	if (named instanceof LightResponse) return named;
	return restartExecution(context, { task: taskId, execution: named.execution });
}

/** The same for somebody who may. */
export async function restartExecution(
	context: Context,
	named: ExecutionRef,
): Promise<LightResponse> {
	const begun = await context.store.transaction(async (tx) => {
		const task = await tx.task(named.task);
		if (task === undefined) return refuse(404, null, 'no such task');
		if (named.execution < task.execution) return accept('older');
		if (context.rules.isMergeQueue(task))
			return refuse(400, 'refused_merge_queue', 'a merge-queue task is not restarted');
		if (!hasEnded(task) || named.execution > task.execution)
			return refuse(400, 'refused_not_finished', 'the execution has not ended');
		const overtaken = task.restart_pending ? await takeBackGrant(tx, task) : task;
		return restart(context, tx, overtaken, { by: 'user' });
	});
	if (begun instanceof LightResponse) return begun;
	context.journal?.({ kind: 'restarted', ...liveExecution(begun), by: 'user' });
	return accept('ok');
}

/** Keeps the promise of a granted mark, unless somebody else has restarted the task meanwhile (S17). */
export async function restartIfPending(context: Context, taskId: string): Promise<void> {
	const begun = await context.store.transaction(async (tx) => {
		const task = await tx.task(taskId);
		if (task === undefined || !task.restart_pending || !hasEnded(task)) return null;
		return restart(context, tx, task, { by: 'mark', ...liveExecution(task) });
	});
	if (begun !== null) context.journal?.({ kind: 'restarted', ...liveExecution(begun), by: 'mark' });
}

/** Archives the ended execution (S11) and begins the next one, clean (S12). */
async function restart(
	context: Context,
	tx: Transaction,
	ended: TaskRecord,
	startedBy: StartedBy,
): Promise<TaskRecord> {
	const { details, ended_at_ms } = ended;
	if (details === null || ended_at_ms === null)
		throw new Error(`task "${ended.id}" has ended without details or time`);
	await tx.archive({
		task: ended.id,
		execution: ended.execution,
		secret: ended.secret,
		started_by: ended.started_by,
		host: ended.host,
		aborted: ended.aborted,
		mark: ended.mark,
		dispatched_at_ms: ended.dispatched_at_ms,
		ended_at_ms,
		details,
		remarks: ended.remarks,
	});
	const begun = context.rules.reset(ended, startedBy, context.randomness.secret());
	await tx.saveTask(begun);
	return begun;
}
