import type { Clock } from '../ports/clock.ts';
import { type AppServer, createAppServer } from '../routes/app-server.ts';
import type { Store } from '../store/store.ts';
import type { LightRequest } from '../wire/exchange.ts';
import { type CrashingStore, ServerCrash } from './crashes.ts';
import type { Work } from './handlers.ts';
import { type Progress, Stopped, StoppingStore } from './stopping-store.ts';
import type { Answered, Wire } from './wire.ts';

export interface SimulatedServerOptions {
	readonly wire: Wire;
	readonly store: CrashingStore;
	readonly clock: Clock;
	/** Builds an app server over that store and clock: a new process each time. */
	readonly build: (store: Store, clock: Clock) => AppServer;
	/** The monitor's period. */
	readonly monitorEvery_ms: number;
}

/** What of it changes. */
export interface ServerMoment {
	readonly isUp: boolean;
	readonly monitorAt_ms: number;
}

/** A handler stopped before its next change, or it is done. */
export type Handled =
	| { readonly kind: 'stopped'; readonly progress: Progress }
	| { readonly kind: 'done'; readonly answered: Answered | null };

/** The app server as something that goes down and comes up again. */
export class SimulatedServer {
	readonly #options: SimulatedServerOptions;
	#process: AppServer | null;
	/** When the monitor is to run by the clock, while the server is up. */
	#monitorAt_ms: number;

	constructor(options: SimulatedServerOptions) {
		this.#options = options;
		this.#process = options.build(options.store, options.clock);
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
		this.#process = this.#options.build(this.#options.store, this.#options.clock);
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

	/** Begins to work, and stops before the first change; before the last look, if there is none to make. */
	async hold(work: Work): Promise<Progress> {
		const store = this.#stopping(null);
		const handled = await this.#handle(work, store);
		return handled.kind === 'stopped' ? handled.progress : store.beforeTheLast();
	}

	/** Makes the change before which the work stands, as things are now, and stops before the next. */
	goOn(work: Work, progress: Progress): Promise<Handled> {
		return this.#handle(work, this.#stopping(progress));
	}

	#stopping(progress: Progress | null): StoppingStore {
		return new StoppingStore(this.#options.store, this.#options.clock, progress);
	}

	async #handle(work: Work, store: StoppingStore): Promise<Handled> {
		const server = this.#options.build(store, store);
		try {
			return { kind: 'done', answered: await this.#do(work, server) };
		} catch (error) {
			if (!(error instanceof Stopped)) throw error;
			return { kind: 'stopped', progress: error.progress };
		}
	}

	async #do(work: Work, server: AppServer): Promise<Answered | null> {
		switch (work.kind) {
			case 'message':
				return this.#options.wire(server, work.message.request);
			case 'request':
				return this.#options.wire(server, work.request);
			case 'monitor':
				await server.monitor();
				return null;
		}
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

/** An app server with everything but its store and its clock settled. */
export const serverBuilder =
	(options: Omit<Parameters<typeof createAppServer>[0], 'store' | 'clock'>) =>
	(store: Store, clock: Clock): AppServer =>
		createAppServer({ ...options, store, clock });
