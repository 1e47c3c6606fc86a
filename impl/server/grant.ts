import type { ProjectRecord, TaskRecord, Transaction } from '../store/store.ts';
import type { Context } from './context.ts';
import { giveSlotBack, renameSlot, takeSlot } from './quota.ts';
import { liveExecution, projectOf } from './task-lookup.ts';
import { changeFirst, listOthers, readFirst } from './unit.ts';

/**
 * The list of a unit (S3): the members whose granted mark stands, in the order in which they were granted.
 * While it is not empty it has one piece of the budget, and one slot, which bears the name of the first on it.
 */

/** Who was granted first of those that are on the list. */
export const firstGranted = (members: readonly TaskRecord[]): TaskRecord | undefined =>
	members
		.filter((member) => member.restart_pending)
		.sort((one, other) => one.granted_order - other.granted_order)[0];

/** A member that is granted a mark. */
export interface Joining {
	readonly task: TaskRecord;
	/** The other members of its unit. */
	readonly others: readonly TaskRecord[];
	/** Whether the list has its slot and its piece of the budget already. */
	readonly joins: boolean;
	/** The project as it was looked at before; undefined: it is held. */
	readonly project?: ProjectRecord | undefined;
}

/** Puts a member on the list of its unit. The caller saves the task that comes back. */
export async function putOnList(
	tx: Transaction,
	{ task, others, joins, project }: Joining,
	now_ms: number,
): Promise<TaskRecord> {
	const places = others.map((other) => (other.restart_pending ? other.granted_order : 0));
	const granted_order = Math.max(0, ...places) + 1;
	const joined: TaskRecord = { ...task, mark: 'granted', restart_pending: true, granted_order };
	if (joins) return joined;
	const before = project ?? (await projectOf(tx, task));
	await tx.saveProject(takeSlot(before, liveExecution(task), now_ms));
	return changeFirst(tx, joined, (first) => ({
		...first,
		automatic_restarts: first.automatic_restarts + 1,
	}));
}

/**
 * Takes a member off the list of its unit. When it was the last, the restart is impossible: slot and budget are
 * given back in this transaction (S7, S13). The caller saves the task that comes back.
 */
export async function takeOffList(
	context: Pick<Context, 'rules'>,
	tx: Transaction,
	task: TaskRecord,
): Promise<TaskRecord> {
	const off = { ...task, restart_pending: false };
	await readFirst(tx, task);
	const others = await listOthers(tx, task);
	const next = firstGranted(others);
	if (next === undefined) {
		await freeSlot(context, tx, task);
		return changeFirst(tx, off, (first) => giveBudgetBack(context, first));
	}
	if (firstGranted([task, ...others]) === task) {
		const project = await projectOf(tx, task);
		await tx.saveProject(renameSlot(project, liveExecution(task), liveExecution(next)));
	}
	return off;
}

/**
 * What becomes of a unit, given as a whole and in order, whose list somebody overtakes: slot and budget are given back.
 * The caller saves the first member.
 */
export async function takeBackPending(
	context: Pick<Context, 'rules'>,
	tx: Transaction,
	members: readonly TaskRecord[],
): Promise<readonly TaskRecord[]> {
	const granted = firstGranted(members);
	if (granted === undefined) return members;
	await freeSlot(context, tx, granted);
	return members.map((member, index) => (index === 0 ? giveBudgetBack(context, member) : member));
}

const giveBudgetBack = ({ rules }: Pick<Context, 'rules'>, first: TaskRecord): TaskRecord =>
	rules.givesBack('budget')
		? { ...first, automatic_restarts: first.automatic_restarts - 1 }
		: first;

/** Frees the slot that bears the task's name. */
async function freeSlot(
	{ rules }: Pick<Context, 'rules'>,
	tx: Transaction,
	task: TaskRecord,
): Promise<void> {
	if (!rules.givesBack('slot')) return;
	const project = await rules.quotaOf(tx, task, 'gets back');
	await tx.saveProject(giveSlotBack(project, liveExecution(task)));
}

/** Takes a slot for a restart whose mark took one: for deviations only. */
export async function payAgain(
	{ clock }: Pick<Context, 'clock'>,
	tx: Transaction,
	granted: TaskRecord,
): Promise<void> {
	const project = await projectOf(tx, granted);
	await tx.saveProject(takeSlot(project, liveExecution(granted), clock.now_ms()));
}
