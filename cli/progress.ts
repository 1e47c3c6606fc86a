/** Milliseconds between two plain lines about the same phase. */
const PLAIN_EVERY_MS = 5000;

/** As much of a stream as progress needs; a terminal or not. */
type Stream = Pick<NodeJS.WriteStream, 'isTTY'> & {
	readonly columns?: number;
	write(text: string): unknown;
};

/**
 * Says on stderr what goes on: on a terminal in one line that is written over, elsewhere in plain
 * lines, one for each phase and then one every few seconds.
 */
export class Progress {
	readonly #stream: Stream;
	readonly #silent: boolean;
	#phase = '';
	#said = 0;

	constructor(silent: boolean, stream: Stream = process.stderr) {
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
