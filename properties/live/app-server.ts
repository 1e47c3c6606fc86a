import type { Details } from '../../impl/live/channel.ts';
import {
	type DeathPoint,
	SERVER_RESULTS,
	type ServerOrder,
	type ServerSnapshot,
	type UserKey,
} from '../../impl/live/server-orders.ts';
import type { Matter } from '../../impl/server/rules.ts';
import type { Policy, Setup } from '../../model/vocabulary/setup.ts';
import { versionsOf } from '../../model/vocabulary/versions.ts';
import type { Child } from './child.ts';
import type { Pool } from './pool.ts';

/**
 * The app server as something that is killed and started again, over one store. What is held is held by another server
 * beside it, which lives and dies with it.
 */
export class LiveAppServer {
	readonly #pool: Pool;
	readonly #place: string;
	#looks: readonly Matter[] = [];
	#process: Child | null = null;
	#holder: Child | null = null;
	/** What the other server does in this story; null: nothing yet. */
	#holding: { readonly url: string; begun: number } | null = null;
	#policy: Policy | null = null;
	#isListening = false;
	#now_ms = 0;

	constructor(pool: Pool, place: string) {
		this.#pool = pool;
		this.#place = place;
	}

	get isUp(): boolean {
		return this.#isListening;
	}

	/** Empties the store and fills it for another story; gives what a user shows of himself. `looks`: what is wrong with the server. */
	async load(setup: Setup, looks: readonly Matter[] = []): Promise<UserKey> {
		this.#looks = looks;
		if (this.#holder !== null) await askServer(this.#holder, 'give-up', {});
		this.#holding = null;
		await this.setClock(0);
		return askServer(await this.#running(), 'load', { setup });
	}

	/** Takes requests, on a new port; gives its address. */
	async comeUp(policy: Policy): Promise<string> {
		const process = await this.#running();
		this.#policy = policy;
		const { url } = await this.#listen(process, false);
		this.#isListening = true;
		return url;
	}

	/** Kills the process, and the one that holds. Another one opens the store, but takes no requests yet. */
	async crash(): Promise<void> {
		this.#isListening = false;
		const processes = [this.#process, this.#holder];
		this.#process = null;
		this.#holder = null;
		this.#holding = null;
		await Promise.all(processes.map((process) => process?.kill()));
		await this.#running();
	}

	/** Lets the other server work on something, by its address or its process, until it is held; tells which handler that is. */
	async hold(work: (url: string, process: Child) => void): Promise<number> {
		const process = await this.#other();
		this.#holding ??= { ...(await this.#listen(process, true)), begun: 0 };
		const handler = this.#holding.begun++;
		work(this.#holding.url, process);
		await askServer(process, 'stands', { handler });
		return handler;
	}

	/** A handler goes on; tells how many changes it has committed when it is held again; null: it is done. */
	async goOn(handler: number): Promise<number | null> {
		return (await askServer(await this.#other(), 'go-on', { handler }))?.commits ?? null;
	}

	/** The process kills itself at a point of what it does next. */
	async dieAt(at: DeathPoint): Promise<void> {
		await askServer(await this.#running(), 'die', { at });
	}

	async setClock(now_ms: number): Promise<void> {
		this.#now_ms = now_ms;
		for (const process of [await this.#running(), this.#holder])
			if (process !== null) await askServer(process, 'set-clock', { now_ms });
	}

	async monitor(): Promise<void> {
		await askServer(await this.#running(), 'monitor', {});
	}

	async look(setup: Setup): Promise<ServerSnapshot> {
		const tasks = setup.tasks.map(({ id }) => id);
		const projects = versionsOf(setup).projects.map(({ id }) => id);
		return askServer(await this.#running(), 'look', { projects, tasks, hosts: setup.hosts });
	}

	async takePoints(): Promise<string[]> {
		return askServer(await this.#running(), 'points', {});
	}

	/** A process with the store open; the last one may have been killed. */
	async #running(): Promise<Child> {
		if (this.#process?.isGone !== false) this.#process = await this.#opened(this.#place);
		return this.#process;
	}

	async #other(): Promise<Child> {
		// A transaction is held for as long as the rest of the story takes, on a busy machine too.
		this.#holder ??= await this.#opened(`${this.#place}?idle_in_transaction_session_timeout=0`);
		return this.#holder;
	}

	async #opened(place: string): Promise<Child> {
		const process = this.#pool.take('server-process');
		await askServer(process, 'open', { place });
		await askServer(process, 'set-clock', { now_ms: this.#now_ms });
		return process;
	}

	#listen(process: Child, holds: boolean): Promise<{ readonly url: string }> {
		if (this.#policy === null) throw new Error('the app server has not come up yet');
		return askServer(process, 'listen', { policy: this.#policy, looks: [...this.#looks], holds });
	}
}

/** Asks an app server's process for something, which comes to what that kind of order does. */
export const askServer = <Kind extends ServerOrder['kind']>(
	process: Child,
	kind: Kind,
	details: Details<ServerOrder, Kind>,
) => process.ask({ kind, ...details }, SERVER_RESULTS[kind]);
