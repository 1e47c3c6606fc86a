import type { TaskRecord, Transaction } from '../store/store.ts';
import { firstMember, unitOf } from '../store/task-state.ts';

/** What restarts as one: all execution tasks of a display task, a whole single-host group, or a task alone. */

/** A task that a record names. */
function known(task: TaskRecord | undefined, id: string): TaskRecord {
	if (task === undefined) throw new Error(`there is no task "${id}"`);
	return task;
}

/** Reads tasks of one version by id, given in order: the last first, see `Transaction`. */
export async function holdTasks(tx: Transaction, ids: readonly string[]): Promise<TaskRecord[]> {
	const reads = ids.toReversed().map(async (id) => known(await tx.task(id), id));
	return (await Promise.all(reads)).reverse();
}

/** The record that keeps what is the unit's, held. The task stands for its own record, saved or not. */
export async function readFirst(tx: Transaction, task: TaskRecord): Promise<TaskRecord> {
	const id = firstMember(task);
	return id === task.id ? task : known(await tx.task(id), id);
}

/** Changes what is the unit's. The caller saves the task that comes back. */
export async function changeFirst(
	tx: Transaction,
	task: TaskRecord,
	change: (first: TaskRecord) => TaskRecord,
): Promise<TaskRecord> {
	const first = await readFirst(tx, task);
	if (first.id === task.id) return change(task);
	await tx.saveTask(change(first));
	return task;
}

/** Lists the other members. What a restart changes of them stays so while the first member is held. */
export async function listOthers(
	tx: Transaction,
	task: TaskRecord,
): Promise<readonly TaskRecord[]> {
	const others = unitOf(task).filter((id) => id !== task.id);
	return others.length === 0 ? [] : tx.tasks(others);
}
