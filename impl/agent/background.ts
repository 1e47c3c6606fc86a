import type { Position } from '../../model/vocabulary/command.ts';
import { isWatched } from '../../model/vocabulary/project.ts';
import type { RenderedCommand, Shell } from '../ports/shell.ts';
import type { RenderedBlock } from './render.ts';

const NOTHING: readonly Position[] = [];

/** The background commands of main and the blocks before it, which are watched until work ends (lifecycle 4.6). */
export class Background {
	/** Those that run, in the order in which they were started. */
	running: readonly Position[] = NOTHING;
	/** The first one whose failure will fail the task, once it is noticed. */
	#failed: RenderedCommand | null = null;
	readonly #shell: Shell;

	readonly #noticesFailures: boolean;

	/** @param noticesFailures whether the failure of one can fail the task at all. */
	constructor(shell: Shell, noticesFailures: boolean) {
		this.#shell = shell;
		this.#noticesFailures = noticesFailures;
	}

	start(command: RenderedCommand, { block, canFailTask }: RenderedBlock): void {
		const watched = isWatched(block);
		if (watched) this.running = [...this.running, command.position];
		this.#shell.start(command, () => {
			this.running = this.running.filter((position) => position !== command.position);
			if (watched && canFailTask && this.#noticesFailures) this.#failed ??= command;
		});
	}

	/** The failure that is to be noticed now, if any. */
	noticeFailure(): RenderedCommand | null {
		return this.#failed;
	}

	/** Work is over: what runs is killed, what failed unnoticed is forgotten. */
	kill(): void {
		if (this.running !== NOTHING) this.#shell.killBackground();
		this.running = NOTHING;
		this.#failed = null;
	}
}
