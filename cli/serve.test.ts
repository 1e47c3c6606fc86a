import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const MULLIGAN = new URL('mulligan.mjs', import.meta.url).pathname;

interface Started {
	/** What was printed so far. */
	readonly out: () => string;
	readonly err: () => string;
	readonly ended: Promise<number | null>;
	terminate(): void;
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
		terminate: () => child.kill('SIGTERM'),
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

test('a place that cannot be used is one line, and exit 2', async () => {
	const server = start(tmpdir(), '--database', 'postgres://127.0.0.1:1/nothing');
	expect(await server.ended).toBe(2);
	expect(server.err()).toMatch(/^mulligan: .*cannot be reached[^\n]*\n$/);
}, 60_000);
