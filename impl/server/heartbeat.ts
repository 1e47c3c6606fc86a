import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import { accessTask } from './auth.ts';
import type { Context } from './context.ts';
import { lookBefore } from './looks.ts';
import { accept, refuse } from './reply.ts';

/** `POST task/{id}/heartbeat`: the agent lives, and learns of an abort (lifecycle 6.3, call 12). */
export async function heartbeat(
	context: Context,
	request: WireRequest,
	taskId: string,
): Promise<LightResponse> {
	const looked = await lookBefore(context, 'heartbeat', (tx) => tx.task(taskId));
	return context.store.transaction(async (tx) => {
		const access = await accessTask(context, tx, request, 'heartbeat', taskId);
		if (access instanceof LightResponse) return access;
		const now_ms = context.clock.now_ms();
		const beaten = access.archived ? null : context.rules.beat(access.task, now_ms);
		if (beaten === null)
			return refuse(409, 'refused_not_running', 'the execution is not in progress');
		await tx.saveTask(looked === undefined ? beaten : { ...looked, last_heartbeat_ms: now_ms });
		return access.task.aborted ? accept('abort', { abort: true }) : accept('ok');
	});
}
