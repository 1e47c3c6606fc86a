import { MemoryStore } from '../memory.ts';
import type { Store } from '../store.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/** A store, and how to be done with it. */
export interface OpenedStore {
	readonly store: Store;
	close(): Promise<void>;
}

/**
 * Opens the store at a place: `memory`, a `postgres://` URL, or a folder for the embedded PostgreSQL.
 * What goes wrong is a `StoreError`.
 */
export async function openStore(place: string): Promise<OpenedStore> {
	if (place === 'memory') return { store: new MemoryStore(), close: async () => {} };
	const store = /^[a-z]+:\/\//i.test(place)
		? await openPostgres({ url: place })
		: await openPglite({ folder: place });
	return { store, close: () => store.close() };
}
