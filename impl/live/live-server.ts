import { destination } from 'pino';
import type { Policy, Setup } from '../../model/vocabulary/setup.ts';
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
import { MortalPoints } from './mortal-points.ts';
import type { ServerOrder, UserKey } from './server-orders.ts';
import { snapshotOf } from './snapshot.ts';
import { SteeredClock } from './steered-clock.ts';

/** An app server over a real store and a real socket, in whose process orders are obeyed. */
export class LiveServer {
	readonly #clock = new SteeredClock();
	readonly #points = new MortalPoints();
	/** For observers, whose transactions have no points. */
	#store: SqlStore | null = null;
	#app: HttpApp | null = null;
	#listening: Listening | null = null;

	async obey(order: ServerOrder): Promise<unknown> {
		switch (order.kind) {
			case 'open':
				return this.#open(order.place);
			case 'load':
				return this.#load(order.setup);
			case 'listen':
				return this.#listen(order.policy);
			case 'set-clock':
				return this.#clock.set(order.now_ms);
			case 'monitor':
				return this.#app?.monitor();
			case 'look':
				return snapshotOf(this.#opened, order);
			case 'die':
				return this.#points.dieAt(order.at);
			case 'points':
				return this.#points.take();
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

	async #listen(policy: Policy): Promise<{ url: string }> {
		await this.#listening?.close();
		const app = createHttpApp({
			store: new PointedStore(this.#opened, this.#points.onPoint),
			clock: this.#clock,
			randomness: systemRandomness,
			policy,
			log: createLog('error', destination(2)),
		});
		this.#app = app;
		const listening = await listen(app.fetch, { host: '127.0.0.1', port: 0 });
		this.#listening = listening;
		return { url: listening.url };
	}

	get #opened(): SqlStore {
		if (this.#store === null) throw new Error('no store is open');
		return this.#store;
	}
}
