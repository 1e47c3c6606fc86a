import { z } from 'zod';
import { readBody } from '../server/body.ts';
import type { ServerVariant } from '../server/context.ts';
import { refuse } from '../server/reply.ts';
import { isInProgress } from '../store/task-state.ts';
import { HEADER, LightResponse } from '../wire/exchange.ts';

/** A script names the execution that it belongs to, as the key does not. */
const MarkBody = z.object({ execution: z.int().min(0) });

/** Option 1: a service user's key lets a mark in, for whatever task it names. */
export const restServer = (key: string): ServerVariant => ({
	admit: async (context, request, taskId) => {
		const isKnown = context.sameSecret(request.headers.get(HEADER.serviceKey) ?? '', key);
		const named = isKnown ? await readBody(MarkBody, request) : null;
		return async (tx) => {
			if (named === null) return refuse(401, 'refused_credentials', 'no service user has this key');
			if (named instanceof LightResponse) return named;
			const task = await tx.task(taskId);
			if (task === undefined) return refuse(404, 'refused_credentials', 'no such task');
			return task.execution !== named.execution || !isInProgress(task)
				? refuse(400, 'refused_not_running', 'the execution is not in progress')
				: task;
		};
	},
});
