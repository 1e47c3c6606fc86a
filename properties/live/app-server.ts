import {
	Address,
	type DeathPoint,
	Nothing,
	Points,
	ServerLooks,
	type ServerOrder,
	UserKey,
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
		return (await this.#running()).ask(order({ kind: 'load', setup }), UserKey);
	}

	/** Takes requests, on a new port; gives its address. */
	async comeUp(policy: Policy): Promise<string> {
		const process = await this.#running();
		const { url } = await process.ask(order({ kind: 'listen', policy }), Address);
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
		await (await this.#running()).ask(order({ kind: 'die', at }), Nothing);
	}

	async setClock(now_ms: number): Promise<void> {
		this.#now_ms = now_ms;
		await (await this.#running()).ask(order({ kind: 'set-clock', now_ms }), Nothing);
	}

	async monitor(): Promise<void> {
		await (await this.#running()).ask(order({ kind: 'monitor' }), Nothing);
	}

	async look(setup: Setup): Promise<ServerLooks> {
		const tasks = setup.tasks.map(({ id }) => id);
		const { hosts, project } = setup;
		const look = order({ kind: 'look', project: project.id, tasks, hosts });
		return (await this.#running()).ask(look, ServerLooks);
	}

	async takePoints(): Promise<string[]> {
		return (await this.#running()).ask(order({ kind: 'points' }), Points);
	}

	/** A process with the store open; the last one may have been killed. */
	async #running(): Promise<Child> {
		if (this.#process?.isGone === false) return this.#process;
		const process = this.#pool.take('server-process');
		this.#process = process;
		await process.ask(order({ kind: 'open', place: this.#place }), Nothing);
		await process.ask(order({ kind: 'set-clock', now_ms: this.#now_ms }), Nothing);
		return process;
	}
}

/** As it is; its type is checked. */
const order = (order: ServerOrder): ServerOrder => order;
