import type { LightResponse, WireRequest } from '../wire/exchange.ts';
import type { Context } from './context.ts';
import { takeBackGrant } from './grant.ts';
import { isInProgress } from './records.ts';
import { accept, refuse } from './reply.ts';

/** `POST tasks/{id}/abort`: a user aborts the execution in progress; a granted mark is withdrawn (S3). */
export async function abort(
	context: Context,
	request: WireRequest,
	taskId: string,
): Promise<LightResponse> {
	if (!context.admitsUser(request)) return refuse(401, 'refused_credentials', 'unknown user');
	return abortTask(context, taskId);
}

/** The same for somebody who may. */
export const abortTask = (context: Context, taskId: string): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		const task = await tx.task(taskId);
		if (task === undefined) return refuse(404, null, 'no such task');
		if (!isInProgress(task))
			return refuse(400, 'refused_not_running', 'the execution is not in progress');
		if (task.aborted) return accept('ok');
		const aborted = context.rules.abort(task);
		await tx.saveTask(
			aborted.restart_pending
				? { ...(await takeBackGrant(tx, aborted)), mark: 'withdrawn' }
				: aborted,
		);
		return accept('ok');
	});
