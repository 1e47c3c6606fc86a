import type { TaskRecord, Transaction } from '../store/store.ts';
import { isInProgress, unitOf } from '../store/task-state.ts';
import type { LightResponse } from '../wire/exchange.ts';
import type { Context } from './context.ts';
import { takeOffList } from './grant.ts';
import { lookBefore } from './looks.ts';
import { accept, refuse } from './reply.ts';
import { forgetRequest } from './request.ts';
import { holdTasks } from './unit.ts';

/**
 * `POST tasks/{id}/abort`: a user aborts the execution in progress; a granted mark is withdrawn (S3). The
 * id may be of a display task: all of it that is in progress is aborted, and what has ended leaves the list,
 * in one transaction (S21). So a restart that waits can be stopped, even when nothing is in progress.
 */
export async function abortTask(context: Context, id: string): Promise<LightResponse> {
	const looked = await lookBefore(context, 'abort', (tx) => holdNamed(tx, id));
	return context.store.transaction(async (tx) => {
		const task = await tx.task(id);
		const members = looked ?? (await holdNamed(tx, id));
		if (members.length === 0) return refuse(404, null, 'no such task');
		return abortThese(context, tx, members, task === undefined);
	});
}

/** A task, or the execution tasks of a display task. */
async function holdNamed(tx: Transaction, id: string): Promise<TaskRecord[]> {
	const task = await tx.task(id);
	return task === undefined
		? holdTasks(
				tx,
				(await tx.executionTasks(id)).map((member) => member.id),
			)
		: [task];
}

/** Aborts a unit as a whole, in one transaction. `looked`: its members as they were looked at before. */
export const abortUnit = (
	context: Context,
	unit: readonly string[],
	looked?: readonly TaskRecord[],
): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		const members = await holdTasks(tx, unit);
		return abortThese(context, tx, looked ?? members, true);
	});

/** `together`: they are aborted as one, and those that have ended leave the list too; so they do where a request for all of them is taken back. */
async function abortThese(
	context: Context,
	tx: Transaction,
	members: readonly TaskRecord[],
	together: boolean,
): Promise<LightResponse> {
	const { rules } = context;
	const ids = members.map(({ id }) => id);
	const running = members.filter(isInProgress);
	const [first] = members;
	const isCancelled =
		members.some((member) => member.restart_asked !== null) &&
		first !== undefined &&
		rules.cancels(ids, unitOf(first));
	const calledOff = together || isCancelled ? rules.calledOff(members) : [];
	if (running.length === 0 && calledOff.length === 0 && !isCancelled)
		return refuse(400, 'refused_not_running', 'the execution is not in progress');
	await abortAll(context, tx, rules.reached(running));
	await callOff(context, tx, calledOff);
	if (isCancelled) await forgetRequest(tx, await holdTasks(tx, ids));
	return accept('ok');
}

/** The marks of execution tasks that have ended stand no more when their display task is aborted (S3). */
async function callOff(
	context: Context,
	tx: Transaction,
	listed: readonly TaskRecord[],
): Promise<void> {
	for (const { id } of listed) {
		// Read again: what another one gave back may stand in the record of this one.
		const task = await tx.task(id);
		if (task !== undefined) await tx.saveTask(await takeOffList(context, tx, task));
	}
}

/** Aborts those of the tasks, in progress and held, that are not aborted yet. */
export async function abortAll(
	context: Context,
	tx: Transaction,
	running: readonly TaskRecord[],
): Promise<void> {
	for (const { id } of running) {
		// Read again: what another one gave back may stand in the record of this one.
		const task = await tx.task(id);
		if (task === undefined || task.aborted) continue;
		const { rules } = context;
		const aborted = rules.abort(task);
		await tx.saveTask(
			rules.withdraws(aborted)
				? { ...(await takeOffList(context, tx, aborted)), mark: 'withdrawn' }
				: aborted,
		);
	}
}
