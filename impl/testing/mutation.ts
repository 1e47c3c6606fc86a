import { dice } from '../../model/vocabulary/dice.ts';

/** A source of choices; the same seed makes the same choices. */
export class Choices {
	readonly #roll: () => number;

	constructor(seed: number) {
		this.#roll = dice(seed);
	}

	/** A whole number from 0 up to, not including, the bound. */
	below(bound: number): number {
		return Math.floor(this.#roll() * bound);
	}

	/** True once in so many times. */
	once(times: number): boolean {
		return this.below(times) === 0;
	}

	of<Value>(values: readonly Value[]): Value {
		const value = values[this.below(values.length)];
		if (value === undefined) throw new Error('nothing to choose from');
		return value;
	}
}

/** Texts that have broken programs before. */
export const ODD_TEXTS: readonly string[] = [
	'\\u0000',
	'\\ud800',
	'"__proto__":{"x":1},',
	'"constructor":1,',
	'null',
	'[]',
	'{}',
	'-0',
	'1e999',
	'9007199254740993',
	'[['.repeat(500),
	'"',
	'\\',
	'\u{1f600}',
	'\uffff',
	'\r\n',
	"'; DROP TABLE tasks; --",
	'x'.repeat(5000),
];

/** The text with some of it cut, doubled, swapped or replaced. */
export function mutate(text: string, choices: Choices): string {
	let mutated = text;
	for (let count = choices.below(4); count >= 0; count--) {
		const at = choices.below(mutated.length + 1);
		const to = Math.min(mutated.length, at + choices.below(12));
		const [before, part, after] = [mutated.slice(0, at), mutated.slice(at, to), mutated.slice(to)];
		switch (choices.below(4)) {
			case 0:
				mutated = before + after;
				break;
			case 1:
				mutated = before + part + part + after;
				break;
			case 2:
				mutated = before + choices.of(ODD_TEXTS) + after;
				break;
			default:
				mutated = before + String.fromCharCode(32 + choices.below(95)) + after;
		}
	}
	return mutated;
}
