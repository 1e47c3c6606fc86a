import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const MULLIGAN = new URL('mulligan.mjs', import.meta.url).pathname;

interface Started {
	/** What was printed so far. */
	readonly out: () => string;
	readonly err: () => string;
	readonly ended: Promise<number | null>;
	terminate(signal?: NodeJS.Signals): void;
}

function start(cwd: string, ...args: string[]): Started {
	const child = spawn(process.execPath, [MULLIGAN, 'serve', '--port', '0', ...args], { cwd });
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
