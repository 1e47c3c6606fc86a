import { z } from 'zod';
import { NAME_LENGTH, Name, PROJECT_SIZE, type Project } from '../../model/vocabulary/project.ts';
import { Requester, type TaskInstance } from '../../model/vocabulary/setup.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import { readBody } from './body.ts';
import type { Context } from './context.ts';
import { newTask } from './loading.ts';
import { refuse } from './reply.ts';

/** Which tasks of a project are to run, on which variants, for whom. */
export const VersionRequest = z.strictObject({
	id: Name,
	requester: Requester.default('gitter_request'),
	/** Without it, all tasks of the project. */
	tasks: z.array(Name).min(1).max(PROJECT_SIZE).optional(),
	variants: z.array(Name).min(1).max(PROJECT_SIZE),
});
export type VersionRequest = z.infer<typeof VersionRequest>;

/** `POST admin/projects/{id}/versions`: schedules a version: its tasks on each of its variants. */
export async function scheduleVersion(
	context: Context,
	request: WireRequest,
	projectId: string,
): Promise<LightResponse> {
	const asked = await readBody(VersionRequest, request);
	if (asked instanceof LightResponse) return asked;
	return context.store.transaction(async (tx) => {
		const project = await tx.project(projectId);
		if (project === undefined) return refuse(404, null, 'no such project');
		if ((await tx.version(asked.id)) !== undefined)
			return refuse(409, null, 'there is a version of this id');
		const tasks = instancesOf(asked, project.definition);
		if (typeof tasks === 'string') return refuse(400, null, tasks);
		for (const { id } of tasks)
			if ((await tx.task(id)) !== undefined) return refuse(409, null, 'there is a task of this id');
		const version = {
			id: asked.id,
			project: projectId,
			requester: asked.requester,
			created_at_ms: context.clock.now_ms(),
		};
		await tx.saveVersion(version);
		for (const task of tasks)
			await tx.saveTask(newTask(task, version, context.randomness.secret()));
		return new LightResponse(201, { id: version.id, tasks });
	});
}

/** The tasks to run, or what is wrong with what was asked for. */
function instancesOf(asked: VersionRequest, project: Project): TaskInstance[] | string {
	const names = new Set(project.tasks.map((task) => task.name));
	const tasks = new Set(asked.tasks ?? names);
	const variants = new Set(asked.variants);
	for (const task of tasks)
		if (!names.has(task)) return 'the project has no task of one of these names';
	if (tasks.size * variants.size > PROJECT_SIZE) return `more than ${PROJECT_SIZE} tasks`;
	const instances = new Map<string, TaskInstance>();
	for (const variant of variants)
		for (const task of tasks) {
			const id = `${asked.id}_${variant}_${task}`.replace(/[^\w.-]/g, '_');
			if (id.length > NAME_LENGTH)
				return `a task's id would be longer than ${NAME_LENGTH} characters`;
			if (instances.has(id)) return 'the names of two tasks differ in special characters only';
			instances.set(id, { id, task, variant });
		}
	return [...instances.values()];
}
