import type { Details } from '../../model/vocabulary/message.ts';
import type { Context } from './context.ts';
import { endExecution } from './end.ts';
import { isInProgress } from './records.ts';
import { restartIfPending } from './restart.ts';

const HEARTBEAT_LOST: Details = {
	status: 'failed',
	type: 'system',
	description: 'heartbeat',
	timed_out: null,
};

/**
 * The job that runs again and again: ends executions without a heartbeat (L2), then keeps the promises
 * that a crash left open (L1). Each step is a transaction of its own, so that one that fails spoils no other.
 */
export async function monitor(context: Context): Promise<void> {
	const { store, rules, clock } = context;
	const ids = await store.transaction((tx) => tx.taskIds());
	for (const id of ids)
		await store.transaction(async (tx) => {
			const task = await tx.task(id);
			if (task !== undefined && isInProgress(task) && rules.isStale(task, clock.now_ms()))
				await endExecution(context, tx, task, HEARTBEAT_LOST);
		});
	for (const id of ids) await restartIfPending(context, id);
}
