/** Milliseconds between two plain lines about the same phase. */
const PLAIN_EVERY_MS = 5000;

/**
 * Says on stderr what goes on: on a terminal in one line that is written over, elsewhere in plain
 * lines, one for each phase and then one every few seconds.
 */
export class Progress {
	readonly #stream: NodeJS.WriteStream;
	readonly #silent: boolean;
	#phase = '';
	#said = 0;

	constructor(silent: boolean, stream: NodeJS.WriteStream = process.stderr) {
		this.#silent = silent;
		this.#stream = stream;
	}

	report(phase: string, detail: string): void {
		if (this.#silent) return;
		const now = performance.now();
		if (this.#stream.isTTY) {
			const line = `${phase}: ${detail}`.slice(0, Math.max(20, (this.#stream.columns || 80) - 1));
			this.#stream.write(`\r\u{1b}[2K${line}`);
		} else if (phase !== this.#phase || now - this.#said > PLAIN_EVERY_MS) {
			this.#said = now;
			this.#stream.write(`${phase}: ${detail}\n`);
		}
		this.#phase = phase;
	}

	done(): void {
		if (!this.#silent && this.#stream.isTTY) this.#stream.write('\r\u{1b}[2K');
	}
}
