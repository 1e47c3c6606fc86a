import type { CommandOutcome, Exit } from '../../model/vocabulary/command.ts';
import type { Details, EndDetails } from '../../model/vocabulary/message.ts';
import type { RenderedCommand } from '../ports/shell.ts';
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
	/** The first command that made a block fail. */
	#failing: RenderedCommand | null = null;
	/** How that one exited. */
	#exit: Exit | undefined;
	/** The first time limit that ran out and failed the task. */
	limit: TimeLimit | null = null;

	/** A command made its block fail. */
	add({ command, limit, exit }: Cause): void {
		if (this.#failing === null) {
			this.#failing = command;
			this.#exit = exit;
		}
		this.limit ??= limit;
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
		if (status === 'success' || this.#failing === null) return remarks;
		const { desc = '', failure_metadata_tags = [] } = remarks ?? {};
		return remarksOf(desc, failure_metadata_tags, describeCommand(this.#failing));
	}

	/** What the end is composed of. */
	composed(status: LocalStatus): Composed {
		return { failing: this.#failing, exit: this.#exit, limit: this.limit, status };
	}
}

/** What the end of an execution is composed of. */
export interface Composed {
	/** The first command that made a block fail. */
	readonly failing: RenderedCommand | null;
	/** How that one exited. */
	readonly exit: Exit | undefined;
	readonly limit: TimeLimit | null;
	readonly status: LocalStatus;
}

/** The end, composed with what was posted: that status if it is valid, else the blocks' (S15). */
export function composeEnd({ failing, exit, limit, status }: Composed): EndDetails {
	const { posted, typeWhenPosted } = status;
	const timed_out = kindOfLimit(limit);
	// What came with the status goes along with it, for the app server to decide upon.
	const asks = posted?.retryable === true ? ({ retryable: true } as const) : {};
	const exited = exit === undefined ? {} : { exit };
	const details = { description: '', timed_out, ...asks } as const;
	switch (posted?.status) {
		case undefined:
			return failing === null
				? { ...details, status: 'success', type: null }
				: { ...details, ...exited, status: 'failed', type: failing.type };
		case 'success':
			return { ...details, status: 'success', type: null };
		case 'failed':
			return { ...details, ...exited, status: 'failed', type: posted?.type ?? typeWhenPosted };
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
export function limitOf(outcome: CommandOutcome, { block }: RenderedBlock): TimeLimit | null {
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
