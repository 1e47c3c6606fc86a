import type { HostRecord, TaskRecord, Transaction } from '../store/store.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import { accessHost } from './auth.ts';
import type { Context } from './context.ts';
import { lookBefore } from './looks.ts';
import { accept } from './reply.ts';
import { buildOf, groupOf } from './task-group.ts';
import { liveExecution } from './task-lookup.ts';
import { readFirst } from './unit.ts';

async function hand(tx: Transaction, task: TaskRecord): Promise<LightResponse> {
	const { id, secret, execution, version } = task;
	const given = { task_id: id, task_secret: secret, task_execution: execution };
	const task_group = groupOf(task);
	if (task_group === null) return accept('task', given);
	const { unit_restarts: task_group_restarts } = await readFirst(tx, task);
	return accept('task', {
		...given,
		task_group,
		version,
		build: buildOf(task),
		task_group_restarts,
	});
}

/** `GET hosts/{host}/agent/next_task`: what the host is to run now (lifecycle 6.3, call 2). */
export async function nextTask(
	context: Context,
	request: WireRequest,
	hostId: string,
): Promise<LightResponse> {
	const first = (tx: Transaction, host: string) =>
		context.rules.firstReady(tx, host, context.clock.now_ms());
	const looked = await lookBefore(context, 'next', (tx) => first(tx, hostId));
	return context.store.transaction(async (tx) => {
		const host = await accessHost(context, tx, request, hostId);
		if (host instanceof LightResponse) return host;
		if (host.running !== null && context.rules.isBusy(host)) {
			const task = await tx.task(host.running.task);
			// The host may not have heard of it; an execution that started is never handed out twice.
			return task?.status === 'dispatched' ? hand(tx, task) : accept('nothing');
		}
		if (host.disabled) return accept('nothing', { should_exit: true });
		const now_ms = context.clock.now_ms();
		const task = looked ?? (await first(tx, host.id));
		if (task === undefined) return accept('nothing');
		return hand(tx, await dispatch(tx, task, host, now_ms));
	});
}

async function dispatch(
	tx: Transaction,
	task: TaskRecord,
	host: HostRecord,
	now_ms: number,
): Promise<TaskRecord> {
	const dispatched: TaskRecord = {
		...task,
		status: 'dispatched',
		host: host.id,
		dispatched_at_ms: now_ms,
		last_heartbeat_ms: now_ms,
	};
	await tx.saveTask(dispatched);
	await tx.saveHost({ ...host, running: liveExecution(task) });
	return dispatched;
}
