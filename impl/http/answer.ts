import type { Context as HonoContext } from 'hono';
import type { Logger } from 'pino';
import { answer } from '../routes/answer.ts';
import { type Ids, idNamesOf, NO_IDS, type Route } from '../routes/route.ts';
import { accessTask } from '../server/auth.ts';
import type { Context } from '../server/context.ts';
import { refuse } from '../server/reply.ts';
import { StoreError } from '../store/sql/errors.ts';
import { LightResponse } from '../wire/exchange.ts';
import { BodyRefused, type BodyRoom, isTooLarge, LimitedRequest, TOO_LARGE } from './body.ts';

const NO_SUCH_ID = refuse(404, null, 'there is nothing of this id');
const FAILED = refuse(500, null, 'the server failed; send the request again');
export const UNAVAILABLE = refuse(
	503,
	null,
	'the store does not answer or is too busy; send the request again',
);

/** What a request over a socket brings along: whether all of it has arrived. */
export interface Arriving {
	readonly complete: boolean;
}

/** What is known of a request beside itself; nothing where there is no socket. */
export type Surroundings = { Bindings: { readonly incoming?: Arriving } };

type Call = HonoContext<Surroundings>;

/** What the routes of a server have in common. */
export interface Answering {
	readonly context: Context;
	readonly log: Logger;
	readonly room: BodyRoom;
}

/** Answers requests for a route: limits, then credentials, then body and handler. Never throws. */
export function answerRoute(
	{ context, log, room }: Answering,
	route: Route,
): (c: Call) => Promise<LightResponse> {
	const names = idNamesOf(route.path);
	return async (c) => {
		const ids = idsOf(c, names);
		if (ids === null) return NO_SUCH_ID;
		if (isTooLarge(c.req.raw)) return TOO_LARGE;
		const request = new LimitedRequest(c.req.raw, room);
		try {
			const refusal = await refuseBody(context, route, request, ids, c.env?.incoming);
			return refusal ?? (await answer(context, route, request, ids));
		} catch (error) {
			if (error instanceof BodyRefused) {
				log.debug({ route: route.name, ...error.answer }, 'a body is not read');
				return error.answer;
			}
			log.error({ err: error, route: route.name }, 'a request failed');
			return error instanceof StoreError ? UNAVAILABLE : FAILED;
		} finally {
			request.release();
		}
	};
}

/**
 * Null where the handler may read the body. It is read before the transaction in which an agent proves
 * itself; where it is still to come, nothing is kept of it for a stranger.
 */
async function refuseBody(
	context: Context,
	{ access, body }: Route,
	request: LimitedRequest,
	{ task }: Ids,
	incoming: Arriving | undefined,
): Promise<LightResponse | null> {
	if (access !== 'task' || body === undefined) return null;
	// What came together with the headers has arrived by the end of the turn.
	await new Promise((resolve) => setImmediate(resolve));
	if (incoming?.complete === true) return null;
	return context.store.transaction(async (tx) => {
		const shown = await accessTask(context, tx, request, 'read', task);
		return shown instanceof LightResponse ? shown : null;
	});
}

/** The ids in the path; null when one holds NUL, which no store can keep. */
function idsOf(c: Call, names: readonly (keyof Ids)[]): Ids | null {
	const ids = { ...NO_IDS };
	for (const name of names) {
		const id = c.req.param(name) ?? '';
		if (id.includes('\0')) return null;
		ids[name] = id;
	}
	return ids;
}
