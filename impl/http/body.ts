import type { WireRequest } from '../wire/exchange.ts';

/** Largest body that is read. */
export const MAX_BODY_BYTES = 1_000_000;

/** Whether a request declares a body that is larger; a length that is no number is none. */
export function isTooLarge(request: Request): boolean {
	const declared = request.headers.get('Content-Length');
	return declared !== null && !(Number(declared) <= MAX_BODY_BYTES);
}

/** A request whose body has been found to be small enough, and is still to be read. */
export class LimitedRequest implements WireRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: WireRequest['headers'];
	readonly #text: () => Promise<string>;

	private constructor(request: Request, text: () => Promise<string>) {
		this.method = request.method;
		this.url = request.url;
		this.headers = request.headers;
		this.#text = text;
	}

	/**
	 * Null when the body is too large. One that comes in chunks is read here, up to the limit; any other
	 * only when it is asked for, as on a socket a request without a length has no body.
	 */
	static of(request: Request): LimitedRequest | null | Promise<LimitedRequest | null> {
		if (isTooLarge(request)) return null;
		return request.method === 'GET' || request.headers.get('Transfer-Encoding') === null
			? new LimitedRequest(request, () => request.text())
			: LimitedRequest.#ofChunks(request);
	}

	static async #ofChunks(request: Request): Promise<LimitedRequest | null> {
		const text = await readUpTo(MAX_BODY_BYTES, request.body);
		return text === null ? null : new LimitedRequest(request, () => Promise.resolve(text));
	}

	/** @throws SyntaxError when the body is not JSON, or holds text that not every store can keep. */
	async json(): Promise<unknown> {
		const text = await this.#text();
		const value: unknown = JSON.parse(text);
		if (ODD_ESCAPE.test(text)) refuseOddText(value);
		return value;
	}
}

async function readUpTo(limit: number, body: Request['body']): Promise<string | null> {
	if (body === null) return '';
	const decoder = new TextDecoder();
	let bytes = 0;
	let text = '';
	const reader = body.getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return text + decoder.decode();
		bytes += value.length;
		if (bytes > limit) {
			await reader.cancel();
			return null;
		}
		text += decoder.decode(value, { stream: true });
	}
}

/** How NUL and halves of surrogate pairs are written in JSON; they have no other way in. */
const ODD_ESCAPE = /\\u(?:0000|[dD][89a-fA-F])/;

/** No store keeps all of these. */
const ODD_TEXT = /[\0\p{Surrogate}]/u;

function refuseOddText(value: unknown): void {
	const left: unknown[] = [value];
	while (left.length > 0) {
		const next = left.pop();
		if (typeof next === 'string') {
			if (ODD_TEXT.test(next)) throw new SyntaxError('text that is no Unicode');
		} else if (next !== null && typeof next === 'object') {
			for (const [key, member] of Object.entries(next)) left.push(key, member);
		}
	}
}
