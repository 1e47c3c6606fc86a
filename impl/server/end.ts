import type { Details } from '../../model/vocabulary/message.ts';
import type { TaskRecord, Transaction } from '../store/store.ts';
import { isPending, unitOf } from '../store/task-state.ts';
import { ForwardingEndDetail, fromEndDetail, remarksIn } from '../wire/end-detail.ts';
import { HEADER, LightResponse, type WireRequest } from '../wire/exchange.ts';
import type { Remarks } from '../wire/remarks.ts';
import { accessTask, header } from './auth.ts';
import { readBody } from './body.ts';
import type { Context } from './context.ts';
import { takeOffList } from './grant.ts';
import { lookBefore } from './looks.ts';
import { abortVersionFor, holdingVersion, holdUnended, VersionNeeded } from './merge-queue.ts';
import { accept, refuse } from './reply.ts';
import { restartIfPending } from './restart.ts';
import { liveExecution } from './task-lookup.ts';

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
	const { rules, policy } = context;
	// Read before the transaction, which must not wait for a slow sender; judged after the secrets.
	const detail = await readBody(ForwardingEndDetail, request);
	const looked = await lookBefore(context, 'end', (tx) => tx.task(taskId));
	const ended = await holdingVersion(context, null, async (tx, version) => {
		// The host is read first, as everywhere: see the order in `Transaction`.
		if (version !== null) await tx.host(header(request, HEADER.host));
		if (version !== null) await holdUnended(context, tx, version);
		const access = await accessTask(context, tx, request, 'end', taskId);
		if (access instanceof LightResponse) return access;
		if (access.archived || !rules.mayEnd(access.task, policy)) return accept('already_ended');
		if (access.task.host !== hostId)
			return refuse(409, 'refused_credentials', 'the host does not run this execution');
		if (detail instanceof LightResponse) return detail;
		const found = looked ?? access.task;
		const isAsked = detail.retryable === true && detail.status === 'failed';
		const task = isAsked
			? ((await context.variant.decideWithEnd?.(context, tx, found)) ?? found)
			: found;
		return endExecution(context, tx, {
			task,
			details: fromEndDetail(detail),
			remarks: remarksIn(detail),
			version,
		});
	});
	if (ended instanceof LightResponse) return ended;
	recordEnd(context, ended, 'agent');
	// A task alone has nothing to restart for but what its own record says.
	if (ended.place !== null || isPending(ended)) await restartIfPending(context, unitOf(ended));
	return accept('ok');
}

/** Records in the journal an end that is committed. */
export function recordEnd({ journal }: Context, ended: TaskRecord, by: 'agent' | 'monitor'): void {
	const { status, aborted } = ended;
	journal?.({ kind: 'ended', ...liveExecution(ended), status, aborted, by });
}

/** How an execution in progress ends. */
export interface Ending {
	readonly task: TaskRecord;
	readonly details: Details;
	readonly remarks: Remarks | null;
	/** The version whose tasks are held, as far as they have not ended; null if they are not. */
	readonly version: string | null;
}

/** Ends an execution in progress, once and for all (S18), and frees its host: the task as it is then. */
export async function endExecution(
	context: Context,
	tx: Transaction,
	{ task, details, remarks, version }: Ending,
): Promise<TaskRecord> {
	const ended = {
		...context.rules.end(task, details, context.clock.now_ms()),
		// An abort is the whole story of its end, whatever the agent says (lifecycle 5.3).
		remarks: task.aborted ? null : remarks,
	};
	const abortsOthers = context.rules.abortsOthers(ended);
	if (abortsOthers && version === null) throw new VersionNeeded(ended.version);
	const saved = context.rules.leavesList(ended) ? await takeOffList(context, tx, ended) : ended;
	await tx.saveTask(saved);
	const host = task.host === null ? undefined : await tx.host(task.host);
	if (host?.running?.task === task.id) await tx.saveHost({ ...host, running: null });
	if (abortsOthers) await abortVersionFor(context, tx, saved);
	return saved;
}
