import { type AppServer, createAppServer } from '../routes/app-server.ts';
import type { LightRequest } from '../wire/exchange.ts';
import { type CrashingStore, ServerCrash } from './crashes.ts';
import type { Answered, Wire } from './wire.ts';

export interface SimulatedServerOptions {
	readonly wire: Wire;
	readonly store: CrashingStore;
	/** Builds an app server over that store: a new process each time. */
	readonly build: (store: CrashingStore) => AppServer;
	/** The monitor's period. */
	readonly monitorEvery_ms: number;
}

/** What of it changes. */
export interface ServerMoment {
	readonly isUp: boolean;
	readonly monitorAt_ms: number;
}

/** The app server as something that goes down and comes up again. */
export class SimulatedServer {
	readonly #options: SimulatedServerOptions;
	#process: AppServer | null;
	/** When the monitor is to run by the clock, while the server is up. */
	#monitorAt_ms: number;

	constructor(options: SimulatedServerOptions) {
		this.#options = options;
		this.#process = options.build(options.store);
		this.#monitorAt_ms = options.monitorEvery_ms;
	}

	get isUp(): boolean {
		return this.#process !== null;
	}

	snapshot(): ServerMoment {
		return { isUp: this.isUp, monitorAt_ms: this.#monitorAt_ms };
	}

	/** Puts a process there that knows nothing but what is in the store, or none. */
	putBack({ isUp, monitorAt_ms }: ServerMoment): void {
		if (isUp) this.comeUp(0);
		else this.goDown();
		this.#monitorAt_ms = monitorAt_ms;
	}

	goDown(): void {
		this.#process = null;
	}

	comeUp(now_ms: number): void {
		this.#monitorAt_ms = now_ms + this.#options.monitorEvery_ms;
		this.#process = this.#options.build(this.#options.store);
	}

	monitor(): Promise<void> {
		return this.#running().monitor();
	}

	/** Lets the monitor run if its time has come. */
	async monitorIfDue(now_ms: number): Promise<void> {
		if (now_ms < this.#monitorAt_ms) return;
		this.#monitorAt_ms = now_ms + this.#options.monitorEvery_ms;
		await this.monitor();
	}

	answer(request: LightRequest): Promise<Answered> {
		return this.#options.wire(this.#running(), request);
	}

	/** Handles a request and crashes around the commit of its first transaction. */
	async crashOn(request: LightRequest, commit: 'before' | 'after'): Promise<void> {
		this.#options.store.crashNext(commit);
		try {
			await this.answer(request);
		} catch (error) {
			if (!(error instanceof ServerCrash)) throw error;
			return this.goDown();
		}
		throw new Error('the app server answered without a transaction');
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
