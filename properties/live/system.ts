import { designOf, type Setup } from '../../model/vocabulary/setup.ts';
import type { Run, System } from '../systems/system.ts';
import { Cluster, ownPglite, ownPostgres, type RunOptions, type StartDatabase } from './cluster.ts';

/** A live system holds processes; whoever is done with it closes it. */
export interface LiveSystem extends System {
	start(setup: Setup, options?: RunOptions): Promise<Run>;
	close(): Promise<void>;
}

/** The app server and the agents as real processes, over a real database, with a fault proxy between them. */
function liveOver(
	{ name, cannot = [] }: Pick<System, 'name' | 'cannot'>,
	database: StartDatabase,
): LiveSystem {
	let cluster: Promise<Cluster> | null = null;
	return {
		name,
		cannot,
		designs: ['flag'],
		start: async (setup, options) => {
			const design = designOf(setup);
			if (design !== 'flag')
				throw new RangeError(`the live system knows no design but the flag, not ${design}`);
			cluster ??= Cluster.open(database);
			return (await cluster).start(setup, options);
		},
		close: async () => {
			await (await cluster)?.close();
			cluster = null;
		},
	};
}

/** Over PGlite, which needs no installation. It has one connection: a transaction that is held would hold up all others. */
export const live = (): LiveSystem =>
	liveOver({ name: 'live', cannot: ['held', 'goes-on'] }, ownPglite);

/** Over a PostgreSQL server of its own, where one is installed. */
export const liveOnPostgres = (): LiveSystem => liveOver({ name: 'live-postgres' }, ownPostgres);
