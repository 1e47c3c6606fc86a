import type { TaskRecord, Transaction } from '../store/store.ts';
import { hasEnded, isInProgress } from '../store/task-state.ts';
import { abortAll } from './abort.ts';
import type { Context } from './context.ts';
import { holdTasks } from './unit.ts';

/** Thrown in a transaction that has done nothing yet: it must hold the tasks of the version before all others. */
export class VersionNeeded extends Error {
	override name = 'VersionNeeded';
	readonly version: string;

	constructor(version: string) {
		super(`the tasks of "${version}" are needed`);
		this.version = version;
	}
}

/**
 * One transaction that may turn out to need the tasks of a whole version: it is then given up and run again
 * with the name of the version, so that it can hold them in their order.
 */
export async function holdingVersion<Result>(
	{ store }: Context,
	version: string | null,
	work: (tx: Transaction, version: string | null) => Promise<Result>,
): Promise<Result> {
	try {
		return await store.transaction((tx) => work(tx, version));
	} catch (error) {
		if (!(error instanceof VersionNeeded)) throw error;
		return store.transaction((tx) => work(tx, error.version));
	}
}

/** Holds the tasks of a version that have not ended. */
export async function holdUnended(
	{ rules }: Pick<Context, 'rules'>,
	tx: Transaction,
	version: string,
): Promise<TaskRecord[]> {
	const tasks = (await rules.ofVersion(tx, version, 'failure')) ?? [];
	const unended = tasks.filter((task) => !hasEnded(task));
	return holdTasks(
		tx,
		unended.map(({ id }) => id),
	);
}

/** What the failure of a merge-queue task does to the others, all of them held: they stop, and none begins. */
export async function abortVersionFor(
	context: Context,
	tx: Transaction,
	{ version }: TaskRecord,
): Promise<void> {
	const tasks = await holdUnended(context, tx, version);
	await abortAll(context, tx, tasks.filter(isInProgress));
	for (const task of tasks)
		if (task.status === 'undispatched' && task.activated)
			await tx.saveTask({ ...task, activated: false });
}
