import { type Block, isWatched } from '../../model/vocabulary/project.ts';
import type { RenderedCommand, Shell } from '../ports/shell.ts';
import type { Cause } from './execution-outcome.ts';
import type { RenderedBlock } from './render.ts';

/** Background commands: those of main and the blocks before it are watched until work ends (lifecycle 4.6). */
export class Background {
	/** The block in which one was started last; null: none that may still run. */
	left: Block | null = null;
	/** The first one whose failure will fail the task, once it is noticed. */
	#failed: Pick<Cause, 'command' | 'exit'> | null = null;
	readonly #shell: Shell;

	readonly #noticesFailures: boolean;

	/** @param noticesFailures whether the failure of one can fail the task at all. */
	constructor(shell: Shell, noticesFailures: boolean) {
		this.#shell = shell;
		this.#noticesFailures = noticesFailures;
	}

	start(command: RenderedCommand, { block, canFailTask }: RenderedBlock): void {
		this.left = block;
		const counts = isWatched(block) && canFailTask && this.#noticesFailures;
		this.#shell.start(command, (exit) => {
			if (counts) this.#failed ??= { command, exit };
		});
	}

	/** The failure that is to be noticed now, if any. */
	noticeFailure(): Pick<Cause, 'command' | 'exit'> | null {
		return this.#failed;
	}

	/** Work is over: what runs is killed, what failed unnoticed is forgotten. */
	kill(): void {
		this.#shell.killBackground();
		this.left = null;
		this.#failed = null;
	}
}
