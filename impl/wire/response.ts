import type { LightResponse } from './exchange.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const BINARY_TYPE = { 'Content-Type': 'application/octet-stream' };
const LATER = { ...JSON_TYPE, 'Retry-After': '1' };

/** What a handler answers, as it goes over a socket. */
export function toResponse({ status, body }: LightResponse): Response {
	return body instanceof Uint8Array
		? new Response(new Uint8Array(body), { status, headers: BINARY_TYPE })
		: new Response(JSON.stringify(body), { status, headers: status === 503 ? LATER : JSON_TYPE });
}
