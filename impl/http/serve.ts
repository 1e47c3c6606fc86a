import type { Logger } from 'pino';
import { same } from '../../model/vocabulary/same.ts';
import type { Policy } from '../../model/vocabulary/setup.ts';
import type { Context } from '../server/context.ts';
import { newUser } from '../server/users.ts';
import { type Store, THE_POLICY } from '../store/store.ts';
import { createHttpApp } from './app.ts';
import { LIMITS, type Limits, listen } from './listen.ts';
import { startMonitorLoop } from './monitor-loop.ts';
import { systemClock, systemRandomness } from './system-ports.ts';

export interface ServeOptions {
	readonly store: Store;
	readonly policy: Policy;
	readonly host: string;
	/** 0: any that is free. */
	readonly port: number;
	readonly monitor_every_s: number;
	readonly log: Logger;
	readonly limits?: Limits;
}

export interface Serving {
	readonly url: string;
	/** The key of the user `admin`, if this is the first start on this store; else null. */
	readonly adminKey: string | null;
	/** Ends the monitor and the requests under way; the store stays open. */
	close(): Promise<void>;
}

/** The app server on a socket and the machine's clock, with its monitor. */
export async function serve(options: ServeOptions): Promise<Serving> {
	const { store, policy, log, host, port, monitor_every_s, limits = LIMITS } = options;
	const app = createHttpApp({
		store,
		policy,
		log,
		clock: systemClock(),
		randomness: systemRandomness,
	});
	const adminKey = await createAdmin(app.context);
	await keepPolicy(app.context, log);
	const listening = await listen(app.fetch, { host, port }, limits);
	const loop = startMonitorLoop(app.monitor, monitor_every_s, log);
	log.info({ url: listening.url }, 'listening');
	return {
		url: listening.url,
		adminKey,
		close: async () => {
			await Promise.all([loop.stop(), listening.close()]);
			log.info('ended');
		},
	};
}

/** The first user, who may do everything. Its key is known to nobody but who reads what this returns. */
const createAdmin = (context: Context): Promise<string | null> =>
	context.store.transaction(async (tx) => {
		if ((await tx.user('admin')) !== undefined) return null;
		const { user, key } = newUser(context, 'admin', ['user', 'admin']);
		await tx.saveUser(user);
		return key;
	});

/** The policy of the first start on this store counts until an admin changes it; whoever starts with another is told. */
async function keepPolicy({ store, policy }: Context, log: Logger): Promise<void> {
	const kept = await store.transaction(async (tx) => {
		const known = await tx.policy();
		if (known === undefined) await tx.savePolicy({ id: THE_POLICY, heeded: policy });
		return known?.heeded ?? policy;
	});
	if (!same(kept, policy))
		log.warn({ policy: kept }, 'the policy that the store keeps counts, not that of this start');
}
