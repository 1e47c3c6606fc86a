import type { ProjectRecord, TaskRecord, Transaction } from '../store/store.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import type { Context } from './context.ts';
import { type Joining, putOnList } from './grant.ts';
import { lookBefore } from './looks.ts';
import { accept, outcomeOf, refuse } from './reply.ts';
import type { Refusal, Rules } from './rules.ts';
import { projectOf } from './task-lookup.ts';
import { listOthers, readFirst } from './unit.ts';

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
	const admit = await context.variant.admit(context, request, taskId);
	const admitted = await lookBefore(context, 'admission', admit);
	const list = await lookBefore(context, 'list', (tx) => lookAtList(tx, taskId));
	const project = await lookBefore(context, 'slots', (tx) => lookAtProject(tx, taskId));
	const reply = await context.store.transaction(async (tx) => {
		const task = admitted === undefined ? await admit(tx) : await again(tx, admitted);
		return task instanceof LightResponse ? task : decide(context, tx, task, { list, project });
	});
	context.journal?.({ kind: 'marked', task: taskId, outcome: outcomeOf(reply) });
	return reply;
}

/** A task that was admitted before, as it is now. */
const again = async (
	tx: Transaction,
	admitted: TaskRecord | LightResponse,
): Promise<TaskRecord | LightResponse> =>
	admitted instanceof LightResponse ? admitted : ((await tx.task(admitted.id)) ?? admitted);

/** What is the unit's, and the other members. */
interface List {
	readonly first: TaskRecord;
	readonly others: readonly TaskRecord[];
}

async function lookAtList(tx: Transaction, taskId: string): Promise<List | undefined> {
	const task = await tx.task(taskId);
	return task && holdList(tx, task);
}

async function lookAtProject(tx: Transaction, taskId: string): Promise<ProjectRecord | undefined> {
	const task = await tx.task(taskId);
	return task && projectOf(tx, task);
}

/** What was looked at before; undefined: it is held. */
interface Looked {
	readonly list?: List | undefined;
	readonly project?: ProjectRecord | undefined;
}

const holdList = async (tx: Transaction, task: TaskRecord): Promise<List> => ({
	first: await readFirst(tx, task),
	others: await listOthers(tx, task),
});

/** The first decision on an execution's mark stands while it runs (S10). */
export async function decide(
	context: Context,
	tx: Transaction,
	task: TaskRecord,
	looked: Looked = {},
): Promise<LightResponse> {
	switch (task.mark) {
		case 'granted':
			return accept('already_granted');
		case 'withdrawn':
			return ignoreMark(context);
		case 'none':
			return task.aborted ? ignoreMark(context) : decideFirst(context, tx, task, looked);
		default:
			return refuseMark(context, task.mark);
	}
}

async function decideFirst(
	context: Context,
	tx: Transaction,
	task: TaskRecord,
	{ list, project }: Looked,
): Promise<LightResponse> {
	const { first, others } = list ?? (await holdList(tx, task));
	const joins = context.rules.joins(others);
	const refusal = await findRefusal(context, tx, { task, first, others, joins, project });
	if (refusal !== null) {
		await tx.saveTask({ ...task, mark: refusal });
		return refuseMark(context, refusal);
	}
	await tx.saveTask(await putOnList(tx, { task, others, joins, project }, context.clock.now_ms()));
	return accept(context.rules.grantedAs(joins));
}

interface Marked extends Joining {
	/** The record that keeps what is the unit's. */
	readonly first: TaskRecord;
}

async function findRefusal(
	context: Context,
	tx: Transaction,
	{ task, first, others, joins, project }: Marked,
): Promise<Refusal | null> {
	const { rules, clock } = context;
	if (rules.isMergeQueue(task)) return 'refused_merge_queue';
	const policy = await rules.heeded(tx, context, task);
	if ([task, ...others].some((member) => rules.isAtCap(member, policy))) return 'refused_cap';
	if (joins) return null;
	if (rules.isBudgetSpent(first, policy, task)) return 'refused_budget';
	const counted = project ?? (await rules.quotaOf(tx, task, 'counts'));
	return rules.isQuotaSpent(counted, policy, clock.now_ms()) ? 'refused_quota' : null;
}

function ignoreMark({ rules }: Context): LightResponse {
	const status = rules.statusOf('ignored_aborted');
	return status === 200
		? accept('ignored_aborted')
		: refuse(status, 'ignored_aborted', 'the execution is aborted');
}

const refuseMark = ({ rules }: { readonly rules: Rules }, refusal: Refusal): LightResponse =>
	refuse(rules.statusOf(refusal), refusal, REASON[refusal]);
