import { isInProgress } from '../store/task-state.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import { accessTask } from './auth.ts';
import type { Context } from './context.ts';
import { accept, refuse } from './reply.ts';

/** `POST task/{id}/start`: the agent begins (lifecycle 6.3, call 11). Repeating it changes nothing (S10). */
export const start = (
	context: Context,
	request: WireRequest,
	taskId: string,
): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		const access = await accessTask(context, tx, request, 'start', taskId);
		if (access instanceof LightResponse) return access;
		if (access.archived || !isInProgress(access.task))
			return refuse(409, 'refused_not_running', 'the execution is not in progress');
		await tx.saveTask({
			...access.task,
			status: 'started',
			last_heartbeat_ms: context.clock.now_ms(),
		});
		return accept('ok');
	});
