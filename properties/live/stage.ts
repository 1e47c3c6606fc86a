import { closeSync, constants, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** How a staged command is told to end; when it is told nothing it waits, and is silent. */
export type StageDirection = 'succeed' | 'fail' | 'panic';

/**
 * Where staged commands wait for their cue: each is a real process that makes a named pipe and reads
 * one word from it. Their writing ends are held here, so that a command whose director is gone reads
 * the end of its pipe, and ends.
 */
export class Stage {
	readonly folder: string;
	readonly #cues = new Map<string, number>();

	/** @param folder its own; made anew. */
	constructor(folder: string) {
		this.folder = folder;
		this.clear();
	}

	/** Whether the command is on stage and waits for its cue. */
	isWaiting(command: string): boolean {
		if (this.#cues.has(command)) return true;
		const cue = openForWriting(join(this.folder, command));
		if (cue === null) return false;
		this.#cues.set(command, cue);
		return true;
	}

	/** Whether the process that waits for its cue still lives; it is not disturbed. */
	isOccupied(command: string): boolean {
		if (!this.#cues.has(command)) return false;
		const cue = openForWriting(join(this.folder, command));
		if (cue !== null) closeSync(cue);
		return cue !== null;
	}

	direct(command: string, direction: StageDirection): void {
		const cue = this.#cues.get(command);
		if (cue === undefined) throw new Error(`the command ${command} is not on stage`);
		this.#cues.delete(command);
		writeSync(cue, `${direction}\n`);
		closeSync(cue);
	}

	/** Nobody waits for the command's cue any more. */
	forget(command: string): void {
		const cue = this.#cues.get(command);
		if (cue !== undefined) closeSync(cue);
		this.#cues.delete(command);
	}

	/** The commands whose cues are held. */
	get waiting(): string[] {
		return [...this.#cues.keys()];
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
