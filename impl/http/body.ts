import { refuse } from '../server/reply.ts';
import type { LightResponse, WireRequest } from '../wire/exchange.ts';

/** Largest body that is read. */
export const MAX_BODY_BYTES = 1_000_000;

export const TOO_LARGE = refuse(413, null, 'the body is larger than one megabyte');
const NO_ROOM = refuse(503, null, 'too many bodies are being received; send the request again');
/** Read by nobody, as a rule. */
const BROKEN_OFF = refuse(400, null, 'the body breaks off');

/** Whether a request declares a body that is larger; a length that is no number is none. */
export function isTooLarge(request: Request): boolean {
	const declared = request.headers.get('Content-Length');
	return declared !== null && !(Number(declared) <= MAX_BODY_BYTES);
}

/** A body that is not read to its end, and what its sender is told. */
export class BodyRefused extends Error {
	override name = 'BodyRefused';
	readonly answer: LightResponse;

	constructor(answer: LightResponse) {
		super('the body is not read');
		this.answer = answer;
	}
}

/** Most bytes of bodies that are held at a time, of all requests together. */
const MOST_HELD_BYTES = 32_000_000;

/** What the bodies of all requests under way take of the memory. */
export class BodyRoom {
	readonly #most_bytes: number;
	#held_bytes = 0;

	constructor(most_bytes = MOST_HELD_BYTES) {
		this.#most_bytes = most_bytes;
	}

	/** False when there is no room for so many. */
	take(bytes: number): boolean {
		if (this.#held_bytes + bytes > this.#most_bytes) return false;
		this.#held_bytes += bytes;
		return true;
	}

	give(bytes: number): void {
		this.#held_bytes -= bytes;
	}
}

/** A request whose body is read when it is asked for: by then it is known who sends it. */
export class LimitedRequest implements WireRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: WireRequest['headers'];
	readonly #request: Request;
	readonly #room: BodyRoom;
	#held_bytes = 0;

	constructor(request: Request, room: BodyRoom) {
		this.method = request.method;
		this.url = request.url;
		this.headers = request.headers;
		this.#request = request;
		this.#room = room;
	}

	/**
	 * @throws SyntaxError when the body is not JSON, or holds text that not every store can keep.
	 * @throws BodyRefused when it is too large, when all bodies together are, or when it breaks off.
	 */
	async json(): Promise<unknown> {
		const text = await this.#text();
		const value: unknown = JSON.parse(text);
		if (ODD_ESCAPE.test(text)) refuseOddText(value);
		return value;
	}

	/** The body is not needed any more. */
	release(): void {
		this.#room.give(this.#held_bytes);
		this.#held_bytes = 0;
	}

	async #text(): Promise<string> {
		const request = this.#request;
		try {
			// On a socket a request without a length has no body, unless it comes in chunks.
			if (request.method !== 'GET' && request.headers.get('Transfer-Encoding') !== null)
				return await this.#readChunks(request.body);
			this.#hold(Number(request.headers.get('Content-Length') ?? 0));
			return await request.text();
		} catch (error) {
			throw error instanceof BodyRefused ? error : new BodyRefused(BROKEN_OFF);
		}
	}

	async #readChunks(body: Request['body']): Promise<string> {
		const decoder = new TextDecoder();
		let text = '';
		// Leaving the loop early lets go of the body.
		for await (const chunk of body ?? []) {
			this.#hold(chunk.byteLength);
			text += decoder.decode(chunk, { stream: true });
		}
		return text + decoder.decode();
	}

	#hold(bytes: number): void {
		if (!(this.#held_bytes + bytes <= MAX_BODY_BYTES)) throw new BodyRefused(TOO_LARGE);
		if (!this.#room.take(bytes)) throw new BodyRefused(NO_ROOM);
		this.#held_bytes += bytes;
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
