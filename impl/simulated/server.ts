import { type AppServer, createAppServer } from '../routes/app-server.ts';
import type { LightRequest } from '../wire/exchange.ts';
import { type CrashingStore, ServerCrash } from './crashes.ts';
import type { Answered, Wire } from './wire.ts';

export interface SimulatedServerOptions {
	readonly wire: Wire;
	readonly store: CrashingStore;
	/** Builds an app server over that store: a new process each time. */
	readonly build: (store: CrashingStore) => AppServer;
}

/** The app server as something that goes down and comes up again. */
export class SimulatedServer {
	readonly #options: SimulatedServerOptions;
	#process: AppServer | null;

	constructor(options: SimulatedServerOptions) {
		this.#options = options;
		this.#process = options.build(options.store);
	}

	get isUp(): boolean {
		return this.#process !== null;
	}

	/** Puts a process there that knows nothing but what is in the store, or none. */
	putBack(isUp: boolean): void {
		if (isUp) this.comeUp();
		else this.goDown();
	}

	goDown(): void {
		this.#process = null;
	}

	comeUp(): void {
		this.#process = this.#options.build(this.#options.store);
	}

	monitor(): Promise<void> {
		return this.#running().monitor();
	}

	answer(request: LightRequest): Promise<Answered> {
		return this.#options.wire(this.#running(), request);
	}

	/** Handles a request and crashes around its first commit of a change, or, if it makes none, before it answers. */
	async crashOn(request: LightRequest, commit: 'before' | 'after'): Promise<void> {
		this.#options.store.crashNext(commit);
		try {
			await this.answer(request);
		} catch (error) {
			if (!(error instanceof ServerCrash)) throw error;
		}
		this.#options.store.crashNext(null);
		this.goDown();
	}

	#running(): AppServer {
		if (this.#process === null) throw new Error('the app server is down');
		return this.#process;
	}
}

/** An app server with everything but its store settled. */
export const serverBuilder =
	(options: Omit<Parameters<typeof createAppServer>[0], 'store'>) =>
	(store: CrashingStore): AppServer =>
		createAppServer({ ...options, store });
