import { z } from 'zod';
import type { RestartAsked, StartedBy } from '../../model/vocabulary/observation.ts';
import { Dependents } from '../store/dependents.ts';
import type { TaskRecord, Transaction } from '../store/store.ts';
import { isPending, unitOf } from '../store/task-state.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import { readBody } from './body.ts';
import type { Context } from './context.ts';
import { firstGranted, payAgain, takeBackPending } from './grant.ts';
import { lookBefore } from './looks.ts';
import { accept, refuse } from './reply.ts';
import { forgetRequest } from './request.ts';
import { liveExecution } from './task-lookup.ts';
import { holdTasks } from './unit.ts';

/** The body of a user's restart: it names the execution that the user saw (S17). */
export const RestartRequest = z.object({
	execution: z.int().min(0),
	/** Of a display task, the members that failed only; it says nothing of any other unit. */
	failed_only: z.boolean().optional(),
});

/** A restart that a user asks for: of a task, or of a display task. */
export interface AskedRestart extends z.infer<typeof RestartRequest> {
	readonly task: string;
}

/** `POST tasks/{id}/restart`: a user restarts an ended task, and all that restarts with it (S13, S17, C4). */
export async function restartForUser(
	context: Context,
	request: WireRequest,
	taskId: string,
): Promise<LightResponse> {
	const asked = await readBody(RestartRequest, request);
	if (asked instanceof LightResponse) return asked;
	return restartExecution(context, { task: taskId, ...asked });
}

/** The same, with the body read. */
export async function restartExecution(
	context: Context,
	asked: AskedRestart,
): Promise<LightResponse> {
	const { rules } = context;
	const looked = await lookBefore(context, 'restart', (tx) => tx.task(asked.task));
	const begun = await context.store.transaction(async (tx) => {
		// Listed first: which members there are never changes, and they are held in their order.
		const [named] = [...(await tx.tasks([asked.task])), ...(await tx.executionTasks(asked.task))];
		if (named === undefined) return refuse(404, null, 'no such task');
		const members = await holdTasks(tx, unitOf(named));
		const task = members.find(({ id }) => id === asked.task);
		const execution = (looked ?? task)?.execution ?? restartsOf(members);
		if (rules.isOlder(asked.execution, execution)) return accept('older');
		if (rules.isMergeQueue(named))
			return refuse(400, 'refused_merge_queue', 'a merge-queue task is not restarted');
		const isEnded = rules.isRestartable(task === undefined ? members : [task], context.policy);
		if (!isEnded || asked.execution > execution || !(await isSettled(context, tx, members)))
			return refuse(400, 'refused_not_finished', 'the execution has not ended');
		const failedOnly = asked.failed_only === true && canRestartFailed(members);
		if (rules.restarting(members, failedOnly).length === 0) return accept('nothing_failed');
		return restartFor(context, tx, members, failedOnly);
	});
	if (begun instanceof LightResponse) return begun;
	await activate(context, begun);
	recordRestart(context, begun);
	return accept('ok');
}

/** Restarts a unit for a user, who overtakes its list (S17). */
export async function restartFor(
	context: Context,
	tx: Transaction,
	members: readonly TaskRecord[],
	failedOnly: boolean,
): Promise<TaskRecord[]> {
	const overtaken = await takeBackPending(context, tx, members);
	const restarting = context.rules.restarting(overtaken, failedOnly);
	return restart(context, tx, { members: overtaken, restarting, by: { by: 'user' } });
}

/** Restarts a finished unit as a user asked (C5); where only failed members were meant and none failed, nothing is left to do. */
async function restartAsAsked(
	context: Context,
	tx: Transaction,
	members: readonly TaskRecord[],
	asked: RestartAsked,
): Promise<TaskRecord[]> {
	const failedOnly = asked === 'failed';
	if (context.rules.restarting(members, failedOnly).length > 0)
		return restartFor(context, tx, members, failedOnly);
	await forgetRequest(tx, members);
	return [];
}

/**
 * Restarts a unit for a user who asked for it, for a granted mark, or to repair what was lost, once every member of it that will run has
 * ended; unless somebody else has restarted it meanwhile (S17).
 */
