import type { Exit, PostedStatus, Remarks } from '../vocabulary/command.ts';
import type { Details, EndDetails } from '../vocabulary/message.ts';
import type { CommandType } from '../vocabulary/project.ts';

/** What decides how an execution ends. */
export interface EndCauses {
	/** The status posted last, and the type of the command that ran then. */
	posted: (PostedStatus & { commandType: CommandType }) | null;
	/** The type of the first command that made a block fail. */
	failed: CommandType | null;
	/** How the process of that command ended. */
	exit: Exit | null;
	/** The first time limit that failed the task. */
	timedOut: 'exec' | 'idle' | 'block' | null;
}

/** How an execution ends (S15): the posted status if valid, else that of the blocks; an invalid one is a system failure. How the command that failed the task exited goes along, and a request for a restart that came with the status. */
export function endDetails(causes: EndCauses): EndDetails {
	const { status, ...why } = withoutRequest(causes);
	return {
		status,
		...why,
		...(status === 'failed' && causes.exit !== null ? { exit: causes.exit } : {}),
		...(causes.posted?.retryable === true ? { retryable: true } : {}),
	};
}

/** The sentences that are the agent's to say, and nobody else's. */
const OWN: readonly string[] = [
	'task has invalid status',
	'task system-failed for unknown reasons',
] satisfies Details['description'][];

/** What goes with the end in the words of who posted last; the agent's own sentence, where it has one, stands in place of theirs. */
export function remarksAtEnd(causes: EndCauses): { remarks?: Remarks } {
	const { desc = '', tags } = causes.posted?.remarks ?? {};
	const isTheirs = withoutRequest(causes).description === '' && !OWN.includes(desc);
	const remarks = {
		...(isTheirs && desc !== '' ? { desc } : {}),
		...(tags === undefined ? {} : { tags }),
	};
	return Object.keys(remarks).length === 0 ? {} : { remarks };
}

function withoutRequest({ posted, failed, timedOut }: EndCauses): Details {
	if (posted !== null && posted.status !== 'success' && posted.status !== 'failed')
		return {
			status: 'failed',
			type: 'system',
			description: 'task has invalid status',
			timed_out: timedOut,
		};
	if (posted?.status === 'success')
		return { status: 'success', type: null, description: '', timed_out: timedOut };
	if (posted !== null)
		return {
			status: 'failed',
			type: posted.type ?? posted.commandType,
			description: '',
			timed_out: timedOut,
		};
	if (failed !== null)
		return { status: 'failed', type: failed, description: '', timed_out: timedOut };
	return { status: 'success', type: null, description: '', timed_out: timedOut };
}
