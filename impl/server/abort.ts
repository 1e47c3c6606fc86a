import type { TaskRecord, Transaction } from '../store/store.ts';
import { isInProgress, unitOf } from '../store/task-state.ts';
import type { LightResponse } from '../wire/exchange.ts';
import type { Context } from './context.ts';
import { takeOffList } from './grant.ts';
import { accept, refuse } from './reply.ts';
import { forgetRequest } from './request.ts';
import { holdTasks } from './unit.ts';

/**
 * `POST tasks/{id}/abort`: a user aborts the execution in progress; a granted mark is withdrawn (S3). The
 * id may be of a display task: all of it that is in progress is aborted, and what has ended leaves the list,
 * in one transaction (S21). So a restart that waits can be stopped, even when nothing is in progress.
 */
export const abortTask = (context: Context, id: string): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		const task = await tx.task(id);
		const ids = task === undefined ? (await tx.executionTasks(id)).map(({ id }) => id) : [id];
		if (ids.length === 0) return refuse(404, null, 'no such task');
		return abortThese(context, tx, ids, task === undefined);
	});

/** Aborts a unit as a whole, in one transaction. */
export const abortUnit = (context: Context, unit: readonly string[]): Promise<LightResponse> =>
	context.store.transaction((tx) => abortThese(context, tx, unit, true));

/** `together`: they are aborted as one, and those that have ended leave the list too. */
async function abortThese(
	context: Context,
	tx: Transaction,
	ids: readonly string[],
	together: boolean,
): Promise<LightResponse> {
	const { rules } = context;
	const members = await holdTasks(tx, ids);
	const running = members.filter(isInProgress);
	const calledOff = together ? rules.calledOff(members) : [];
	const [first] = members;
	const isCancelled =
		members.some((member) => member.restart_asked !== null) &&
		first !== undefined &&
		rules.cancels(ids, unitOf(first));
	if (running.length === 0 && calledOff.length === 0 && !isCancelled)
		return refuse(400, 'refused_not_running', 'the execution is not in progress');
	await abortAll(context, tx, rules.reached(running));
	await callOff(tx, calledOff);
	if (isCancelled) await forgetRequest(tx, await holdTasks(tx, ids));
	return accept('ok');
}

/** The marks of execution tasks that have ended stand no more when their display task is aborted (S3). */
async function callOff(tx: Transaction, listed: readonly TaskRecord[]): Promise<void> {
	for (const { id } of listed) {
		// Read again: what another one gave back may stand in the record of this one.
		const task = await tx.task(id);
		if (task !== undefined) await tx.saveTask(await takeOffList(tx, task));
	}
}

/** Aborts those of the tasks, in progress and held, that are not aborted yet. */
export async function abortAll(
	{ rules }: Context,
	tx: Transaction,
	running: readonly TaskRecord[],
): Promise<void> {
	for (const { id } of running) {
		// Read again: what another one gave back may stand in the record of this one.
		const task = await tx.task(id);
		if (task === undefined || task.aborted) continue;
		const aborted = rules.abort(task);
		await tx.saveTask(
			rules.withdraws(aborted)
				? { ...(await takeOffList(tx, aborted)), mark: 'withdrawn' }
				: aborted,
		);
	}
}
