import type { RenderedCommand } from '../agent/render.ts';
import { type Configuration, SetupFailed, type Work } from '../ports/configuration.ts';
import type { Foreground, Shell } from '../ports/shell.ts';
import { ExecutionShell } from './execution-shell.ts';
import { Guardian } from './guardian.ts';
import { MARKER, type ShellOptions } from './shell-options.ts';
import { killStrays } from './strays.ts';

/** Runs commands as processes of this machine, one execution after another. */
export class RealShell implements Shell {
	readonly #options: ShellOptions;
	readonly #guardian = new Guardian();
	#execution: ExecutionShell | null = null;

	/** Kills what an earlier agent of the same directory has left behind. */
	constructor(options: ShellOptions) {
		this.#options = options;
		killStrays(MARKER, options.workingDirectory);
	}

	begin(work: Work, configuration: Configuration): void {
		try {
			this.#execution = new ExecutionShell(this.#options, this.#guardian, work, configuration);
		} catch (error) {
			if (error instanceof Error && 'syscall' in error) throw new SetupFailed(error.message);
			throw error;
		}
	}

	run(command: RenderedCommand): Foreground {
		return this.#current().run(command);
	}

	start(command: RenderedCommand, failed: () => void): void {
		this.#current().start(command, failed);
	}

	killBackground(): void {
		this.#execution?.killBackground();
	}

	async finish(): Promise<string | null> {
		const execution = this.#execution;
		this.#execution = null;
		return (await execution?.finish()) ?? null;
	}

	/** Kills everything at once: for an agent that is about to exit. */
	killNow(): void {
		this.#execution?.killNow();
	}

	/** The shell is not used any more. */
	dismiss(): void {
		this.killNow();
		this.#guardian.dismiss();
	}

	#current(): ExecutionShell {
		if (this.#execution === null) throw new Error('a command outside an execution');
		return this.#execution;
	}
}
