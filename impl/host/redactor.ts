import type { Secret } from '../ports/configuration.ts';
import { spellingsOf } from './spellings.ts';

/** The spellings of some secrets, and how they are found. */
interface Known {
	readonly names: ReadonlyMap<string, string>;
	/** By the code of the character that they begin with. */
	readonly byBegin: ReadonlyMap<number, readonly string[]>;
	readonly longest: number;
	/** Longest first; null for none. */
	readonly pattern: RegExp | null;
}

function knownOf(secrets: readonly Secret[]): Known {
	const names = new Map(
		secrets
			.filter(({ value }) => value !== '')
			.flatMap(({ name, value }) =>
				[...spellingsOf(value)].map((text): [string, string] => [text, name]),
			),
	);
	const values = [...names.keys()].sort((one, other) => other.length - one.length);
	const byBegin = new Map<number, string[]>();
	for (const value of values) {
		const begin = value.charCodeAt(0);
		byBegin.set(begin, [...(byBegin.get(begin) ?? []), value]);
	}
	const pattern = values.length === 0 ? null : new RegExp(values.map(toPattern).join('|'), 'g');
	return { names, byBegin, longest: values[0]?.length ?? 0, pattern };
}

/**
 * Replaces secrets, however they are spelt, in a text that comes in pieces. What may be the begin of a secret is held back
 * until the next piece decides, so that the result is that of the whole text, however it is cut:
 * the leftmost secret, and of several that begin there the longest.
 */
export class Redactor {
	readonly #known: Known;
	#held = '';

	constructor(secrets: readonly Secret[], known = knownOf(secrets)) {
		this.#known = known;
	}

	/** One for another text, with the same secrets. */
	another(): Redactor {
		return new Redactor([], this.#known);
	}

	/** The text so far that is certain. */
	push(piece: string): string {
		const { pattern } = this.#known;
		if (pattern === null) return piece;
		const text = this.#held + piece;
		let shown = '';
		for (let at = 0; ; ) {
			pattern.lastIndex = at;
			const match = pattern.exec(text);
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
		const { pattern } = this.#known;
		return pattern === null ? text : text.replace(pattern, (value) => this.#replacementOf(value));
	}

	/** The first position up to `last` from which the text is the begin of a secret and no more. */
	#firstOpen(text: string, from: number, last: number): number | null {
		const { longest, byBegin } = this.#known;
		for (let at = Math.max(from, text.length - longest + 1); at <= last; at++) {
			const values = byBegin.get(text.charCodeAt(at));
			if (values === undefined) continue;
			const rest = text.slice(at);
			const isOpen = (value: string): boolean =>
				value.length > rest.length && value.startsWith(rest);
			if (values.some(isOpen)) return at;
		}
		return null;
	}

	#replacementOf(value: string): string {
		return `<REDACTED:${this.#known.names.get(value) ?? ''}>`;
	}
}

const toPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
