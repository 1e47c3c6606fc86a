import { Dependents } from '../store/dependents.ts';
import type { ArchivedRecord, TaskRecord } from '../store/store.ts';
import { firstMember, unitOf } from '../store/task-state.ts';
import { LightResponse } from '../wire/exchange.ts';
import type { Context } from './context.ts';
import { displayTaskOf } from './display-task.ts';
import { refuse } from './reply.ts';
import type { Member, Rules } from './rules.ts';

/**
 * What a user may see of tasks and their live executions: everything but the secrets, with what others of their
 * version tell of them. The version's tasks must be among those that they are reported with.
 */
export function reporterOf(version: readonly TaskRecord[], rules: Rules) {
	const tasks = new Map(version.map((task) => [task.id, task]));
	const find = (id: string) => tasks.get(id);
	const members = new Map(membersOf(version, rules).map((member) => [member.task.id, member]));
	const memberOf = (id: string): Member => {
		const member = members.get(id);
		if (member === undefined) throw new Error(`no task "${id}" in the version`);
		return member;
	};
	const displayTask = (id: string, unit: readonly string[]) =>
		displayTaskOf(id, unit.map(memberOf), memberOf, rules);
	return (task: TaskRecord) => {
		const {
			secret: _,
			place,
			activated: __,
			granted_order: ___,
			unit_restarts: ____,
			awaits_restart: _____,
			...report
		} = task;
		const first = find(firstMember(task)) ?? task;
		return {
			...report,
			automatic_restarts: first.automatic_restarts,
			restart_asked: first.restart_asked,
			unit: unitOf(task),
			display_task:
				place === null || place.display_task === null
					? null
					: displayTask(place.display_task, place.unit),
			task_group: place?.group?.name ?? null,
			depends_on: place?.depends_on ?? [],
			held: members.get(task.id)?.held ?? null,
		};
	};
}

/** The tasks of a version, each with why it cannot be dispatched, if it is undispatched. */
export function membersOf(version: readonly TaskRecord[], { sightOf }: Rules): Member[] {
	const tasks = new Map(version.map((task) => [task.id, task]));
	const dependents = new Dependents((id) => tasks.get(id), sightOf);
	return version.map((task) => ({ task, held: dependents.heldOf(task) }));
}

/** What a user may see of an execution that was archived. */
export function reportExecution(archived: ArchivedRecord) {
	const { secret: _, task: __, ...report } = archived;
	return report;
}

/** `GET tasks/{id}`: a task with the executions that were archived, oldest first (S11, S19). */
export const getTask = (context: Context, taskId: string): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		const task = await tx.task(taskId);
		if (task === undefined) return refuse(404, null, 'no such task');
		const history = (await tx.history(taskId)).map(reportExecution);
		const version = task.place === null ? [task] : await tx.tasksOfVersion(task.version);
		return new LightResponse(200, { ...reporterOf(version, context.rules)(task), history });
	});
