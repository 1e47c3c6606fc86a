import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { ClientBase } from 'pg';

const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));

/** All that the migrations ask of a connection: one or more statements, parameters only with one. */
export interface MigratingClient {
	query(
		statement: string | { readonly text: string; readonly values?: unknown[] },
		values?: unknown[],
	): Promise<{ readonly rows: unknown[] }>;
}

const ignore = (): void => {};

/** Brings the schema up to date. Who comes second, from whatever process, waits. */
export async function migrate(client: MigratingClient): Promise<void> {
	await runner({
		// The runner asks nothing of a client that it was handed but `query`.
		dbClient: client as ClientBase,
		dir: FOLDER,
		direction: 'up',
		migrationsTable: 'migrations',
		advisoryLockMode: 'wait',
		logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
	});
}
