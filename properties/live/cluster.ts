import { join } from 'node:path';
import type { Matter } from '../../impl/server/rules.ts';
import { postgresIsMissing, startPostgres } from '../../impl/testing/postgres.ts';
import { isLate, type Setup } from '../../model/vocabulary/setup.ts';
import { LiveAppServer } from './app-server.ts';
import { CommandPipes } from './command-pipes.ts';
import { LiveHost } from './host.ts';
import { type Death, LiveRun } from './live-run.ts';
import { playable } from './playable.ts';
import { Pool } from './pool.ts';
import { FaultProxy } from './proxy.ts';

/** Where the app server of a live trial keeps what it knows. */
export interface Database {
	readonly place: string;
	stop(): Promise<void>;
}

/** Starts a database, or chooses where it shall be; `folder` is private and is removed afterwards. */
export type StartDatabase = (folder: string) => Promise<Database>;

/** PGlite, in the server's own process. */
export const ownPglite: StartDatabase = async (folder) => ({
	place: join(folder, 'database'),
	stop: async () => {},
});

/** A PostgreSQL server of its own. @throws when none is installed. */
export const ownPostgres: StartDatabase = async () => {
	if (postgresIsMissing !== null) throw new Error(postgresIsMissing);
	const server = await startPostgres();
	return { place: await server.createDatabase(), stop: () => server.stop() };
};

/** What happens to the app server of a run, or is wrong with it; nothing, unless told. */
export interface RunOptions {
	readonly death?: Death | null;
	/** What it looks at in one transaction and acts on in the next. */
	readonly looks?: readonly Matter[];
}

/** All the processes of live trials. They are started once, and used for one story after another. */
export class Cluster {
	readonly server: LiveAppServer;
	readonly proxy: FaultProxy;
	readonly #database: Database;
	readonly #pool: Pool;
	readonly #pipes: CommandPipes;
	readonly #hosts = new Map<string, LiveHost>();

	static async open(start: StartDatabase): Promise<Cluster> {
		const pool = new Pool();
		pool.prepare('server-process');
		pool.prepare('agent-process');
		try {
			return new Cluster(await start(pool.folder), pool, await FaultProxy.start());
		} catch (error) {
			await pool.stop();
			throw error;
		}
	}

	private constructor(database: Database, pool: Pool, proxy: FaultProxy) {
		this.#database = database;
		this.#pool = pool;
		this.proxy = proxy;
		this.#pipes = new CommandPipes(join(pool.folder, 'pipes'));
		this.server = new LiveAppServer(pool, database.place);
	}

	/** Brings up what a story needs, as if nothing had happened before. */
	async start(setup: Setup, { death = null, looks = [] }: RunOptions = {}): Promise<LiveRun> {
		this.#pool.setRef(true);
		for (const host of this.#hosts.values()) await host.leave();
		this.proxy.clear();
		this.#pipes.clear();
		const user = await this.server.load({ ...setup, project: playable(setup.project) }, looks);
		this.proxy.appServer = await this.server.comeUp(setup.policy);
		const { hosts: identities } = await this.server.look(setup);
		const hosts = setup.hosts.map((id) => this.#hostOf(id));
		const secrets = new Map(identities.map(({ id, secret }) => [id, secret]));
		const engage = ({ id }: LiveHost, secret = secrets.get(id) ?? ''): Promise<void> => {
			secrets.set(id, secret);
			return this.#hostOf(id).begin({
				host: { id, secret },
				callAttempts: setup.policy.call_attempts,
			});
		};
		await Promise.all(hosts.filter(({ id }) => !isLate(setup, id)).map((host) => engage(host)));
		return LiveRun.start(setup, {
			server: this.server,
			proxy: this.proxy,
			hosts,
			userHeaders: { 'Api-User': user.user, 'Api-Key': user.key },
			death,
			engage,
			stop: async () => this.#pool.setRef(false),
		});
	}

	/** Ends every process and removes every folder. */
	async close(): Promise<void> {
		this.#pipes.clear();
		await this.#pool.stop();
		await this.proxy.stop();
		await this.#database.stop();
	}

	/** Hosts are told apart by their names, and kept for other stories that have one of that name. */
	#hostOf(id: string): LiveHost {
		const known = this.#hosts.get(id);
		if (known !== undefined) return known;
		const host = new LiveHost(id, this.proxy, this.#pipes, this.#pool);
		this.#hosts.set(id, host);
		return host;
	}
}
