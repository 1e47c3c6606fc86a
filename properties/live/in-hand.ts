import { inHand } from '../../impl/simulated/handlers.ts';
import {
	type Begun,
	findInHand,
	type HandlerSelector,
} from '../../model/vocabulary/events/held.ts';
import {
	type InHand,
	NOTHING_IN_HAND,
	type Observation,
} from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { LiveAppServer } from './app-server.ts';
import type { Child } from './child.ts';
import type { InFlight } from './in-flight.ts';
import type { FaultProxy } from './proxy.ts';

type Request = Extract<InFlight, { leg: 'request' }>;

/** What an app server is made to work on, by its address or its process. */
export type Work<Answered> = (url: string, process: Child) => Promise<Answered>;

interface Handler<Answered> {
	readonly seen: InHand;
	/** The request of an agent that it works on. */
	readonly request: Request | null;
	/** Its number in the process that holds it. */
	readonly handler: number;
	readonly answered: Promise<Answered>;
}

/** The handlers that are held in a story, oldest first. */
export class LiveHandlers<Answered> {
	readonly #server: LiveAppServer;
	readonly #proxy: FaultProxy;
	readonly #setup: Setup;
	#held: readonly Handler<Answered>[] = [];

	constructor(server: LiveAppServer, proxy: FaultProxy, setup: Setup) {
		this.#server = server;
		this.#proxy = proxy;
		this.#setup = setup;
	}

	get seen(): readonly InHand[] {
		return this.#held.length === 0 ? NOTHING_IN_HAND : this.#held.map((one) => this.#see(one));
	}

	/** `shown`: what a user sees who asks for it. */
	async hold(
		begun: Begun,
		request: Request | null,
		shown: Observation,
		work: Work<Answered>,
	): Promise<void> {
		let answered: Promise<Answered> | null = null;
		const handler = await this.#server.hold((url, process) => {
			answered = work(url, process);
			// Whoever is held when his server is killed answers nobody.
			answered.catch(() => {});
		});
		if (answered === null) throw new Error('nothing was begun');
		const seen = inHand(begun, request?.seen ?? null, this.#setup, shown);
		this.#held = [...this.#held, { seen, request, handler, answered }];
	}

	/** A handler goes on until it is held again; then this is null, else what it worked on and what came of it. */
	async goOn(
		selector: HandlerSelector,
	): Promise<{ readonly request: Request | null; readonly answered: Answered } | null> {
		const going = this.#held[findInHand(selector, { in_hand: this.seen })];
		if (going === undefined) throw new Error('no such handler is held');
		const commits = await this.#server.goOn(going.handler);
		this.#held = this.#held.flatMap((one) => {
			if (one !== going) return [one];
			return commits === null ? [] : [{ ...one, seen: { ...one.seen, commits } }];
		});
		return commits === null ? { request: going.request, answered: await going.answered } : null;
	}

	/** The process that held them is no more. */
	clear(): void {
		this.#held = [];
	}

	#see({ seen, request }: Handler<Answered>): InHand {
		if (request === null) return seen;
		const { connection } = request;
		return { ...seen, awaited: connection !== null && this.#proxy.isOpen(connection) };
	}
}
