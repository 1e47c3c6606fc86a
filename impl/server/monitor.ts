import type { Details } from '../../model/vocabulary/message.ts';
import type { TaskRecord } from '../store/store.ts';
import { together } from '../store/together.ts';
import type { Context } from './context.ts';
import { endExecution, tellEnd } from './end.ts';
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
	const open = await store.transaction((tx) => tx.openTasks());
	const isLost = (task: TaskRecord): boolean =>
		isInProgress(task) && rules.isStale(task, clock.now_ms());
	for (const { id, host } of open.filter(isLost)) {
		const ended = await store.transaction(async (tx) => {
			// The host is read first, as everywhere: see the order in `Transaction`.
			const [, task] = await together(host === null ? undefined : tx.host(host), tx.task(id));
			if (task === undefined || !isLost(task)) return null;
			return endExecution(context, tx, task, HEARTBEAT_LOST, null);
		});
		if (ended !== null) tellEnd(context, ended, 'monitor');
	}
	for (const { id, restart_pending } of open)
		if (restart_pending) await restartIfPending(context, id);
}
