import type { TaskRecord, Transaction } from '../store/store.ts';
import { giveSlotBack } from './quota.ts';
import { liveExecution, projectOf } from './records.ts';

/**
 * A granted mark that can no longer lead to a restart: its slot and its piece of the budget are given
 * back in the transaction that made it so (S7, S13). The caller saves the task.
 */
export async function takeBackGrant(tx: Transaction, task: TaskRecord): Promise<TaskRecord> {
	const project = await projectOf(tx, task);
	await tx.saveProject(giveSlotBack(project, liveExecution(task)));
	return { ...task, restart_pending: false, automatic_restarts: task.automatic_restarts - 1 };
}
