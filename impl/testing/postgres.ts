import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import {
	chownSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

/** A PostgreSQL server of its own for a test, on the loopback interface, in a private folder. */
export interface PostgresServer {
	readonly port: number;
	readonly password: string;
	/** Makes an empty database and gives its URL. */
	createDatabase(): Promise<string>;
	/** Kills all of its processes with SIGKILL. */
	kill(): void;
	/** Starts it again after it was killed. */
	restart(): Promise<void>;
	/** Stops it and removes its folder. This happens by itself if the process that started it ends. */
	stop(): Promise<void>;
}

interface Installed {
	readonly programs: string;
	/** Who runs it: the server refuses to run as root. */
	readonly user: { readonly uid?: number; readonly gid?: number };
}

const DEBIAN = '/usr/lib/postgresql';
const USER = 'mulligan';
const START_TIMEOUT_MS = 30_000;

/** The newest server that is installed, or why none can be started. */
function findInstalled(): Installed | string {
	const version = (existsSync(DEBIAN) ? readdirSync(DEBIAN) : [])
		.filter((name) => existsSync(join(DEBIAN, name, 'bin', 'initdb')))
		.sort((a, b) => Number(b) - Number(a))[0];
	if (version === undefined) return `no PostgreSQL server is installed in ${DEBIAN}`;
	const programs = join(DEBIAN, version, 'bin');
	if (process.getuid?.() !== 0) return { programs, user: {} };
	try {
		const numberOf = (flag: string): number =>
			Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }).toString());
		return { programs, user: { uid: numberOf('-u'), gid: numberOf('-g') } };
	} catch {
		return 'PostgreSQL does not run as root, and there is no user "postgres"';
	}
}

const installed = findInstalled();

/** Why no server can be started here; null if one can. */
export const postgresIsMissing: string | null = typeof installed === 'string' ? installed : null;

export async function startPostgres(): Promise<PostgresServer> {
	if (typeof installed === 'string') throw new Error(installed);
	const { programs, user } = installed;
	const folder = mkdtempSync(join(tmpdir(), 'mulligan-postgres-'));
	const { uid, gid } = user;
	if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
	const password = `secret-${Math.random().toString(36).slice(2)}`;
	const passwordFile = `${folder}.password`;
	try {
		writeFileSync(passwordFile, password);
		const options = `-U ${USER} -A scram-sha-256 -E UTF8 --locale=C --no-sync --no-instructions`;
		await promisify(execFile)(
			join(programs, 'initdb'),
			[...options.split(' '), `--pwfile=${passwordFile}`, '-D', join(folder, 'data')],
			user,
		);
		const port = await freePort();
		const keeper = keep(folder, join(programs, 'postgres'), port, user);
		const server = new OwnServer(keeper, folder, port, password);
		await server.restart();
		return server;
	} finally {
		await rm(passwordFile, { force: true });
	}
}

/** Starts the server under a shell, for each line of its input; at its end, stops it and cleans up. */
function keep(
	folder: string,
	program: string,
	port: number,
	user: Installed['user'],
): ChildProcess {
	const script = `folder=$1; shift
while read -r _; do
	rm -f "$folder/data/postmaster.pid"
	"$@" >>"$folder/log" 2>&1 &
done
kill -INT $! 2>/dev/null
wait
rm -rf "$folder"`;
	const settings = [
		...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', `port=${port}`],
		...['-c', 'fsync=off', '-c', 'max_connections=100'],
	];
	const command = [program, '-D', join(folder, 'data'), ...settings];
	return spawn('sh', ['-c', script, 'sh', folder, ...command], {
		...user,
		cwd: folder,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
}

class OwnServer implements PostgresServer {
	readonly port: number;
	readonly password: string;
	readonly #keeper: ChildProcess;
	readonly #folder: string;
	#databases = 0;

	constructor(keeper: ChildProcess, folder: string, port: number, password: string) {
		this.#keeper = keeper;
		this.#folder = folder;
		this.port = port;
		this.password = password;
	}

	kill(): void {
		const leader = readFileSync(join(this.#folder, 'data', 'postmaster.pid'), 'utf8').split(
			'\n',
		)[0];
		const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(leader)]).toString();
		for (const pid of `${leader} ${children}`.trim().split(/\s+/))
			try {
				process.kill(Number(pid), 'SIGKILL');
			} catch {
				// It was gone already.
			}
	}

	async restart(): Promise<void> {
		this.#keeper.stdin?.write('start\n');
		const deadline_ms = Date.now() + START_TIMEOUT_MS;
		for (;;) {
			try {
				return await this.#run('SELECT 1');
			} catch (error) {
				if (Date.now() < deadline_ms) await new Promise((resolve) => setTimeout(resolve, 50));
				else {
					const log = readFileSync(join(this.#folder, 'log'), 'utf8');
					await this.stop();
					throw new Error(`PostgreSQL did not start: ${log}`, { cause: error });
				}
			}
		}
	}

	async createDatabase(): Promise<string> {
		const name = `test_${++this.#databases}`;
		await this.#run(`CREATE DATABASE ${name}`);
		return this.#url(name);
	}

	async stop(): Promise<void> {
		const { exitCode, signalCode, stdin } = this.#keeper;
		if (exitCode !== null || signalCode !== null) return;
		const gone = new Promise<void>((resolve) => this.#keeper.once('exit', () => resolve()));
		stdin?.end();
		await gone;
		// The shell may not remove a folder in a folder that is not its user's.
		await rm(this.#folder, { recursive: true, force: true });
	}

	#url(database: string): string {
		return `postgres://${USER}:${this.password}@127.0.0.1:${this.port}/${database}`;
	}

	async #run(statement: string): Promise<void> {
		const client = new pg.Client({ connectionString: this.#url('postgres') });
		try {
			await client.connect();
			await client.query(statement);
		} finally {
			await client.end().catch(() => {});
		}
	}
}

/** A port of the loopback interface that nobody listened on a moment ago. */
const freePort = (): Promise<number> =>
	new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			const port = typeof address === 'object' && address !== null ? address.port : 0;
			probe.close(() => resolve(port));
		});
	});