export async function restartIfPending(context: Context, unit: readonly string[]): Promise<void> {
	const { rules } = context;
	const looked = await lookBefore(context, 'settled', async (tx) =>
		isSettled(context, tx, await holdTasks(tx, unit)),
	);
	const begun = await context.store.transaction(async (tx) => {
		const members = await holdTasks(tx, unit);
		const granted = firstGranted(members);
		if (!members.some(isPending) || !(looked ?? (await isSettled(context, tx, members)))) return [];
		const asked = members[0]?.restart_asked ?? null;
		if (asked !== null) return restartAsAsked(context, tx, members, asked);
		if (
			granted !== undefined &&
			!(await rules.keeps(granted, () => rules.heeded(tx, context, granted)))
		)
			return [];
		const failedOnly = granted === undefined && canRestartFailed(members);
		const by: StartedBy =
			granted === undefined ? { by: 'system' } : { by: 'mark', ...liveExecution(granted) };
		const restarting = rules.restarting(members, failedOnly);
		if (granted !== undefined && rules.paysAgain()) await payAgain(context, tx, granted);
		return restart(context, tx, { members, restarting, by });
	});
	await activate(context, begun);
	recordRestart(context, begun);
}

export function recordRestart({ journal }: Context, begun: readonly TaskRecord[]): void {
	for (const task of begun) {
		const { by } = task.started_by;
		if (by !== 'schedule') journal?.({ kind: 'restarted', ...liveExecution(task), by });
	}
}

/** How often a unit has been restarted. */
export const restartsOf = ([first]: readonly TaskRecord[]): number => first?.unit_restarts ?? 0;

/** C4: only a display task can be restarted in part, and only if no single-host group is in its unit. */
export const canRestartFailed = (members: readonly TaskRecord[]): boolean =>
	members.some(({ place }) => place !== null && place.display_task !== null) &&
	!members.some(({ place }) => place?.group?.hosts === 1);

/** Whether every member that will run has ended (S5). The members are held, so that none is dispatched meanwhile. */
export async function isSettled(
	{ rules }: Context,
	tx: Transaction,
	members: readonly TaskRecord[],
): Promise<boolean> {
	const waits = members.some((task) => task.place !== null && task.status === 'undispatched');
	const version = waits ? await tx.tasksOfVersion(members[0]?.version ?? '') : [];
	const tasks = new Map(version.map((task) => [task.id, task]));
	const dependents = new Dependents((id) => tasks.get(id), rules.sightOf);
	return rules.isSettled(members.map((task) => ({ task, held: dependents.heldOf(task) })));
}

interface Restarting {
	/** The whole unit, held, in order. */
	readonly members: readonly TaskRecord[];
	readonly restarting: readonly TaskRecord[];
	readonly by: StartedBy;
}

/** Archives ended executions (S11) and begins the next ones, clean (S12): the tasks as they are then. */
async function restart(
	context: Context,
	tx: Transaction,
	{ members, restarting, by }: Restarting,
): Promise<TaskRecord[]> {
	const begun: TaskRecord[] = [];
	for (const [index, member] of members.entries()) {
		const restarts = restarting.includes(member);
		for (const past of restarts ? context.rules.kept(member) : []) await tx.archive(past);
		const next = restarts ? context.rules.reset(member, by, context.randomness.secret()) : member;
		const activated =
			restarts && !context.rules.holds('activation') ? { ...next, activated: false } : next;
		const begins = activated.awaits_restart ? { ...activated, awaits_restart: false } : activated;
		const counted =
			index === 0
				? context.rules.answered({
						...begins,
						restart_asked: member.restart_asked,
						unit_restarts: begins.unit_restarts + 1,
					})
				: begins;
		if (counted !== member) await tx.saveTask(counted);
		if (restarts) begun.push(counted);
	}
	return begun;
}

/** What the restart itself did not see to: that the executions that began with it run. */
async function activate({ store, rules }: Context, begun: readonly TaskRecord[]): Promise<void> {
	if (rules.holds('activation') || begun.length === 0) return;
	await store.transaction(async (tx) => {
		for (const task of await holdTasks(
			tx,
			begun.map(({ id }) => id),
		))
			await tx.saveTask({ ...task, activated: true });
	});
}
