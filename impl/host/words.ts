/**
 * Splits a command line into words as a POSIX shell does, without expanding anything: blanks separate,
 * quotes and backslashes keep together. Null when a quote is left open.
 */
export function splitWords(line: string): string[] | null {
	const words: string[] = [];
	let word: string | null = null;
	let quote: '"' | "'" | null = null;
	for (let index = 0; index < line.length; index++) {
		const character = line.charAt(index);
		if (quote !== null && character === quote) quote = null;
		else if (quote === "'") word += character;
		else if (character === '\\' && index + 1 < line.length) {
			const next = line.charAt(++index);
			const kept = quote === '"' && !/["\\$`]/.test(next) ? '\\' : '';
			word = (word ?? '') + kept + next;
		} else if (quote === null && (character === '"' || character === "'")) {
			quote = character;
			word ??= '';
		} else if (quote === null && /\s/.test(character)) {
			if (word !== null) words.push(word);
			word = null;
		} else word = (word ?? '') + character;
	}
	if (quote !== null) return null;
	if (word !== null) words.push(word);
	return words;
}
