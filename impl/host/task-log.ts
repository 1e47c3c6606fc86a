import { closeSync, openSync, writeSync } from 'node:fs';
import type { Secret } from '../ports/configuration.ts';
import type { Sink } from './command-process.ts';
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
	/** For whole texts. */
	readonly #redactor: Redactor;
	/** One for each stream: what another prints in between must not tear a secret in two. */
	readonly #streams = new Set<Redactor>();
	readonly #most_bytes: number;
	#file: number | null;
	#bytes = 0;

	/** @throws an error of the file system when the file cannot be opened. */
	constructor(path: string, secrets: readonly Secret[], most_bytes = MAX_LOG_BYTES) {
		this.#redactor = new Redactor(secrets);
		this.#most_bytes = most_bytes;
		this.#file = openSync(path, 'a', 0o600);
	}

	/** The text as a log may show it. */
	redact(text: string): string {
		return this.#redactor.redact(text);
	}

	/** One line of the agent's own. */
	say(line: string): void {
		this.#write(this.redact(`[${new Date().toISOString()}] ${line}\n`));
	}

	/** One line of the agent's own that tells why a command printed nothing. */
	explain(line: string): void {
		this.echo(this.redact(`${line}\n`));
		this.say(line);
	}

	/** Where one stream of a command goes; `silent`: it is awaited, but not kept. */
	stream(silent: boolean): Sink {
		const redactor = this.#redactor.another();
		this.#streams.add(redactor);
		const lines = new Lines((lines) => {
			this.onOutput();
			if (!silent) this.#print(redactor.push(lines));
		});
		return {
			push: (bytes) => lines.push(bytes),
			flush: () => {
				lines.flush();
				this.#streams.delete(redactor);
				this.#print(redactor.flush());
			},
		};
	}

	close(): void {
		for (const redactor of this.#streams) this.#print(redactor.flush());
		this.#leaveOff();
	}

	#print(text: string): void {
		if (text === '') return;
		this.echo(text);
		this.#write(text);
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
