import { closeSync, openSync, writeSync } from 'node:fs';
import type { Secret } from '../ports/configuration.ts';
import { Lines } from './lines.ts';
import { Redactor } from './redactor.ts';

/** Largest log of one execution, in bytes, unless told. */
export const MAX_LOG_BYTES = 64 * 1024 * 1024;

/**
 * The log of one execution: what its commands print, and what the agent says about them. No secret
 * reaches the file. Each write is in the file when it returns, so that a killed agent loses nothing.
 */
export class TaskLog {
	/** Is told what commands print, as it is written to the file, and why some print nothing. */
	echo: (text: string) => void = () => {};
	/** Called when a command has printed something. */
	onOutput: () => void = () => {};
	readonly #secrets: readonly Secret[];
	readonly #redactor: Redactor;
	readonly #most_bytes: number;
	#file: number | null;
	#bytes = 0;

	/** @throws an error of the file system when the file cannot be opened. */
	constructor(path: string, secrets: readonly Secret[], most_bytes = MAX_LOG_BYTES) {
		this.#secrets = secrets;
		this.#redactor = new Redactor(secrets);
		this.#most_bytes = most_bytes;
		this.#file = openSync(path, 'a', 0o600);
	}

	/** One line of the agent's own. */
	say(line: string): void {
		this.#write(this.#redactor.push(`[${new Date().toISOString()}] ${line}\n`));
	}

	/** One line of the agent's own that tells why a command printed nothing. */
	explain(line: string): void {
		const redactor = new Redactor(this.#secrets);
		this.echo(redactor.push(`${line}\n`) + redactor.flush());
		this.say(line);
	}

	/** Where one stream of a command goes; `silent`: it is awaited, but not kept. */
	stream(silent: boolean): Lines {
		return new Lines((lines) => {
			this.onOutput();
			if (silent) return;
			const text = this.#redactor.push(lines);
			this.echo(text);
			this.#write(text);
		});
	}

	close(): void {
		this.#write(this.#redactor.flush());
		this.#leaveOff();
	}

	#write(text: string): void {
		if (this.#file === null || text === '') return;
		const bytes = Buffer.from(text);
		const room = this.#most_bytes - this.#bytes;
		this.#bytes += bytes.length;
		this.#append(bytes.subarray(0, room));
		if (bytes.length <= room) return;
		this.#append(
			Buffer.from(`\n[the log has reached its limit of ${this.#most_bytes} bytes and ends here]\n`),
		);
		this.#leaveOff();
	}

	#append(bytes: Buffer): void {
		if (this.#file === null) return;
		try {
			for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
		} catch {
			// The disk is full, or gone: the task goes on without a log.
			this.#leaveOff();
		}
	}

	#leaveOff(): void {
		const file = this.#file;
		this.#file = null;
		if (file !== null) closeSync(file);
	}
}
