import { z } from 'zod';
import { Name, PROJECT_SIZE } from '../../model/vocabulary/project.ts';
import type { TaskRecord, Transaction } from '../store/store.ts';
import { isInProgress, unitOf } from '../store/task-state.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import { abortAll } from './abort.ts';
import { readBody } from './body.ts';
import type { Context } from './context.ts';
import { accept, outcomeOf, refuse } from './reply.ts';
import {
	canRestartFailed,
	isSettled,
	RestartRequest,
	recordRestart,
	restartFor,
	restartsOf,
} from './restart.ts';
import { holdTasks } from './unit.ts';
import { NO_VERSION, type TaskAnswer, tasksOf } from './versions.ts';

const How = {
	/** Of a display task, the members that failed only; it says nothing of any other unit. */
	failed_only: RestartRequest.shape.failed_only,
	/** What runs is aborted, and what was not dispatched yet waits for the restart. */
	abort: z.boolean().optional(),
};
const How$ = z.object(How);
type How = z.infer<typeof How$>;

/** The body of a user's restart when finished: it names the execution that the user saw (S17). */
export const WhenFinishedRequest = z.object({ execution: RestartRequest.shape.execution, ...How });

/** The same for a version: it names each execution that the user saw; units of which none is named are left alone. */
export const VersionWhenFinishedRequest = z.object({
	executions: z
		.array(z.object({ task: Name, execution: RestartRequest.shape.execution }))
		.max(PROJECT_SIZE),
	...How,
});

/** An execution that a user saw: of a task, or of a display task. */
interface Seen {
	readonly task: string;
	readonly execution: number;
}

/** `POST tasks/{id}/restart_when_finished`: a user has a unit restarted when it is finished, or at once if it is (C5). */
export async function restartWhenFinished(
	context: Context,
	request: WireRequest,
	task: string,
): Promise<LightResponse> {
	const asked = await readBody(WhenFinishedRequest, request);
	if (asked instanceof LightResponse) return asked;
	return askUnit(context, [{ task, execution: asked.execution }], asked);
}

/** `POST versions/{id}/restart_when_finished`: the same of each unit of a version, each in a transaction of its own. */
export async function restartVersionWhenFinished(
	context: Context,
	request: WireRequest,
	id: string,
): Promise<LightResponse> {
	const asked = await readBody(VersionWhenFinishedRequest, request);
	if (asked instanceof LightResponse) return asked;
	const tasks = await tasksOf(context, id, 'restart');
	if (tasks === null) return NO_VERSION;
	const known = new Map(tasks.map((task) => [task.id, task]));
	const byUnit = new Map<string, Seen[]>();
	for (const named of context.rules.named(asked.executions, tasks)) {
		const task = known.get(named.task);
		if (task === undefined) return refuse(400, null, 'a task is not of this version');
		if (context.rules.isMergeQueue(task)) return MERGE_QUEUE;
		const unit = context.rules.askedWith(task).join(' ');
		byUnit.set(unit, [...(byUnit.get(unit) ?? []), named]);
	}
	const answers: TaskAnswer[] = [];
	for (const named of byUnit.values()) {
		const members = tasks.filter(({ id }) => named.some(({ task }) => task === id));
		if (!context.rules.comesTo(members, 'restart')) continue;
		const looked = context.rules.holds('version') ? [] : tasks;
		const outcome = outcomeOf(await askUnit(context, named, asked, looked));
		for (const { task } of named) answers.push({ task, outcome });
	}
	return new LightResponse(200, { outcome: 'ok', tasks: answers });
}

const MERGE_QUEUE = refuse(400, 'refused_merge_queue', 'a merge-queue task is not restarted');

/** Asks it of the unit of all that is named. `looked`: what of it was looked at before. */
async function askUnit(
	context: Context,
	named: readonly Seen[],
	{ failed_only = false, abort = false }: How,
	looked: readonly TaskRecord[] = [],
): Promise<LightResponse> {
	const { rules } = context;
	const begun = await context.store.transaction(async (tx) => {
		const [first] = named;
		const [known] =
			first === undefined
				? []
				: [...(await tx.tasks([first.task])), ...(await tx.executionTasks(first.task))];
		if (known === undefined) return refuse(404, null, 'no such task');
		const unit = unitOf(known);
		const members = await holdTasks(tx, unit);
		const live = ({ task }: Seen) =>
			[...looked, ...members].find(({ id }) => id === task)?.execution ?? restartsOf(members);
		if (named.some((one) => rules.isOlder(one.execution, live(one)))) return accept('older');
		if (rules.isMergeQueue(known)) return MERGE_QUEUE;
		if (named.some((one) => one.execution > live(one)))
			return refuse(400, 'refused_not_finished', 'there is no such execution yet');
		if (!rules.hasRun(members)) return refuse(400, 'refused_nothing_ran', 'nothing of it ran');
		const asked = rules.asked(
			members[0]?.restart_asked ?? null,
			failed_only && canRestartFailed(members),
		);
		const waiting = members.map((member) =>
			abort && !member.awaits_restart && rules.awaitsRestart(member)
				? { ...member, awaits_restart: true }
				: member,
		);
		if (await isSettled(context, tx, waiting)) {
			const failedOnly = asked === 'failed';
			if (rules.restarting(waiting, failedOnly).length === 0) return accept('nothing_failed');
			return restartFor(context, tx, waiting, failedOnly);
		}
		await saveAll(
			tx,
			waiting.map((member, place) =>
				place === 0 && member.restart_asked !== asked
					? { ...member, restart_asked: asked }
					: member,
			),
			members,
		);
		if (abort) await abortAll(context, tx, members.filter(isInProgress));
		return accept('will_restart');
	});
	if (begun instanceof LightResponse) return begun;
	recordRestart(context, begun);
	return accept('ok');
}

async function saveAll(
	tx: Transaction,
	now: readonly TaskRecord[],
	before: readonly TaskRecord[],
): Promise<void> {
	for (const [place, task] of now.entries()) if (task !== before[place]) await tx.saveTask(task);
}
