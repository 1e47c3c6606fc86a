/** Control characters, and halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u{2028}\u{2029}]/gu;

/** Whether a text holds nothing that a terminal or a file format could take for its own. */
export const isPrintable = (text: string): boolean => text.search(UNPRINTABLE) < 0;

/** The text with each such character written as its code, so that it can neither act nor begin a line. */
export const printable = (text: string): string =>
	text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
