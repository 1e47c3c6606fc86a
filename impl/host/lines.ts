import { StringDecoder } from 'node:string_decoder';

/** The longest piece of a line that is held back, in characters. */
const LONGEST_LINE = 65_536;

/** Turns the bytes of one stream into whole lines, so that streams that share a log do not tear each other's. */
export class Lines {
	readonly #decoder = new StringDecoder('utf8');
	readonly #take: (lines: string) => void;
	#held = '';

	/** `take` gets one or more lines with their ends, or a piece of a very long one. */
	constructor(take: (lines: string) => void) {
		this.#take = take;
	}

	push(bytes: Buffer): void {
		const text = this.#held + this.#decoder.write(bytes);
		const end = text.length > LONGEST_LINE ? text.length : text.lastIndexOf('\n') + 1;
		this.#held = text.slice(end);
		if (end > 0) this.#take(text.slice(0, end));
	}

	/** The stream has ended, perhaps within a line. */
	flush(): void {
		const text = this.#held + this.#decoder.end();
		this.#held = '';
		if (text !== '') this.#take(`${text}\n`);
	}
}
