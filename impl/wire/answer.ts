import { z } from 'zod';
import { Outcome } from '../../model/vocabulary/message.ts';
import type { WireResponse } from './exchange.ts';

/** The body of a reply: an outcome that a program can read (S14), beside the wire's own fields. */
export const AnswerBody = z.object({
	outcome: Outcome.nullable(),
	task_id: z.string().optional(),
	task_secret: z.string().optional(),
	task_execution: z.int().min(0).optional(),
	/** next: the group that the task runs as a member of, and the version and build that it belongs to. */
	task_group: z.string().optional(),
	version: z.string().optional(),
	build: z.string().optional(),
	/** next: how often the group was restarted; some of its members may have kept their numbers (S23). */
	task_group_restarts: z.int().min(0).optional(),
	abort: z.boolean().optional(),
	/** next, end: the agent is to exit. */
	should_exit: z.boolean().optional(),
	status: z.int().optional(),
	error: z.string().optional(),
});
export type AnswerBody = z.infer<typeof AnswerBody>;

/** An answer as its receiver understands it. */
export interface Answer {
	readonly status: number;
	readonly body: AnswerBody;
}

/** Whether an answer settles a call: a 4xx is never sent again, a 5xx is. */
export const isRefused = (status: number): boolean => status >= 400 && status < 500;

const UNREADABLE: AnswerBody = { outcome: null };

/** Reads an answer; null when it settles nothing: a 5xx, or a success whose body says nothing. */
export async function readAnswer(response: WireResponse): Promise<Answer | null> {
	const { status } = response;
	if (!isRefused(status) && (status < 200 || status > 299)) return null;
	const body = await response.json().then(
		(value) => AnswerBody.safeParse(value),
		() => null,
	);
	if (body?.success === true) return { status, body: body.data };
	return isRefused(status) ? { status, body: UNREADABLE } : null;
}
