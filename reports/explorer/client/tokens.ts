import {
	bytesIn,
	damaged,
	type Story,
	storyIn,
	TOKEN_BYTES,
	tokenAround,
} from '../../../model/vocabulary/stories/token-text.ts';

/** The token of a story, as Node makes it, but that a browser may compress a little less. */
export async function toToken(story: Story): Promise<string> {
	const bytes = new TextEncoder().encode(JSON.stringify(story));
	return tokenAround(await through(bytes, new CompressionStream('deflate-raw')));
}

/** @throws TokenError when the token is cut, altered, too long, of another version, or holds no story. */
export async function fromToken(token: string): Promise<Story> {
	const bytes = bytesIn(token);
	let text: Uint8Array;
	try {
		// What stands behind the end is refused by the stream itself.
		text = await through(bytes, new DecompressionStream('deflate-raw'));
	} catch {
		throw damaged();
	}
	return storyIn(text);
}

async function through(
	bytes: Uint8Array<ArrayBuffer>,
	stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
	const writer = stream.writable.getWriter();
	const written = Promise.all([writer.write(bytes), writer.close()]);
	// It is the reader that is told of what is wrong.
	written.catch(() => {});
	const parts: Uint8Array[] = [];
	let length = 0;
	const reader = stream.readable.getReader();
	for (let read = await reader.read(); !read.done; read = await reader.read()) {
		parts.push(read.value);
		length += read.value.length;
		if (length > TOKEN_BYTES) {
			await reader.cancel();
			throw damaged();
		}
	}
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
