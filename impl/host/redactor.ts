import type { Secret } from '../ports/configuration.ts';
import { spellingsOf } from './spellings.ts';

/**
 * Replaces secrets, however they are spelt, in a text that comes in pieces. What may be the begin of a secret is held back
 * until the next piece decides, so that the result is that of the whole text, however it is cut:
 * the leftmost secret, and of several that begin there the longest.
 */
export class Redactor {
	readonly #names: ReadonlyMap<string, string>;
	/** By the character that they begin with. */
	readonly #values = new Map<number, string[]>();
	readonly #longest: number;
	readonly #pattern: RegExp | null;
	#held = '';

	constructor(secrets: readonly Secret[]) {
		const known = secrets.filter(({ value }) => value !== '');
		this.#names = new Map(
			known.flatMap(({ name, value }) =>
				[...spellingsOf(value)].map((text): [string, string] => [text, name]),
			),
		);
		const values = [...this.#names.keys()].sort((one, other) => other.length - one.length);
		for (const value of values) {
			const begin = value.charCodeAt(0);
			this.#values.set(begin, [...(this.#values.get(begin) ?? []), value]);
		}
		this.#longest = values[0]?.length ?? 0;
		this.#pattern = values.length === 0 ? null : new RegExp(values.map(toPattern).join('|'), 'g');
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

	/** A whole text. */
	redact(text: string): string {
		return this.push(text) + this.flush();
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
		for (let at = Math.max(from, text.length - this.#longest + 1); at <= last; at++) {
			const isOpen = (value: string): boolean =>
				value.length > text.length - at && value.startsWith(text.slice(at));
			if (this.#values.get(text.charCodeAt(at))?.some(isOpen) === true) return at;
		}
		return null;
	}

	#replacementOf(value: string): string {
		return `<REDACTED:${this.#names.get(value) ?? ''}>`;
	}
}

const toPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
