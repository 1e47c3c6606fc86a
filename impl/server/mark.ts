import type { ProjectRecord, TaskRecord, Transaction } from '../store/store.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import type { Context } from './context.ts';
import { takeSlot } from './quota.ts';
import { liveExecution, projectOf } from './records.ts';
import { accept, outcomeOf, refuse } from './reply.ts';

type Refusal = 'refused_merge_queue' | 'refused_cap' | 'refused_budget' | 'refused_quota';

const REASON: Record<Refusal, string> = {
	refused_merge_queue: 'a merge-queue task is never restarted automatically',
	refused_cap: 'the execution has reached the cap of executions',
	refused_budget: 'the task has had all its automatic restarts',
	refused_quota: 'the project has used all its automatic restarts of the day',
};

/** `POST task/{id}/restart`: restart the task when it ends (lifecycle 6.3, call 13; S14). */
export async function mark(
	context: Context,
	request: WireRequest,
	taskId: string,
): Promise<LightResponse> {
	const admit = await context.way.admit(context, request, taskId);
	const reply = await context.store.transaction(async (tx) => {
		const task = await admit(tx);
		return task instanceof LightResponse ? task : decide(context, tx, task);
	});
	context.journal?.({ kind: 'marked', task: taskId, outcome: outcomeOf(reply) });
	return reply;
}

/** The first decision on an execution's mark stands while it runs (S10). */
export async function decide(
	context: Context,
	tx: Transaction,
	task: TaskRecord,
): Promise<LightResponse> {
	switch (task.mark) {
		case 'granted':
			return accept('already_granted');
		case 'withdrawn':
			return accept('ignored_aborted');
		case 'none':
			return task.aborted ? accept('ignored_aborted') : decideFirst(context, tx, task);
		default:
			return refuseMark(task.mark);
	}
}

async function decideFirst(
	context: Context,
	tx: Transaction,
	task: TaskRecord,
): Promise<LightResponse> {
	const now_ms = context.clock.now_ms();
	const project = await projectOf(tx, task);
	const refusal = findRefusal(context, task, project, now_ms);
	if (refusal !== null) {
		await tx.saveTask({ ...task, mark: refusal });
		return refuseMark(refusal);
	}
	await tx.saveProject(takeSlot(project, liveExecution(task), now_ms));
	await tx.saveTask({
		...task,
		mark: 'granted',
		restart_pending: true,
		automatic_restarts: task.automatic_restarts + 1,
	});
	return accept('granted');
}

function findRefusal(
	{ rules, policy }: Context,
	task: TaskRecord,
	project: ProjectRecord,
	now_ms: number,
): Refusal | null {
	if (rules.isMergeQueue(task)) return 'refused_merge_queue';
	if (rules.isAtCap(task, policy)) return 'refused_cap';
	if (rules.isBudgetSpent(task, policy)) return 'refused_budget';
	if (rules.isQuotaSpent(project, policy, now_ms)) return 'refused_quota';
	return null;
}

const refuseMark = (refusal: Refusal): LightResponse =>
	refuse(refusal === 'refused_quota' ? 429 : 400, refusal, REASON[refusal]);
