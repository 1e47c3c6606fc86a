import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const MULLIGAN = new URL('mulligan.mjs', import.meta.url).pathname;

interface Started {
	/** What was printed so far. */
	readonly out: () => string;
	readonly err: () => string;
	readonly ended: Promise<number | null>;
	terminate(signal?: NodeJS.Signals): void;
}

function start(cwd: string, ...args: string[]): Started {
	return startWith({}, cwd, ...args);
}

function startWith(env: Readonly<Record<string, string>>, cwd: string, ...args: string[]): Started {
	const child = spawn(process.execPath, [MULLIGAN, 'serve', '--port', '0', ...args], {
		cwd,
		env: { ...process.env, ...env },
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	const texts = { out: '', err: '' };
	child.stdout.on('data', (chunk) => {
		texts.out += chunk;
	});
	child.stderr.on('data', (chunk) => {
		texts.err += chunk;
	});
	return {
		out: () => texts.out,
		err: () => texts.err,
		ended: new Promise((resolve) => child.once('close', resolve)),
		terminate: (signal = 'SIGTERM') => child.kill(signal),
	};
}

test('the server says where it is and its admin key, keeps it out of the log, and ends when told', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'mulligan-serve-'));
	const server = start(folder, '--database', 'memory', '--log-level', 'debug');
	await expect.poll(server.out, { timeout: 30_000 }).toMatch(/shown only now: [\w-]{43}\n/);
	const url = /http:\S+/.exec(server.out())?.[0];
	const key = /now: (\S+)/.exec(server.out())?.[1] ?? '';
	const put = await fetch(`${url}/rest/v2/admin/hosts/h1`, {
		method: 'PUT',
		headers: { 'Api-User': 'admin', 'Api-Key': key },
	});
	expect(put.status).toBe(200);
	server.terminate();
	expect(await server.ended).toBe(0);
	expect(server.err()).toContain('"msg":"ended"');
	expect(server.err()).not.toContain(key);
	await rm(folder, { recursive: true });
}, 60_000);

test.each(['SIGINT', 'SIGHUP'] as const)(
	'%s ends the server in order too',
	async (signal) => {
		const server = start(tmpdir(), '--database', 'memory');
		await expect.poll(server.out, { timeout: 30_000 }).toContain('shown only now');
		server.terminate(signal);
		expect(await server.ended).toBe(0);
		expect(server.err()).toContain('"msg":"ended"');
	},
	60_000,
);

test('a place that cannot be used is one line, and exit 2', async () => {
	const server = start(tmpdir(), '--database', 'postgres://127.0.0.1:1/nothing');
	expect(await server.ended).toBe(2);
	expect(server.err()).toMatch(/^mulligan: .*cannot be reached[^\n]*\n$/);
}, 60_000);

test('a password among the arguments is warned of, and never printed', async () => {
	const server = start(tmpdir(), '--database', 'postgres://u:hunter2@127.0.0.1:1/nothing');
	expect(await server.ended).toBe(2);
	expect(server.err()).toContain('give it in PGPASSWORD');
	expect(server.out() + server.err()).not.toContain('hunter2');
}, 60_000);

test.runIf(process.platform === 'linux')(
	'a folder that cannot be made is one line, and exit 2',
	async () => {
		const server = start(tmpdir(), '--database', '/proc/mulligan/data');
		expect(await server.ended).toBe(2);
		expect(server.err()).toMatch(
			/^mulligan: the folder \/proc\/mulligan\/data cannot be used: ENOENT[^\n]*\n$/,
		);
	},
	60_000,
);

test('a port that is in use is one line, and exit 2', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const address = other.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const server = start(tmpdir(), '--database', 'memory', '--port', String(port));
	expect(await server.ended).toBe(2);
	expect(server.err()).toBe(
		`mulligan: port ${port} of 127.0.0.1 is in use (give another --port)\n`,
	);
	other.close();
}, 60_000);

const FLOOD = 1500;
const CHUNK = Buffer.from(`${(65_000).toString(16)}\r\n${'x'.repeat(65_000)}\r\n`);

/** Sends most of a megabyte without credentials, and never the end. */
function flood(port: number): Socket {
	const socket = connect(port, '127.0.0.1');
	socket.on('error', () => {});
	socket.write(
		'POST /rest/v2/hosts/h1/task/t1/end HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n',
	);
	for (let chunk = 0; chunk < 15; chunk++) socket.write(CHUNK);
	return socket;
}

test(`${FLOOD} bodies of strangers that never end do not end a small server`, async () => {
	const small = { NODE_OPTIONS: '--max-old-space-size=128' };
	const server = startWith(small, tmpdir(), '--database', 'memory');
	await expect.poll(server.out, { timeout: 30_000 }).toContain('shown only now');
	const url = /http:\S+/.exec(server.out())?.[0] ?? '';
	const sockets = Array.from({ length: FLOOD }, () => flood(Number(new URL(url).port)));
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
	});
	const answers = await Promise.all(
		sockets.map(async (socket) => {
			try {
				const [answer]: unknown[] = await Promise.race([
					once(socket, 'data'),
					once(socket, 'close'),
				]);
				return answer instanceof Buffer ? answer.toString().slice(9, 12) : 'none';
			} catch {
				// Who still sends when the server has answered and closed may lose the answer (RFC 9112, 9.6).
				return 'reset';
			}
		}),
	);
	// 503 where too many are under way.
	for (const answer of new Set(answers)) expect(['404', '503', 'reset']).toContain(answer);
	expect(answers).toContain('404');
	expect((await fetch(`${url}/healthz`)).status).toBe(200);
	server.terminate();
	expect(await server.ended).toBe(0);
	expect(server.err()).not.toContain('"level":50');
}, 60_000);
