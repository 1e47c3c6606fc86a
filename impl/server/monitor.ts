import type { Details } from '../../model/vocabulary/message.ts';
import type { TaskRecord } from '../store/store.ts';
import { isInProgress, unitOf } from '../store/task-state.ts';
import { together } from '../store/together.ts';
import type { Context } from './context.ts';
import { endExecution, recordEnd } from './end.ts';
import { holdingVersion, holdUnended } from './merge-queue.ts';
import { restartIfPending } from './restart.ts';

const HEARTBEAT_LOST: Details = {
	status: 'failed',
	type: 'system',
	description: 'heartbeat',
	timed_out: null,
};

/**
 * The job that runs again and again: ends executions without a heartbeat (L2), then keeps the promises
 * that nobody has kept yet (L1). Each step is a transaction of its own, so that one that fails spoils no other.
 */
export async function monitor(context: Context): Promise<void> {
	const { store } = context;
	const running = await store.transaction((tx) => tx.tasksInProgress());
	for (const task of running) if (isLost(context, task)) await endLost(context, task);
	const pending = await store.transaction((tx) => tx.pendingUnits());
	for (const first of pending)
		if (context.rules.resumes(first)) await restartIfPending(context, unitOf(first));
}

const isLost = ({ rules, clock }: Context, task: TaskRecord): boolean =>
	isInProgress(task) && rules.isStale(task, clock.now_ms());

async function endLost(context: Context, found: TaskRecord): Promise<void> {
	const { rules } = context;
	const { id, host } = found;
	const needed = rules.isMergeQueue(found) ? found.version : null;
	const ended = await holdingVersion(context, needed, async (tx, version) => {
		// The host is read first, as everywhere: see the order in `Transaction`.
		const reading = host === null ? undefined : tx.host(host);
		if (version !== null) await holdUnended(context, tx, version);
		const [, task] = await together(reading, tx.task(id));
		if (task === undefined || !isLost(context, rules.holds('silence') ? task : found)) return null;
		const ending = { task, details: HEARTBEAT_LOST, remarks: null, version };
		const lost = await endExecution(context, tx, ending);
		if (!rules.isRepaired(lost, await rules.heeded(tx, context, lost))) return lost;
		const repaired = { ...lost, repair_pending: true };
		await tx.saveTask(repaired);
		return repaired;
	});
	if (ended !== null) recordEnd(context, ended, 'monitor');
}
