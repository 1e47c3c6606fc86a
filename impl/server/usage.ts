import type { LightResponse, WireRequest } from '../wire/exchange.ts';
import type { Context } from './context.ts';
import { forAgent } from './read.ts';
import { accept } from './reply.ts';

/** `POST task/{id}/s3_usage`: the last thing that is sent for an execution (call 18); nothing is kept of it. */
export const s3Usage = (
	context: Context,
	request: WireRequest,
	taskId: string,
): Promise<LightResponse> => forAgent(context, request, taskId, () => accept('ok'));
