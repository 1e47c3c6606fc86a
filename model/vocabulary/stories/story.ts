import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { bytesIn, damaged, type Story, storyIn, TOKEN_BYTES, tokenAround } from './token-text.ts';

// What knows nothing of Node stands by itself, as a browser reads and writes tokens too.
export {
	isToken,
	isUncheckable,
	STORY_LENGTH,
	Story,
	TOKEN_LENGTH,
	TokenError,
} from './token-text.ts';

/**
 * The whole story in one word: `v2.`, its compressed JSON, and a checksum of that. The checksum is there
 * for what happens to a word that is copied about: it is cut, a character changes, something is joined to
 * it. It is no proof of who made the token.
 */
export const toToken = (story: Story): string =>
	tokenAround(deflateRawSync(JSON.stringify(story), { level: 9 }));

/** @throws TokenError when the token is cut, altered, too long, of another version, or holds no story. */
export const fromToken = (token: string): Story => storyIn(unpacked(bytesIn(token)));

/** What was compressed; it has nothing behind its end. */
function unpacked(bytes: Uint8Array): Uint8Array {
	try {
		const { buffer, engine } = inflate(bytes);
		if (engine.bytesWritten === bytes.length) return buffer;
	} catch {}
	throw damaged();
}

/** With `info`, which the types of Node do not know, it tells how many bytes it took. */
const inflate = (bytes: Uint8Array) =>
	inflateRawSync(bytes, {
		maxOutputLength: TOKEN_BYTES,
		info: true,
	}) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
