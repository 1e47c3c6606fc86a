import type { Context as HonoContext } from 'hono';
import type { Logger } from 'pino';
import type { Context } from '../server/context.ts';
import { refuse } from '../server/reply.ts';
import { accessUser } from '../server/users.ts';
import { StoreError } from '../store/sql/errors.ts';
import { LightResponse } from '../wire/exchange.ts';
import { LimitedRequest } from './body.ts';
import { ID_NAMES, type Ids, type Route } from './route.ts';

export const TOO_LARGE = refuse(413, null, 'the body is larger than one megabyte');
const NO_SUCH_ID = refuse(404, null, 'there is nothing of this id');
const FAILED = refuse(500, null, 'the server failed; send the request again');
export const UNAVAILABLE = refuse(
	503,
	null,
	'the store does not answer or is too busy; send the request again',
);

/** Answers requests for a route: limits, then the user's credentials, then the handler. Never throws. */
export function answerRoute(
	context: Context,
	log: Logger,
	route: Route,
): (c: HonoContext) => Promise<LightResponse> {
	const { access } = route;
	const names = ID_NAMES.filter((name) => route.path.includes(`{${name}}`));
	return async (c) => {
		const ids = idsOf(c, names);
		if (ids === null) return NO_SUCH_ID;
		try {
			const limited = LimitedRequest.of(c.req.raw);
			const request = limited instanceof Promise ? await limited : limited;
			if (request === null) return TOO_LARGE;
			if (access === 'user' || access === 'admin') {
				const user = await accessUser(context, request, access);
				if (user instanceof LightResponse) return user;
			}
			return await route.handle(context, request, ids);
		} catch (error) {
			log.error({ err: error, route: route.name }, 'a request failed');
			return error instanceof StoreError ? UNAVAILABLE : FAILED;
		}
	};
}

/** The ids in the path; null when one holds NUL, which no store can keep. */
function idsOf(c: HonoContext, names: readonly (keyof Ids)[]): Ids | null {
	const ids: Record<keyof Ids, string> = { host: '', task: '', version: '', project: '', user: '' };
	for (const name of names) {
		const id = c.req.param(name) ?? '';
		if (id.includes('\0')) return null;
		ids[name] = id;
	}
	return ids;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const BINARY_TYPE = { 'Content-Type': 'application/octet-stream' };

/** What a handler answers, as it goes over a socket. */
export function toResponse({ status, body }: LightResponse): Response {
	return body instanceof Uint8Array
		? new Response(new Uint8Array(body), { status, headers: BINARY_TYPE })
		: new Response(JSON.stringify(body), { status, headers: JSON_TYPE });
}
