import type { CommandOutcome } from '../../model/vocabulary/event.ts';
import type { RenderedCommand } from '../agent/render.ts';

/** What runs commands on a host, and watches their time limits. */
export interface Shell {
	run(command: RenderedCommand): Foreground;
	/** Starts a command that returns at once; `failed` is called if it fails while it is watched. */
	start(command: RenderedCommand, failed: () => void): void;
	/** Kills the commands that were started in the background. */
	killBackground(): void;
	/** Kills whatever runs. */
	killAll(): void;
}

export interface Foreground {
	/** `killed` when nobody but the agent ended it: no failure (guarantees, "Failed command"). */
	readonly outcome: Promise<CommandOutcome | 'killed'>;
	kill(): void;
}
