import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import { readBody } from './body.ts';
import type { Context } from './context.ts';
import { instancesOf } from './instances.ts';
import { newTask } from './loading.ts';
import { refuse } from './reply.ts';
import { VersionRequest } from './version-request.ts';

/** `POST admin/projects/{id}/versions`: schedules a version: its tasks on each of its variants, those of a task group as its members. */
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
		const instances = instancesOf(asked, project.definition);
		if (typeof instances === 'string') return refuse(400, null, instances);
		const { tasks, display_tasks, places } = instances;
		for (const { id } of tasks)
			if ((await tx.task(id)) !== undefined) return refuse(409, null, 'there is a task of this id');
		for (const { id } of display_tasks)
			if ((await tx.executionTasks(id)).length > 0)
				return refuse(409, null, 'there is a display task of this id');
		const version = {
			id: asked.id,
			project: projectId,
			requester: asked.requester,
			created_at_ms: context.clock.now_ms(),
		};
		await tx.saveVersion(version);
		for (const [index, task] of tasks.entries())
			await tx.saveTask(newTask(task, version, context.randomness.secret(), places[index]));
		const shown = display_tasks.length === 0 ? {} : { display_tasks };
		return new LightResponse(201, { id: version.id, tasks, ...shown });
	});
}
