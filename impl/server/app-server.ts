import type { Policy } from '../../model/vocabulary/setup.ts';
import { flagServer } from '../designs/flag-server.ts';
import type { ServerWay } from '../designs/server-way.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { SameSecret } from '../ports/same-secret.ts';
import type { Store } from '../store/store.ts';
import type { WireRequest, WireResponse } from '../wire/exchange.ts';
import { type Address, parseAddress } from '../wire/path.ts';
import { abort } from './abort.ts';
import type { Context } from './context.ts';
import { end } from './end.ts';
import { heartbeat } from './heartbeat.ts';
import { mark } from './mark.ts';
import { monitor } from './monitor.ts';
import { nextTask } from './next-task.ts';
import { refuse } from './reply.ts';
import { restartForUser } from './restart.ts';
import { RULES, type Rules } from './rules.ts';
import { start } from './start.ts';

export interface AppServerOptions {
	readonly store: Store;
	readonly clock: Clock;
	readonly randomness: Randomness;
	readonly policy: Policy;
	/** Rules that replace the correct ones: for deviations only. */
	readonly rules?: Partial<Rules>;
	/** How marks get in; by the flag, unless told. */
	readonly way?: ServerWay;
	/** Who may abort and restart tasks; everybody, unless told. */
	readonly admitsUser?: (request: WireRequest) => boolean;
	/** Plain equality, unless told; where time is real, one that takes constant time. */
	readonly sameSecret?: SameSecret;
	/** Is told what was done; nobody, unless told. */
	readonly journal?: Journal;
}

/** The app server. It keeps nothing of its own: whoever builds it again over the same store goes on. */
export interface AppServer {
	/** Answers a request (lifecycle 6). What it throws is a bug or a crash, never a refusal. */
	handle(request: WireRequest): Promise<WireResponse>;
	/** The same for a socket. */
	fetch(request: Request): Promise<Response>;
	/** One run of the monitor. */
	monitor(): Promise<void>;
}

/** What the handlers of an app server work with. */
export const createContext = (options: AppServerOptions): Context => ({
	store: options.store,
	clock: options.clock,
	randomness: options.randomness,
	policy: options.policy,
	rules: { ...RULES, ...options.rules },
	way: options.way ?? flagServer,
	admitsUser: options.admitsUser ?? (() => true),
	sameSecret: options.sameSecret ?? ((shown, kept) => shown === kept),
	journal: options.journal ?? null,
});

export function createAppServer(options: AppServerOptions): AppServer {
	const context = createContext(options);
	const handle = (request: WireRequest): Promise<WireResponse> => route(context, request);
	return {
		handle,
		fetch: async (request) => {
			const response = await handle(request);
			return Response.json(await response.json(), { status: response.status });
		},
		monitor: () => monitor(context),
	};
}

async function route(context: Context, request: WireRequest): Promise<WireResponse> {
	const address = addressOf(request);
	switch (address?.kind) {
		case 'next':
			return nextTask(context, request, address.host);
		case 'start':
			return start(context, request, address.task);
		case 'heartbeat':
			return heartbeat(context, request, address.task);
		case 'mark':
			return mark(context, request, address.task);
		case 'end':
			return end(context, request, address.host, address.task);
		case 'user-abort':
			return abort(context, request, address.task);
		case 'user-restart':
			return restartForUser(context, request, address.task);
		case undefined:
			return refuse(404, null, 'no such route');
	}
}

function addressOf(request: WireRequest): Address | null {
	try {
		return parseAddress(request.method, request.url);
	} catch (error) {
		// An id that is not percent-encoded as it should be names nothing.
		if (error instanceof URIError) return null;
		throw error;
	}
}
