import { closeSync, constants, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Exit } from '../../model/vocabulary/command.ts';

/** How a steered command is told to end, or to exit; when it is told nothing it waits, and is silent. */
export type CommandEnd = 'succeed' | 'fail' | Exit;

/**
 * Where steered commands wait for how to end: each is a real process that makes a named pipe and reads
 * one word from it. Their writing ends are held here, so that a command whose driver is gone reads
 * the end of its pipe, and ends.
 */
export class CommandPipes {
	readonly folder: string;
	readonly #pipes = new Map<string, number>();

	/** @param folder its own; made anew. */
	constructor(folder: string) {
		this.folder = folder;
		this.clear();
	}

	/** Whether the command runs and waits for how to end. */
	isWaiting(command: string): boolean {
		if (this.#pipes.has(command)) return true;
		const pipe = openForWriting(join(this.folder, command));
		if (pipe === null) return false;
		this.#pipes.set(command, pipe);
		return true;
	}

	/** Whether the process that waits at its pipe still lives; it is not disturbed. */
	isOccupied(command: string): boolean {
		if (!this.#pipes.has(command)) return false;
		const pipe = openForWriting(join(this.folder, command));
		if (pipe !== null) closeSync(pipe);
		return pipe !== null;
	}

	direct(command: string, end: CommandEnd): void {
		const pipe = this.#pipes.get(command);
		if (pipe === undefined) throw new Error(`the command ${command} waits at no pipe`);
		this.#pipes.delete(command);
		writeSync(pipe, `${end}\n`);
		closeSync(pipe);
	}

	/** Nobody waits at the pipe of the command any more. */
	forget(command: string): void {
		const pipe = this.#pipes.get(command);
		if (pipe !== undefined) closeSync(pipe);
		this.#pipes.delete(command);
	}

	/** The commands whose pipes are held. */
	get waiting(): string[] {
		return [...this.#pipes.keys()];
	}

	/** Sends everybody off. */
	clear(): void {
		for (const command of this.waiting) this.forget(command);
		rmSync(this.folder, { recursive: true, force: true });
		mkdirSync(this.folder, { mode: 0o700, recursive: true });
	}
}

/** Opens a named pipe without waiting; null while nobody reads from it. */
function openForWriting(path: string): number | null {
	try {
		return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
	} catch (error) {
		if (
			error instanceof Error &&
			'code' in error &&
			(error.code === 'ENOENT' || error.code === 'ENXIO')
		)
			return null;
		throw error;
	}
}
