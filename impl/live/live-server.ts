import { destination } from 'pino';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { createHttpApp, type HttpApp } from '../http/app.ts';
import { type Listening, listen } from '../http/listen.ts';
import { createLog } from '../http/log.ts';
import { systemRandomness } from '../http/system-ports.ts';
import { load } from '../server/loading.ts';
import { newUser } from '../server/users.ts';
import { PointedStore } from '../store/points.ts';
import { openPostgres } from '../store/sql/postgres.ts';
import type { SqlStore } from '../store/sql/sql-store.ts';
import { ALL_TABLES } from '../store/sql/tables.ts';
import type { Store } from '../store/store.ts';
import { HeldHandlers } from './held-handlers.ts';
import { MortalPoints } from './mortal-points.ts';
import type { ServerOrder, UserKey } from './server-orders.ts';
import { snapshotOf } from './snapshot.ts';
import { SteeredClock } from './steered-clock.ts';

type Listen = Extract<ServerOrder, { kind: 'listen' }>;

/** An app server over a real store and a real socket, in whose process orders are obeyed. */
export class LiveServer {
	readonly #clock = new SteeredClock();
	readonly #points = new MortalPoints();
	/** For observers, whose transactions have no points. */
	#store: SqlStore | null = null;
	readonly #held = new HeldHandlers();
	#monitor: (() => Promise<void>) | null = null;
	#listening: Listening | null = null;

	async obey(order: ServerOrder): Promise<unknown> {
		switch (order.kind) {
			case 'open':
				return this.#open(order.place);
			case 'load':
				return this.#load(order.setup);
			case 'listen':
				return this.#listen(order);
			case 'set-clock':
				return this.#clock.set(order.now_ms);
			case 'monitor':
				return this.#monitor?.();
			case 'look':
				return snapshotOf(this.#opened, order);
			case 'die':
				return this.#points.dieAt(order.at);
			case 'points':
				return this.#points.take();
			case 'stands':
				return this.#held.at(order.handler).stands();
			case 'go-on':
				return this.#held.at(order.handler).goOn();
			case 'give-up':
				return this.#held.giveUp();
		}
	}

	async #open(place: string): Promise<void> {
		if (place.startsWith('postgres')) this.#store = await openPostgres({ url: place });
		else {
			// It takes a while to load, and a server that is killed often does without.
			const { openPglite } = await import('../store/sql/pglite.ts');
			this.#store = await openPglite({ folder: place });
		}
	}

	async #load(setup: Setup): Promise<UserKey> {
		const store = this.#opened;
		const connection = await store.database.connect();
		await connection.query(`TRUNCATE ${ALL_TABLES.join(', ')} RESTART IDENTITY`);
		connection.release(false);
		await load(store, setup, systemRandomness);
		const { user, key } = newUser({ randomness: systemRandomness }, 'operator', ['user', 'admin']);
		await store.transaction((tx) => tx.saveUser(user));
		return { user: user.id, key };
	}

	async #listen({ policy, holds = false, looks = [] }: Listen): Promise<{ url: string }> {
		await this.#listening?.close();
		const over = (store: Store): HttpApp =>
			createHttpApp({
				store,
				clock: this.#clock,
				randomness: systemRandomness,
				policy,
				rules: { holds: (matter) => !looks.includes(matter) },
				log: createLog('error', destination(2)),
			});
		const store = this.#opened;
		const app = holds
			? this.#holding(store, over)
			: over(new PointedStore(store, this.#points.onPoint));
		this.#monitor = app.monitor;
		const listening = await listen(app.fetch, { host: '127.0.0.1', port: 0 });
		this.#listening = listening;
		return { url: listening.url };
	}

	/** An app that is another one for each handler, which is held. */
	#holding(store: Store, over: (store: Store) => HttpApp): Pick<HttpApp, 'fetch' | 'monitor'> {
		return {
			fetch: async (request) => {
				const body = request.body === null ? null : await request.arrayBuffer();
				return this.#held.begin(store, (own) =>
					over(own).fetch(new Request(request, { body }), { complete: true }),
				);
			},
			monitor: async () => {
				// Nobody waits for it: it is asked where it stands.
				this.#held.begin(store, (own) => over(own).monitor()).catch(console.error);
			},
		};
	}

	get #opened(): SqlStore {
		if (this.#store === null) throw new Error('no store is open');
		return this.#store;
	}
}
