/** A body is larger than its reader allows. */
export class BodyTooLarge extends Error {
	override name = 'BodyTooLarge';
}

/**
 * Reads a body whole, so that it can be judged whole.
 *
 * @throws BodyTooLarge as soon as it is longer than `most_bytes`; the rest is not read.
 */
export async function readLimited(
	{ body }: Pick<Response, 'body'>,
	most_bytes: number,
): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of body ?? []) {
		bytes += chunk.byteLength;
		if (bytes > most_bytes) throw new BodyTooLarge(`more than ${most_bytes} bytes`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
