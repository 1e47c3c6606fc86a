import type { ExecutionRef } from '../../model/vocabulary/observation.ts';
import type { ProjectRecord, TaskRecord, Transaction } from '../store/store.ts';

/** Lifecycle 1.1: the live execution is assigned to a host and has not ended. */
export const isInProgress = (task: TaskRecord): boolean =>
	task.status === 'dispatched' || task.status === 'started';

export const hasEnded = (task: TaskRecord): boolean =>
	task.status === 'success' || task.status === 'failed';

/** The live execution of a task. */
export const liveExecution = (task: TaskRecord): ExecutionRef => ({
	task: task.id,
	execution: task.execution,
});

/** The project of a task; every task that was loaded has one. */
export async function projectOf(tx: Transaction, task: TaskRecord): Promise<ProjectRecord> {
	const project = await tx.project(task.project);
	if (project === undefined) throw new Error(`the project "${task.project}" is not loaded`);
	return project;
}
