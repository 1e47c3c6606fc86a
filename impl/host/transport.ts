import type { Route } from '../../model/vocabulary/message.ts';
import type { Connection, Envelope, Transport } from '../ports/transport.ts';
import type { WireResponse } from '../wire/exchange.ts';
import { BodyTooLarge, readLimited } from './limited-body.ts';
import { type Pace, toMilliseconds } from './timers.ts';

/** The longest that one attempt of a call may take, in seconds (lifecycle 1.5, 4.4). */
const ATTEMPT_S = 300;
const HEARTBEAT_ATTEMPT_S = 60;
/** The answers of these routes are a few short fields. */
const MAX_ANSWER_BYTES = 1_000_000;

export interface HttpOptions {
	/** The app server's address, such as `http://app:8080`. */
	readonly apiServer: string;
	readonly pace?: Pace;
}

/** Reaches the app server over HTTP, with connections that are kept alive. A closed connection aborts its request. */
export class HttpTransport implements Transport {
	readonly #base: string;
	readonly #pace: Pace;

	constructor({ apiServer, pace = 1 }: HttpOptions) {
		this.#base = baseOf(apiServer);
		this.#pace = pace;
	}

	open({ request, route }: Envelope): Connection {
		const closing = new AbortController();
		const signal = AbortSignal.any([closing.signal, this.#timeout(route)]);
		return {
			response: exchange(request.toRequest(this.#base), signal),
			close: () => closing.abort(),
		};
	}

	#timeout(route: Route): AbortSignal {
		const duration_s = route === 'heartbeat' ? HEARTBEAT_ATTEMPT_S : ATTEMPT_S;
		return AbortSignal.timeout(Math.ceil(toMilliseconds(duration_s, this.#pace)));
	}
}

/** Paths are appended to the address as it is (lifecycle 6), so that it must not end with a slash. */
export const baseOf = (apiServer: string): string => apiServer.replace(/\/+$/, '');

/** One attempt; null when it was closed, took too long, or broke at any point. */
async function exchange(request: Request, signal: AbortSignal): Promise<WireResponse | null> {
	try {
		// A redirection is not followed: it would carry the secrets to another server.
		const response = await fetch(request, { signal, redirect: 'manual' });
		const body = await readLimited(response, MAX_ANSWER_BYTES);
		return { status: response.status, json: async () => JSON.parse(body.toString('utf8')) };
	} catch (error) {
		if (error instanceof BodyTooLarge || isBroken(error)) return null;
		throw error;
	}
}

/** What `fetch` throws when the connection fails, and when it is aborted; anything else is a bug. */
export const isBroken = (error: unknown): boolean =>
	error instanceof TypeError || (error instanceof DOMException && ABORTED.has(error.name));

const ABORTED = new Set(['AbortError', 'TimeoutError']);
