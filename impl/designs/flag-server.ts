import { accessTask } from '../server/auth.ts';
import type { ServerVariant } from '../server/context.ts';
import { refuse } from '../server/reply.ts';
import { isInProgress } from '../store/task-state.ts';
import { LightResponse } from '../wire/exchange.ts';

/** Options 3 and 4: the secrets of the execution and of the host that runs it let a mark in (S8). */
export const flagServer: ServerVariant = {
	admit: (context, request, taskId) => async (tx) => {
		const access = await accessTask(context, tx, request, 'mark', taskId);
		if (access instanceof LightResponse) return access;
		return access.archived !== null || !isInProgress(access.task)
			? refuse(400, 'refused_not_running', 'the execution is not in progress')
			: access.task;
	},
};
