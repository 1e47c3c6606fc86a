import { z } from 'zod';
import { Details } from '../../model/vocabulary/message.ts';

/**
 * The body of an end request (lifecycle 6.3, TaskEndDetail), as far as retries need it. A block's own
 * time limit is named after the block, as on the deployed wire.
 */
export const EndDetail = z.object({
	status: Details.shape.status,
	type: z.enum(['test', 'system', 'setup', '']).optional(),
	desc: Details.shape.description.optional(),
	timed_out: z.boolean().optional(),
	timeout_type: z.enum(['exec', 'idle', 'pre', 'post', '']).optional(),
});
export type EndDetail = z.infer<typeof EndDetail>;

export type TimeLimit = 'exec' | 'idle' | 'pre' | 'post';

/** What the agent sends; `limit` is the time limit that ran out first and failed the task. */
export function toEndDetail(details: Details, limit: TimeLimit | null): EndDetail {
	return {
		status: details.status,
		type: details.type ?? '',
		desc: details.description,
		timed_out: limit !== null,
		timeout_type: limit ?? '',
	};
}

/** What the app server keeps of it. */
export function fromEndDetail(detail: EndDetail): Details {
	return {
		status: detail.status,
		type: detail.type === '' ? null : (detail.type ?? null),
		description: detail.desc ?? '',
		timed_out: detail.timed_out === true ? toKind(detail.timeout_type) : null,
	};
}

function toKind(limit: EndDetail['timeout_type']): Details['timed_out'] {
	switch (limit) {
		case 'exec':
		case 'idle':
			return limit;
		case 'pre':
		case 'post':
			return 'block';
		case '':
		case undefined:
			return null;
	}
}

export const kindOfLimit = (limit: TimeLimit | null): Details['timed_out'] => toKind(limit ?? '');
