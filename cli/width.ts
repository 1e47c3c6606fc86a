/** Takes no column. */
const NARROW = /^[\p{M}\p{Cf}]/u;
/** Takes two columns of a terminal. */
const WIDE =
	/^[\u{1100}-\u{115f}\u{2e80}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
	let width = 0;
	for (const character of text) width += NARROW.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
	return width;
}

/** The text in no more than so many columns; what is left out is two dots. */
export function shortTo(text: string, most: number): string {
	if (widthOf(text) <= most) return text;
	if (most < 2) return '';
	const [kept] = brokenAt(text, most - 2);
	return `${kept}..`;
}

/** The text in lines of so many columns, broken between words; a longer word is broken itself. */
export function wrapped(text: string, columns: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line !== '' && widthOf(line) + 1 + widthOf(word) > columns) {
			lines.push(line);
			line = '';
		}
		line = line === '' ? word : `${line} ${word}`;
		while (widthOf(line) > columns) {
			const [first, rest] = brokenAt(line, columns);
			lines.push(first);
			line = rest;
		}
	}
	return [...lines, line];
}

/** What fits into so many columns, at least one character, and the rest. */
function brokenAt(text: string, columns: number): [string, string] {
	let first = '';
	for (const character of text) {
		if (first !== '' && widthOf(first + character) > columns) break;
		first += character;
	}
	return [first, text.slice(first.length)];
}
