import { TIMING } from '../../model/vocabulary/setup.ts';
import { type Configuration, SetupFailed, type Work } from '../ports/configuration.ts';
import type { Ended, Foreground, RenderedCommand, Shell } from '../ports/shell.ts';
import type { Timers } from '../ports/timers.ts';
import { Background } from './background.ts';
import { type BlockRun, runBlock } from './blocks.ts';
import { consequence } from './consequence.ts';
import { render } from './render.ts';
import { LocalStatus } from './status.ts';

/** How a host left its group. */
export interface GroupLeft {
	/** Whether a task that was handed out before is still this agent's. */
	readonly isInTime: boolean;
	/** What could not be removed from the host, if anything. */
	readonly leftBehind: string | null;
}

/** A run of teardown_group: it belongs to the host and to no execution, so that nobody asks and nothing fails. */
export class GroupTeardown implements BlockRun {
	readonly background: Background;
	readonly status = new LocalStatus();
	readonly #shell: Shell;
	readonly #timers: Timers;
	#process: Foreground | null = null;
	#isGivenUp = false;

	constructor(shell: Shell, timers: Timers) {
		this.#shell = shell;
		this.#timers = timers;
		this.background = new Background(shell, false);
	}

	/** Runs the block where the last task of the group ran. */
	async toEnd(work: Work, configuration: Configuration): Promise<GroupLeft> {
		// Nothing is heard of a task that waits for this; for longer than *F* it is not waited for.
		const stopFence = this.#timers.after(TIMING.fence_s, 'fence', () => this.giveUp());
		const trouble = await this.#perform(work, configuration);
		stopFence();
		const leftBehind = trouble ?? (await this.#shell.finish(false));
		return { isInTime: !this.#isGivenUp, leftBehind };
	}

	async #perform(work: Work, configuration: Configuration): Promise<string | null> {
		try {
			await this.#shell.begin(work, configuration, true);
			await runBlock(this, render(configuration, this.#shell.refusal).leaveGroup);
			return null;
		} catch (error) {
			if (error instanceof SetupFailed) return error.message;
			throw error;
		}
	}

	giveUp(): void {
		this.#isGivenUp = true;
		this.#process?.kill();
	}

	async run(command: RenderedCommand): Promise<Ended> {
		if (this.#isGivenUp) return { outcome: 'killed' };
		this.#process = this.#shell.run(command);
		const ended = await this.#process.ended;
		this.#process = null;
		return ended;
	}

	async ask(): Promise<'done'> {
		return 'done';
	}

	consequence = consequence;

	fail(): void {}

	isCause(): boolean {
		return false;
	}

	async mark(): Promise<void> {}
}
