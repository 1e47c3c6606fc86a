import type { Awaitable, Transaction } from '../store/store.ts';
import { isInProgress } from '../store/task-state.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import { type Access, accessTask } from './auth.ts';
import type { Context } from './context.ts';
import { refuse } from './reply.ts';

type Answer = (access: Access, tx: Transaction) => Awaitable<LightResponse>;

/** Answers an agent that asks on behalf of an execution; an ended one is answered for an hour more. */
export const forAgent = (
	context: Context,
	request: WireRequest,
	taskId: string,
	answer: Answer,
): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		const access = await accessTask(context, tx, request, 'read', taskId);
		return access instanceof LightResponse ? access : answer(access, tx);
	});

/** The same, while the execution is in progress only: what an agent needs before it starts. */
export const forRunningAgent = (
	context: Context,
	request: WireRequest,
	taskId: string,
	answer: Answer,
): Promise<LightResponse> =>
	forAgent(context, request, taskId, (access, tx) =>
		access.archived !== null || !isInProgress(access.task)
			? refuse(409, 'refused_not_running', 'the execution is not in progress')
			: answer(access, tx),
	);
