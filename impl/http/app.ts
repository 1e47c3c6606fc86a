import { Hono, type Context as HonoContext } from 'hono';
import type { Logger } from 'pino';
import { type AppServerOptions, createContext } from '../routes/app-server.ts';
import { ROUTES } from '../routes/routes.ts';
import type { Context } from '../server/context.ts';
import { monitor } from '../server/monitor.ts';
import { refuse } from '../server/reply.ts';
import { checkUser } from '../server/users.ts';
import { LightResponse } from '../wire/exchange.ts';
import { toResponse } from '../wire/response.ts';
import { type Arriving, answerRoute, type Surroundings, UNAVAILABLE } from './answer.ts';
import { BodyRoom, isTooLarge, TOO_LARGE } from './body.ts';
import { Metrics } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import { OPERATIONS } from './operations.ts';
import { sameSecretInConstantTime } from './system-ports.ts';

export interface HttpAppOptions
	extends Omit<AppServerOptions, 'checkUser' | 'sameSecret' | 'journal'> {
	readonly log: Logger;
}

/** The app server as it is reached from outside; still without a socket. */
export interface HttpApp {
	readonly context: Context;
	readonly metrics: Metrics;
	/** Answers any request at all; never throws. */
	fetch(request: Request, incoming?: Arriving): Promise<Response>;
	/** One run of the monitor. */
	monitor(): Promise<void>;
}

const NO_SUCH_ROUTE = refuse(404, null, 'no such route');

type Answer = (c: HonoContext<Surroundings>) => Promise<LightResponse | Response>;

/** Routes, limits and credentials around the handlers that the simulation runs too (lifecycle 6). */
export function createHttpApp(options: HttpAppOptions): HttpApp {
	const { log, store } = options;
	const metrics = new Metrics(store);
	const context = createContext({
		...options,
		checkUser,
		sameSecret: sameSecretInConstantTime,
		journal: (entry) => {
			metrics.journal(entry);
			log.info(entry, entry.kind);
		},
	});
	const app = new Hono<Surroundings>();
	const answering = { context, log, room: new BodyRoom() };
	const measured = (name: string, answer: Answer) => async (c: HonoContext<Surroundings>) => {
		const began = performance.now();
		// A HEAD is routed like a GET, which may hand out a task.
		const answered = c.req.raw.method === 'HEAD' ? NO_SUCH_ROUTE : await answer(c);
		const { status } = answered;
		metrics.answered(name, status, (performance.now() - began) / 1000);
		log.debug({ route: name, path: c.req.path, status }, 'answered');
		return answered instanceof LightResponse ? toResponse(answered) : answered;
	};
	for (const route of ROUTES) {
		const answer = measured(route.name, answerRoute(answering, route));
		app.on(route.method.toUpperCase(), toPattern(route.path), answer);
	}
	let document: object | null = null;
	const operated = {
		store,
		metrics,
		document: () => {
			document ??= openApiDocument();
			return document;
		},
	};
	for (const { documented, answer } of OPERATIONS) {
		const orUnavailable: Answer = async (c) => {
			if (isTooLarge(c.req.raw)) return TOO_LARGE;
			return answer(operated).catch((error: unknown) => {
				log.error({ err: error, route: documented.path }, 'the store does not answer');
				return UNAVAILABLE;
			});
		};
		app.get(documented.path, measured(documented.operationId, orUnavailable));
	}
	app.notFound(measured('none', async () => NO_SUCH_ROUTE));
	return {
		context,
		metrics,
		fetch: async (request, incoming) =>
			app.fetch(request, incoming === undefined ? {} : { incoming }),
		monitor: () => monitor(context),
	};
}

/** `/task/{task}` as the router writes it: `/task/:task`. */
const toPattern = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');
