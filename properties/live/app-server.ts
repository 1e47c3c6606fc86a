import type { Details } from '../../impl/live/channel.ts';
import {
	type DeathPoint,
	SERVER_RESULTS,
	type ServerOrder,
	type ServerSnapshot,
	type UserKey,
} from '../../impl/live/server-orders.ts';
import type { Policy, Setup } from '../../model/vocabulary/setup.ts';
import type { Child } from './child.ts';
import type { Pool } from './pool.ts';

/** The app server as something that is killed and started again, over one store. */
export class LiveAppServer {
	readonly #pool: Pool;
	readonly #place: string;
	#process: Child | null = null;
	#isListening = false;
	#now_ms = 0;

	constructor(pool: Pool, place: string) {
		this.#pool = pool;
		this.#place = place;
	}

	get isUp(): boolean {
		return this.#isListening;
	}

	/** Empties the store and fills it for another story; gives what a user shows of himself. */
	async load(setup: Setup): Promise<UserKey> {
		await this.setClock(0);
		return askServer(await this.#running(), 'load', { setup });
	}

	/** Takes requests, on a new port; gives its address. */
	async comeUp(policy: Policy): Promise<string> {
		const process = await this.#running();
		const { url } = await askServer(process, 'listen', { policy });
		this.#isListening = true;
		return url;
	}

	/** Kills the process. Another one opens the store, but takes no requests yet. */
	async crash(): Promise<void> {
		this.#isListening = false;
		const process = this.#process;
		this.#process = null;
		await process?.kill();
		await this.#running();
	}

	/** The process kills itself at a point of what it does next. */
	async dieAt(at: DeathPoint): Promise<void> {
		await askServer(await this.#running(), 'die', { at });
	}

	async setClock(now_ms: number): Promise<void> {
		this.#now_ms = now_ms;
		await askServer(await this.#running(), 'set-clock', { now_ms });
	}

	async monitor(): Promise<void> {
		await askServer(await this.#running(), 'monitor', {});
	}

	async look(setup: Setup): Promise<ServerSnapshot> {
		const tasks = setup.tasks.map(({ id }) => id);
		const { hosts, project } = setup;
		return askServer(await this.#running(), 'look', { project: project.id, tasks, hosts });
	}

	async takePoints(): Promise<string[]> {
		return askServer(await this.#running(), 'points', {});
	}

	/** A process with the store open; the last one may have been killed. */
	async #running(): Promise<Child> {
		if (this.#process?.isGone === false) return this.#process;
		const process = this.#pool.take('server-process');
		this.#process = process;
		await askServer(process, 'open', { place: this.#place });
		await askServer(process, 'set-clock', { now_ms: this.#now_ms });
		return process;
	}
}

/** Asks an app server's process for something, which comes to what that kind of order does. */
export const askServer = <Kind extends ServerOrder['kind']>(
	process: Child,
	kind: Kind,
	details: Details<ServerOrder, Kind>,
) => process.ask({ kind, ...details }, SERVER_RESULTS[kind]);
