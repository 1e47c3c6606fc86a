import type { Details } from '../../model/vocabulary/message.ts';
import type { TaskRecord, Transaction } from '../store/store.ts';
import { ForwardingEndDetail, fromEndDetail, remarksIn } from '../wire/end-detail.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import type { Remarks } from '../wire/remarks.ts';
import { accessTask } from './auth.ts';
import { readBody } from './body.ts';
import type { Context } from './context.ts';
import { takeBackGrant } from './grant.ts';
import { isInProgress, liveExecution } from './records.ts';
import { accept, refuse } from './reply.ts';
import { restartIfPending } from './restart.ts';

/**
 * `POST hosts/{host}/task/{id}/end`: the execution ended (lifecycle 6.3, call 14). The restart that a
 * mark promised is a transaction of its own; when the server crashes between both, the monitor keeps
 * the promise (L1).
 */
export async function end(
	context: Context,
	request: WireRequest,
	hostId: string,
	taskId: string,
): Promise<LightResponse> {
	// Read before the transaction, which must not wait for a slow sender; judged after the secrets.
	const detail = await readBody(ForwardingEndDetail, request);
	const ended = await context.store.transaction(async (tx) => {
		const access = await accessTask(context, tx, request, 'end', taskId);
		if (access instanceof LightResponse) return access;
		if (access.archived || !isInProgress(access.task)) return accept('already_ended');
		if (access.task.host !== hostId)
			return refuse(409, 'refused_credentials', 'the host does not run this execution');
		if (detail instanceof LightResponse) return detail;
		const isAsked = detail.retryable === true && detail.status === 'failed';
		const task = isAsked
			? ((await context.way.decideWithEnd?.(context, tx, access.task)) ?? access.task)
			: access.task;
		return endExecution(context, tx, task, fromEndDetail(detail), remarksIn(detail));
	});
	if (ended instanceof LightResponse) return ended;
	tellEnd(context, ended, 'agent');
	await restartIfPending(context, taskId);
	return accept('ok');
}

/** Tells the journal of an end that is committed. */
export function tellEnd({ journal }: Context, ended: TaskRecord, by: 'agent' | 'monitor'): void {
	const { status, aborted } = ended;
	journal?.({ kind: 'ended', ...liveExecution(ended), status, aborted, by });
}

/** Ends an execution in progress, once and for all (S18), and frees its host: the task as it is then. */
export async function endExecution(
	context: Context,
	tx: Transaction,
	task: TaskRecord,
	details: Details,
	remarks: Remarks | null,
): Promise<TaskRecord> {
	const ended = {
		...context.rules.end(task, details, context.clock.now_ms()),
		// An abort is the whole story of its end, whatever the agent says (lifecycle 5.3).
		remarks: task.aborted ? null : remarks,
	};
	const saved =
		ended.status === 'success' && ended.restart_pending ? await takeBackGrant(tx, ended) : ended;
	await tx.saveTask(saved);
	const host = task.host === null ? undefined : await tx.host(task.host);
	if (host?.running?.task === task.id) await tx.saveHost({ ...host, running: null });
	return saved;
}
