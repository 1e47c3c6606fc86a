import type { Exit } from '../../model/vocabulary/command.ts';
import type { Details, EndDetails } from '../../model/vocabulary/message.ts';
import type { Ended, RenderedCommand } from '../ports/shell.ts';
import { BLOCK_LIMITS, kindOfLimit, type TimeLimit } from '../wire/end-detail.ts';
import { type Remarks, remarksOf } from '../wire/remarks.ts';
import { describeCommand } from './describe-command.ts';
import type { RenderedBlock } from './render.ts';
import type { LocalStatus } from './status.ts';

/** What made a block fail. */
export interface Cause {
	readonly command: RenderedCommand;
	/** The time limit that ran out. */
	readonly limit: TimeLimit | null;
	/** How the process of the command ended, if it was one that ended by itself. */
	readonly exit: Exit | undefined;
}

/** What the blocks of an execution come to. */
export class ExecutionOutcome {
	/** What made a block fail, oldest first. */
	readonly #causes: Cause[] = [];

	/** A command made its block fail. */
	add(cause: Cause): void {
		this.#causes.push(cause);
	}

	/** The first time limit that ran out and failed the task. */
	get limit(): TimeLimit | null {
		return firstLimit(this.#causes);
	}

	/** The end of an execution that could not be set up (lifecycle 4.2). */
	static ofSetupFailure(): Details {
		return {
			status: 'failed',
			type: 'system',
			description: 'task system-failed for unknown reasons',
			timed_out: null,
		};
	}

	/** What goes with the end: the words that were posted, and the command that failed the task, if one did. */
	remarks({ remarks }: LocalStatus, { status }: Details): Remarks | null {
		const [failing] = this.#causes;
		if (status === 'success' || failing === undefined) return remarks;
		const { desc = '', failure_metadata_tags = [] } = remarks ?? {};
		return remarksOf(desc, failure_metadata_tags, describeCommand(failing.command));
	}

	/** What the end is composed of. */
	composed(status: LocalStatus): Composed {
		return { causes: this.#causes, status };
	}
}

/** What the end of an execution is composed of. */
export interface Composed {
	/** What made a block fail, oldest first: the first one failed the task. */
	readonly causes: readonly Cause[];
	readonly status: LocalStatus;
}

const firstLimit = (causes: readonly Cause[]): TimeLimit | null =>
	causes.find(({ limit }) => limit !== null)?.limit ?? null;

/** The end, composed with what was posted: that status if it is valid, else the blocks' (S15). */
export function composeEnd({ causes, status }: Composed): EndDetails {
	const [failing] = causes;
	const { posted, typeWhenPosted } = status;
	const timed_out = kindOfLimit(firstLimit(causes));
	// What came with the status goes along with it, for the app server to decide upon.
	const asks = posted?.retryable === true ? ({ retryable: true } as const) : {};
	const exited = failing?.exit === undefined ? {} : { exit: failing.exit };
	const details = { description: '', timed_out, ...asks } as const;
	if (posted === null)
		return failing === undefined
			? { ...details, status: 'success', type: null }
			: { ...details, ...exited, status: 'failed', type: failing.command.type };
	switch (posted.status) {
		case 'success':
			return { ...details, status: 'success', type: null };
		case 'failed':
			return { ...details, ...exited, status: 'failed', type: posted.type ?? typeWhenPosted };
		default:
			return {
				status: 'failed',
				type: 'system',
				description: 'task has invalid status',
				timed_out,
				...exited,
				...asks,
			};
	}
}

/** The time limit that an outcome speaks of; a block's own limit bears its name. */
export function limitOf(outcome: Ended['outcome'], { block }: RenderedBlock): TimeLimit | null {
	switch (outcome) {
		case 'timed-out-exec':
			return 'exec';
		case 'timed-out-idle':
			return 'idle';
		case 'timed-out-block':
			return BLOCK_LIMITS.find((name) => name === block) ?? null;
		default:
			return null;
	}
}
