import { z } from 'zod';
import { Exit } from '../../model/vocabulary/command.ts';
import { Details, type EndDetails } from '../../model/vocabulary/message.ts';
import type { Block } from '../../model/vocabulary/project.ts';
import { type Remarks, remarksOf } from './remarks.ts';

/** The blocks whose own time limit can fail a task. */
export const BLOCK_LIMITS = [
	'pre',
	'setup_group',
	'setup_task',
	'post',
	'teardown_task',
] as const satisfies readonly Block[];

/**
 * The body of an end request (lifecycle 6.3, TaskEndDetail), as far as retries need it. A block's own
 * time limit is named after the block, as on the deployed wire.
 */
export const EndDetail = z.object({
	status: Details.shape.status,
	type: z.enum(['test', 'system', 'setup', '']).optional(),
	/** One of the agent's own sentences, or what a process on the host said. */
	desc: z.string().optional(),
	/** The first command that made a block fail, in full. */
	failing_command: z.string().optional(),
	/** How its process ended: the code, or the signal. Ours alone: the deployed wire has no such field, and passes it over. */
	failing_command_exit: Exit.optional(),
	failure_metadata_tags: z.array(z.string()).nullish(),
	timed_out: z.boolean().optional(),
	timeout_type: z.enum(['exec', 'idle', ...BLOCK_LIMITS, '']).optional(),
});
export type EndDetail = z.infer<typeof EndDetail>;

/** The same under the design in which an end may carry a request for a restart; others do not look at it. */
export const ForwardingEndDetail = EndDetail.extend({ retryable: z.literal(true).optional() });
type ForwardingEndDetail = z.infer<typeof ForwardingEndDetail>;

export type TimeLimit = 'exec' | 'idle' | (typeof BLOCK_LIMITS)[number];

/** The sentences that an agent makes by itself; the app server has others, which are no agent's to say. */
const AGENT_MADE = Details.shape.description.extract([
	'task has invalid status',
	'task system-failed for unknown reasons',
]).options;

const agentMade = (desc: string | undefined) => AGENT_MADE.find((sentence) => sentence === desc);

/**
 * What the agent sends; `limit` is the time limit that ran out first and failed the task. What the
 * agent has to say itself counts more than a remark.
 */
export function toEndDetail(
	details: EndDetails,
	limit: TimeLimit | null,
	remarks: Remarks | null = null,
): ForwardingEndDetail {
	const { desc = '', failure_metadata_tags = [], failing_command } = remarks ?? {};
	return {
		status: details.status,
		type: details.type ?? '',
		// Whoever says what is the agent's to say is not heard, rather than taken for the agent.
		desc: details.description || (agentMade(desc) === undefined ? desc : ''),
		timed_out: limit !== null,
		timeout_type: limit ?? '',
		...(failing_command === undefined ? {} : { failing_command }),
		...(details.exit === undefined ? {} : { failing_command_exit: details.exit }),
		...(details.retryable === undefined ? {} : { retryable: details.retryable }),
		...(failure_metadata_tags.length === 0
			? {}
			: { failure_metadata_tags: [...failure_metadata_tags] }),
	};
}

/** What the app server decides by. */
export function fromEndDetail(detail: EndDetail): Details {
	return {
		status: detail.status,
		type: detail.type === '' ? null : (detail.type ?? null),
		description: agentMade(detail.desc) ?? '',
		timed_out: detail.timed_out === true ? toKind(detail.timeout_type) : null,
		...(detail.failing_command_exit === undefined ? {} : { exit: detail.failing_command_exit }),
	};
}

/** What the app server keeps beside that. */
export const remarksIn = (detail: EndDetail): Remarks | null => {
	const { desc = '', failure_metadata_tags, failing_command } = detail;
	const said = agentMade(desc) === undefined ? desc : '';
	return remarksOf(said, failure_metadata_tags ?? [], failing_command);
};

function toKind(limit: EndDetail['timeout_type']): Details['timed_out'] {
	switch (limit) {
		case 'exec':
		case 'idle':
			return limit;
		case '':
		case undefined:
			return null;
		default:
			return 'block';
	}
}

export const kindOfLimit = (limit: TimeLimit | null): Details['timed_out'] => toKind(limit ?? '');
