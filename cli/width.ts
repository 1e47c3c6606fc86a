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

/** The text in no more than so many columns; three dots in one stand for what is left out. */
export function shortTo(text: string, columns: number): string {
	if (widthOf(text) <= columns) return text;
	let short = '';
	for (const character of text) {
		if (widthOf(short + character) > columns - 1) break;
		short += character;
	}
	return `${short}…`;
}
