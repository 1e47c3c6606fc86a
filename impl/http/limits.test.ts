import { afterEach, expect, test } from 'vitest';
import { HttpBench } from '../testing/http-bench.ts';
import { RawConnection } from '../testing/raw-connection.ts';
import { LIMITS, type Limits, listen } from './listen.ts';

const QUICK: Limits = { ...LIMITS, headers_timeout_ms: 200, request_timeout_ms: 400 };
const END = `/rest/v2/hosts/h1/task/${HttpBench.task}/end`;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closers.splice(0)) await close();
});

async function listening(limits: Limits = LIMITS) {
	const bench = await HttpBench.started();
	const { url, close } = await listen(bench.app.fetch, { host: '127.0.0.1', port: 0 }, limits);
	closers.push(close);
	return { bench, url, port: Number(new URL(url).port) };
}

const say = async (port: number, text: string): Promise<number> =>
	(await RawConnection.open(port)).send(text).status();

const headersOf = (bench: HttpBench): string =>
	Object.entries(bench.identity())
		.map(([name, value]) => `${name}: ${value}\r\n`)
		.join('');

test('a body over one megabyte is 413, whether its length is declared or not', async () => {
	const { bench, url, port } = await listening();
	const body = JSON.stringify({ status: 'failed', desc: ' '.repeat(1_000_000) });
	const declared = await fetch(url + END, { method: 'POST', headers: bench.identity(), body });
	expect(declared.status).toBe(413);
	const chunk = 'x'.repeat(100_000);
	const chunks = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(11);
	const head = `POST ${END} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`;
	expect(await say(port, `${head}${chunks}0\r\n\r\n`)).toBe(413);
	const get = 'GET /rest/v2/agent/setup HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\n\r\n';
	expect(await say(port, get)).toBe(413);
	expect(bench.record().status).toBe('started');
});

test('a chunked body below the limit is read like any other', async () => {
	const { bench, port } = await listening();
	const body = '{"status":"success"}';
	const head = `POST ${END} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n${headersOf(bench)}\r\n`;
	expect(await say(port, `${head}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`)).toBe(200);
	expect(bench.record().status).toBe('success');
});

test('a body or headers that do not arrive in time are 408', async () => {
	const { bench, port } = await listening(QUICK);
	const head = `POST ${END} HTTP/1.1\r\nHost: a\r\n${headersOf(bench)}`;
	expect(await say(port, `${head}Content-Length: 20\r\n\r\n{"status"`)).toBe(408);
	expect(await say(port, head)).toBe(408);
	expect(bench.record().status).toBe('started');
});

test('headers over 16 KB are 431', async () => {
	const { port } = await listening();
	const head = `GET /healthz HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
	expect(await say(port, head)).toBe(431);
});

test.each([
	['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
	['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b/c\r\n\r\n', 400],
	['a path that is none', 'GET healthz HTTP/1.1\r\nHost: a\r\n\r\n', 400],
	[
		'two lengths',
		'POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
		400,
	],
	['a method of its own', 'DANCE /healthz HTTP/1.1\r\nHost: a\r\n\r\n', 400],
	['an unknown route', 'PATCH /rest/v2/tasks/x HTTP/1.1\r\nHost: a\r\n\r\n', 404],
])('a request with %s is a 4xx', async (_, text, status) => {
	const { port } = await listening();
	expect(await say(port, text)).toBe(status);
});

test('an agent may send what it likes as content type, and a body with a GET', async () => {
	const { bench, url } = await listening();
	const end = await fetch(url + END, {
		method: 'POST',
		headers: { ...bench.identity(), 'Content-Type': 'text/plain; charset=latin1' },
		body: '{"status":"failed"}',
	});
	expect([end.status, await end.json()]).toEqual([200, { outcome: 'ok' }]);
	const { port } = new URL(url);
	const body = '{"task_group":"","agent_revision":"2026-08-21"}';
	const get = `GET /rest/v2/hosts/h1/agent/next_task HTTP/1.1\r\nHost: a\r\n${headersOf(bench)}Content-Length: ${body.length}\r\n\r\n${body}`;
	expect(await say(Number(port), get)).toBe(200);
});

test('a HEAD is answered like no route: it hands out nothing', async () => {
	const { bench, url } = await listening();
	await bench.end();
	const { status } = await fetch(`${url}/rest/v2/hosts/h1/agent/next_task`, {
		method: 'HEAD',
		headers: bench.identity(),
	});
	expect(status).toBe(404);
	expect(bench.record('v1_ubuntu_lint').status).toBe('undispatched');
});

test('requests under way are answered when the server ends, and no more are taken', async () => {
	const bench = await HttpBench.started();
	const { url, close } = await listen(bench.app.fetch, { host: '127.0.0.1', port: 0 });
	const port = Number(new URL(url).port);
	const head = `POST ${END} HTTP/1.1\r\nHost: a\r\n${headersOf(bench)}Content-Length: 20\r\n\r\n`;
	const idle = await RawConnection.open(port);
	const slow = (await RawConnection.open(port)).send(`${head}{"status"`);
	await new Promise((resolve) => setTimeout(resolve, 50));
	const closed = close();
	await idle.ended;
	await expect(RawConnection.open(port)).rejects.toThrow('ECONNREFUSED');
	expect(await slow.send(':"success"}').status()).toBe(200);
	await closed;
	expect(bench.record().status).toBe('success');
});
