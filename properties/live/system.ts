import { designOf } from '../../model/vocabulary/setup.ts';
import type { System } from '../systems/system.ts';
import { Cluster, ownPglite, ownPostgres, type StartDatabase } from './cluster.ts';

/** A live system holds processes; whoever is done with it closes it. */
export interface LiveSystem extends System {
	close(): Promise<void>;
}

/** The app server and the agents as real processes, over a real database, with a fault proxy between them. */
function liveOver(name: string, database: StartDatabase): LiveSystem {
	let cluster: Promise<Cluster> | null = null;
	return {
		name,
		designs: ['flag'],
		// Processes are not stopped between two commits yet.
		cannot: ['held', 'goes-on'],
		start: async (setup) => {
			const design = designOf(setup);
			if (design !== 'flag')
				throw new RangeError(`the live system knows no design but the flag, not ${design}`);
			cluster ??= Cluster.open(database);
			return (await cluster).start(setup);
		},
		close: async () => {
			await (await cluster)?.close();
			cluster = null;
		},
	};
}

/** Over PGlite, which needs no installation. */
export const live = (): LiveSystem => liveOver('live', ownPglite);

/** Over a PostgreSQL server of its own, where one is installed. */
export const liveOnPostgres = (): LiveSystem => liveOver('live-postgres', ownPostgres);
