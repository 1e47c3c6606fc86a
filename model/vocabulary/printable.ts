/** Control characters, and halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u{2028}\u{2029}]/gu;
/** Those that turn the direction of the text around them. */
const TURNING = /[\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu;

/** Whether a text holds nothing that a terminal or a file format could take for its own. */
export const isPrintable = (text: string): boolean => text.search(UNPRINTABLE) < 0;

const code = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;

/** The text with each such character written as its code, so that it can neither act, nor begin a line, nor turn one. */
export const printable = (text: string): string =>
	text.replace(UNPRINTABLE, code).replace(TURNING, code);
