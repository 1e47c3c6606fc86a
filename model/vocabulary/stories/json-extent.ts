/** How large a JSON text is, seen from outside. */
export interface JsonExtent {
	/** Lists and objects inside one another. */
	readonly depth: number;
	/** Values, near enough: every entry of a list or an object counts. */
	readonly values: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Measures a JSON text without reading it, so that what would take long to read or to check can be
 * refused first. It need not be JSON.
 */
export function jsonExtent(text: string): JsonExtent {
	let depth = 0;
	let deepest = 0;
	let values = 1;
	for (let at = 0; at < text.length; at++) {
		switch (text.charCodeAt(at)) {
			case QUOTE:
				at = endOfText(text, at);
				break;
			case 0x5b: // [
			case 0x7b: // {
				deepest = Math.max(deepest, ++depth);
				values++;
				break;
			case 0x5d: // ]
			case 0x7d: // }
				depth--;
				break;
			case 0x2c: // ,
				values++;
		}
	}
	return { depth: deepest, values };
}

/** Where the text that begins here ends. */
function endOfText(text: string, from: number): number {
	for (let at = from + 1; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === BACKSLASH) at++;
		else if (code === QUOTE) return at;
	}
	return text.length;
}
