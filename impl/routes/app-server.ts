import { heededOf, type Policy } from '../../model/vocabulary/setup.ts';
import { flagServer } from '../designs/flag-server.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { SameSecret } from '../ports/same-secret.ts';
import type { Context, ServerVariant, UserCheck } from '../server/context.ts';
import { monitor } from '../server/monitor.ts';
import { refuse } from '../server/reply.ts';
import { RULES, type Rules } from '../server/rules.ts';
import type { Store } from '../store/store.ts';
import type { WireRequest, WireResponse } from '../wire/exchange.ts';
import { toResponse } from '../wire/response.ts';
import { answer } from './answer.ts';
import { routeFinder } from './find-route.ts';
import { ROUTES } from './routes.ts';

export interface AppServerOptions {
	readonly store: Store;
	readonly clock: Clock;
	readonly randomness: Randomness;
	readonly policy: Policy;
	/** Rules that replace the correct ones: for deviations only. */
	readonly rules?: Partial<Rules>;
	/** How marks get in; by the flag, unless told. */
	readonly variant?: ServerVariant;
	/** Who may use the routes of users and admins; everybody, unless told. */
	readonly checkUser?: UserCheck;
	/** Plain equality, unless told; where time is real, one that takes constant time. */
	readonly sameSecret?: SameSecret;
	/** Is told what was done; nobody, unless told. */
	readonly journal?: Journal;
}

/** The app server. It keeps nothing of its own: whoever builds it again over the same store goes on. */
export interface AppServer {
	/** Answers a request (lifecycle 6). What it throws is a bug or a crash, never a refusal. */
	handle(request: WireRequest): Promise<WireResponse>;
	/** The same with the web standard's objects. */
	fetch(request: Request): Promise<Response>;
	/** One run of the monitor. */
	monitor(): Promise<void>;
}

/** What the handlers of an app server work with. */
export const createContext = (options: AppServerOptions): Context => ({
	store: options.store,
	clock: options.clock,
	randomness: options.randomness,
	policy: heededOf(options.policy),
	rules: { ...RULES, ...options.rules },
	variant: options.variant ?? flagServer,
	checkUser: options.checkUser ?? (() => null),
	sameSecret: options.sameSecret ?? ((shown, kept) => shown === kept),
	journal: options.journal ?? null,
});

const findRoute = routeFinder(ROUTES);
const NO_SUCH_ROUTE = refuse(404, null, 'no such route');

/** An app server without limits on what it is sent, for simulations. */
export function createAppServer(options: AppServerOptions): AppServer {
	const context = createContext(options);
	const handle = async (request: WireRequest) => {
		const found = findRoute(request.method, request.url);
		return found === null ? NO_SUCH_ROUTE : answer(context, found.route, request, found.ids);
	};
	return {
		handle,
		fetch: async (request) => toResponse(await handle(request)),
		monitor: () => monitor(context),
	};
}
