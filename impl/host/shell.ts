import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Configuration, SetupFailed, type Work } from '../ports/configuration.ts';
import type { Foreground, RenderedCommand, Shell } from '../ports/shell.ts';
import type { CommandProcess } from './command-process.ts';
import { ExecutionShell } from './execution-shell.ts';
import { executionFolder } from './folders.ts';
import { Guardian } from './guardian.ts';
import { killOrphans } from './orphans.ts';
import { refusal } from './refusal.ts';
import { MARKER, type ShellOptions } from './shell-options.ts';

/** Runs commands as processes of this machine, one execution after another. */
export class RealShell implements Shell {
	readonly refusal = refusal;
	readonly #options: ShellOptions;
	readonly #guardian = new Guardian();
	/** What commands have left running, or run. */
	readonly #processes = new Set<CommandProcess>();
	#execution: ExecutionShell | null = null;
	/** The folder of the group that the host is set up for, between two of its tasks. */
	#groupFolder: string | null = null;

	/** Kills what an earlier agent of the same directory has left behind. */
	constructor(options: ShellOptions) {
		this.#options = options;
		killOrphans(MARKER, options.workingDirectory);
	}

	begin(work: Work, configuration: Configuration, isSetUp = false): void {
		const tasks = join(this.#options.workingDirectory, 'tasks');
		const own = executionFolder(tasks, work.execution);
		const folder = isSetUp ? (this.#groupFolder ?? own) : own;
		const host = { options: this.#options, guardian: this.#guardian, processes: this.#processes };
		try {
			this.#execution = new ExecutionShell(host, work, configuration, folder);
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

	/** A text without the secrets of the execution that runs. */
	redact(text: string): string {
		return this.#execution?.redact(text) ?? text;
	}

	killBackground(): void {
		this.#execution?.killBackground();
	}

	async finish(isSetUp = false): Promise<string | null> {
		const execution = this.#execution;
		this.#execution = null;
		if (execution === null) return null;
		this.#groupFolder = isSetUp ? execution.folder : null;
		return execution.finish(isSetUp);
	}

	/** Kills everything at once: for an agent that is about to exit. */
	killNow(): void {
		if (this.#execution !== null) this.#execution.killNow();
		else if (this.#groupFolder !== null) killOrphans(MARKER, this.#options.workingDirectory);
	}

	/** The shell is not used any more. */
	dismiss(): void {
		this.killNow();
		this.#guardian.dismiss();
		if (this.#groupFolder !== null)
			rmSync(this.#groupFolder, { recursive: true, force: true, maxRetries: 3 });
	}

	#current(): ExecutionShell {
		if (this.#execution === null) throw new Error('a command outside an execution');
		return this.#execution;
	}
}
