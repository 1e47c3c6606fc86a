import type { CommandOutcome, Exit, Position } from '../../model/vocabulary/command.ts';
import type { Command, CommandType } from '../../model/vocabulary/project.ts';
import type { Awaitable } from '../store/store.ts';
import type { Configuration, Work } from './configuration.ts';

/** A command as the agent runs it, with its failure type and its own flag (lifecycle 3.3). */
export interface RenderedCommand {
	readonly position: Position;
	readonly command: string;
	readonly type: CommandType;
	readonly background: boolean;
	readonly retry_on_failure: boolean;
	/** A command of the agent itself, which asks for a restart. */
	readonly asksForRestart?: true;
	/** It stands for an entry of its block that cannot be run at all, and says why. */
	readonly unrendered?: string;
	readonly display_name?: string;
	/** The function that it is a member of; of an entry that cannot be run, the one that is called. */
	readonly func?: string;
	/** Its parameters as YAML, expansions not yet replaced. */
	readonly params_yaml?: string;
	/** Its own idle limit, in seconds. */
	readonly timeout_secs?: number;
	/** Expansions of the call that it is a member of, not yet replaced themselves. */
	readonly vars?: Readonly<Record<string, string>>;
}

/** What runs commands on a host, and watches their time limits. */
export interface Shell {
	/**
	 * Why a command cannot be rendered; null when it can. A shell that has no such rule renders every command,
	 * and a call of an undefined function runs nothing on it, as in the model.
	 */
	readonly refusal?: Refusal;
	/**
	 * Gets ready for an execution, before its first command, or for teardown_group after the last one.
	 *
	 * @param isSetUp whether the host is set up for its group: then it works where the one before it did.
	 * @throws SetupFailed when the host cannot run it.
	 */
	begin(work: Work, configuration: Configuration, isSetUp: boolean): Awaitable<void>;
	run(command: RenderedCommand): Foreground;
	/** Starts a command that returns at once; `failed` is called if it fails while it is watched, with how its process ended. */
	start(command: RenderedCommand, failed: (exit?: Exit) => void): void;
	/** Kills the commands that were started in the background. */
	killBackground(): void;
	/**
	 * Kills whatever runs and removes what is left; when it is done, nothing of the execution runs any more.
	 * One sentence when that did not succeed, else null.
	 *
	 * @param isSetUp whether the host stays set up for its group: then the folder is left for the next one.
	 */
	finish(isSetUp: boolean): Awaitable<string | null>;
}

export type Refusal = (command: Command) => string | null;

export interface Foreground {
	readonly ended: Promise<Ended>;
	kill(): void;
}

/** How a foreground command ended. */
export interface Ended {
	/** `killed` when nobody but the agent ended it: no failure (guarantees, "Failed command"). */
	readonly outcome: CommandOutcome | 'killed';
	/** Of one that failed: how its process ended, if it was one. */
	readonly exit?: Exit | undefined;
}
