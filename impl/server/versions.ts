import { z } from 'zod';
import type { Outcome } from '../../model/vocabulary/message.ts';
import { Name, PROJECT_SIZE } from '../../model/vocabulary/project.ts';
import { firstMember, isInProgress, isPending, unitOf } from '../store/task-state.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import { abortUnit } from './abort.ts';
import { readBody } from './body.ts';
import type { Context } from './context.ts';
import { versionStatusOf } from './display-task.ts';
import { outcomeOf, refuse } from './reply.ts';
import { RestartRequest, restartExecution } from './restart.ts';
import { membersOf, reporterOf } from './task-report.ts';

export const NO_VERSION = refuse(404, null, 'no such version');

/** `GET versions/{id}`: a version, with what is shown of all its tasks together (S22). */
export const getVersion = (context: Context, id: string): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		const version = await tx.version(id);
		if (version === undefined) return NO_VERSION;
		const shown = (await tx.tasksOfVersion(id)).filter((task) =>
			context.rules.isShownIn(task, version),
		);
		const tasks = membersOf(shown, context.rules);
		const status = versionStatusOf(tasks, context.rules);
		return new LightResponse(200, { ...version, status });
	});

/** `GET versions/{id}/tasks`: the tasks of a version, in order. */
export const getVersionTasks = (context: Context, id: string): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		if ((await tx.version(id)) === undefined) return NO_VERSION;
		const tasks = await tx.tasksOfVersion(id);
		return new LightResponse(200, tasks.map(reporterOf(tasks, context.rules)));
	});

/** What became of one task of a version. */
export interface TaskAnswer {
	readonly task: string;
	readonly outcome: Outcome | null;
}

/** `POST versions/{id}/abort`: aborts every unit as a whole, each in a transaction of its own (S3, C5). */
export async function abortVersion(context: Context, id: string): Promise<LightResponse> {
	const tasks = await tasksOf(context, id, 'abort');
	if (tasks === null) return NO_VERSION;
	const answers: TaskAnswer[] = [];
	for (const first of tasks.filter((task) => firstMember(task) === task.id)) {
		const unit = unitOf(first);
		const members = tasks.filter(({ id }) => unit.includes(id));
		if (!context.rules.comesTo(members, 'abort')) continue;
		const concerned = members.filter((task) => isInProgress(task) || isPending(task));
		const looked = context.rules.holds('version') ? undefined : members;
		const outcome = outcomeOf(await abortUnit(context, unit, looked));
		for (const { id } of concerned) answers.push({ task: id, outcome });
	}
	return new LightResponse(200, { outcome: 'ok', tasks: answers });
}

/** The body of the restart of a version: it names each execution that the user saw (S17). */
export const RestartVersionRequest = z.object({
	executions: z.array(z.object({ task: Name, ...RestartRequest.shape })).max(PROJECT_SIZE),
});

/** `POST versions/{id}/restart`: restarts the named executions, each in a transaction of its own (S17). */
export async function restartVersion(
	context: Context,
	request: WireRequest,
	id: string,
): Promise<LightResponse> {
	const named = await readBody(RestartVersionRequest, request);
	if (named instanceof LightResponse) return named;
	const tasks = await tasksOf(context, id, 'restart');
	if (tasks === null) return NO_VERSION;
	const known = new Set(tasks.map((task) => task.id));
	const stranger = named.executions.find(({ task }) => !known.has(task));
	if (stranger !== undefined) return refuse(400, null, 'a task is not of this version');
	const answers: TaskAnswer[] = [];
	for (const execution of named.executions)
		answers.push({
			task: execution.task,
			outcome: outcomeOf(await restartExecution(context, execution)),
		});
	return new LightResponse(200, { outcome: 'ok', tasks: answers });
}

/** The tasks of a version; null: there is no such version. */
export const tasksOf = (context: Context, id: string, what: 'abort' | 'restart') =>
	context.store.transaction((tx) => context.rules.ofVersion(tx, id, what));
