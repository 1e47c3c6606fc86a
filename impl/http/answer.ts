import type { Context as HonoContext } from 'hono';
import type { Logger } from 'pino';
import type { Context } from '../server/context.ts';
import { refuse } from '../server/reply.ts';
import { accessUser } from '../server/users.ts';
import { StoreError } from '../store/sql/errors.ts';
import { LightResponse } from '../wire/exchange.ts';
import { LimitedRequest } from './body.ts';
import type { Ids, Route } from './route.ts';

export const TOO_LARGE = refuse(413, null, 'the body is larger than one megabyte');
const NO_SUCH_ID = refuse(404, null, 'there is nothing of this id');
const FAILED = refuse(500, null, 'the server failed; send the request again');
export const UNAVAILABLE = refuse(503, null, 'the store does not answer; send the request again');

/** Answers a request for a route: limits, then the user's credentials, then the handler. Never throws. */
export async function answerRoute(
	context: Context,
	log: Logger,
	route: Route,
	c: HonoContext,
): Promise<LightResponse> {
	const ids = idsOf(c);
	if (ids === null) return NO_SUCH_ID;
	try {
		const request = await LimitedRequest.of(c.req.raw);
		if (request === null) return TOO_LARGE;
		if (route.access === 'user' || route.access === 'admin') {
			const user = await accessUser(context, request, route.access);
			if (user instanceof LightResponse) return user;
		}
		return await route.handle(context, request, ids);
	} catch (error) {
		log.error({ err: error, route: route.name }, 'a request failed');
		return error instanceof StoreError ? UNAVAILABLE : FAILED;
	}
}

/** The ids in the path; null when one holds NUL, which no store can keep. */
function idsOf(c: HonoContext): Ids | null {
	const param = (name: keyof Ids): string => c.req.param(name) ?? '';
	const ids: Ids = {
		host: param('host'),
		task: param('task'),
		version: param('version'),
		project: param('project'),
		user: param('user'),
	};
	return Object.values(ids).some((id) => id.includes('\0')) ? null : ids;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const BINARY_TYPE = { 'Content-Type': 'application/octet-stream' };

/** What a handler answers, as it goes over a socket. */
export function toResponse({ status, body }: LightResponse): Response {
	return body instanceof Uint8Array
		? new Response(new Uint8Array(body), { status, headers: BINARY_TYPE })
		: new Response(JSON.stringify(body), { status, headers: JSON_TYPE });
}
