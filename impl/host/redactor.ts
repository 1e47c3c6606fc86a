import type { Secret } from '../ports/configuration.ts';

/**
 * Replaces secrets in a text that comes in pieces. What may be the begin of a secret is held back
 * until the next piece decides, so that the result is that of the whole text, however it is cut:
 * the leftmost secret, and of several that begin there the longest.
 */
export class Redactor {
	readonly #names: ReadonlyMap<string, string>;
	/** Longest first. */
	readonly #values: readonly string[];
	readonly #pattern: RegExp | null;
	#held = '';

	constructor(secrets: readonly Secret[]) {
		const known = secrets.filter(({ value }) => value !== '');
		this.#names = new Map(known.map(({ name, value }) => [value, name]));
		this.#values = [...this.#names.keys()].sort((one, other) => other.length - one.length);
		this.#pattern =
			this.#values.length === 0 ? null : new RegExp(this.#values.map(toPattern).join('|'), 'g');
	}

	/** The text so far that is certain. */
	push(piece: string): string {
		if (this.#pattern === null) return piece;
		const text = this.#held + piece;
		let shown = '';
		for (let at = 0; ; ) {
			this.#pattern.lastIndex = at;
			const match = this.#pattern.exec(text);
			const open = this.#firstOpen(text, at, match?.index ?? text.length - 1);
			if (open !== null || match === null) {
				const end = open ?? text.length;
				this.#held = text.slice(end);
				return shown + text.slice(at, end);
			}
			shown += text.slice(at, match.index) + this.#replacementOf(match[0]);
			at = match.index + match[0].length;
		}
	}

	/** The rest: nothing follows. */
	flush(): string {
		const text = this.#held;
		this.#held = '';
		return this.#pattern === null
			? text
			: text.replace(this.#pattern, (value) => this.#replacementOf(value));
	}

	/** The first position up to `last` from which the text is the begin of a secret and no more. */
	#firstOpen(text: string, from: number, last: number): number | null {
		const longest = this.#values[0]?.length ?? 0;
		for (let at = Math.max(from, text.length - longest + 1); at <= last; at++) {
			const begin = text.charCodeAt(at);
			const isOpen = (value: string): boolean =>
				value.charCodeAt(0) === begin &&
				value.length > text.length - at &&
				value.startsWith(text.slice(at));
			if (this.#values.some(isOpen)) return at;
		}
		return null;
	}

	#replacementOf(value: string): string {
		return `<REDACTED:${this.#names.get(value) ?? ''}>`;
	}
}

const toPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
