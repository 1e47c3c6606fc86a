import type { CommandOutcome } from '../../model/vocabulary/event.ts';
import type { Details, EndDetails } from '../../model/vocabulary/message.ts';
import type { CommandType } from '../../model/vocabulary/project.ts';
import { kindOfLimit, type TimeLimit } from '../wire/end-detail.ts';
import type { RenderedBlock, RenderedCommand } from './render.ts';
import type { LocalStatus } from './status.ts';

/** What the blocks of an execution come to. */
export class Verdict {
	/** The failure type of the first command that made a block fail. */
	#failure: CommandType | null = null;
	/** The first time limit that ran out and failed the task. */
	limit: TimeLimit | null = null;

	/** A command made its block fail. */
	add(command: RenderedCommand, limit: TimeLimit | null): void {
		this.#failure ??= command.type;
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

	/** The end, composed with what was posted: that status if it is valid, else the blocks' (S15). */
	compose({ posted, typeWhenPosted }: LocalStatus): EndDetails {
		const timed_out = kindOfLimit(this.limit);
		// What came with the status goes along with it, for the app server to decide upon.
		const asks = posted?.retryable === true ? ({ retryable: true } as const) : {};
		const details = { description: '', timed_out, ...asks } as const;
		switch (posted?.status) {
			case undefined:
				return this.#failure === null
					? { ...details, status: 'success', type: null }
					: { ...details, status: 'failed', type: this.#failure };
			case 'success':
				return { ...details, status: 'success', type: null };
			case 'failed':
				return { ...details, status: 'failed', type: posted?.type ?? typeWhenPosted };
			default:
				return {
					status: 'failed',
					type: 'system',
					description: 'task has invalid status',
					timed_out,
					...asks,
				};
		}
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
			return block === 'pre' || block === 'post' ? block : null;
		default:
			return null;
	}
}
