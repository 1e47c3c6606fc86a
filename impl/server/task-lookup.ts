import type { ExecutionRef } from '../../model/vocabulary/observation.ts';
import type { ProjectRecord, TaskRecord, Transaction } from '../store/store.ts';

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
