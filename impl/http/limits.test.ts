import { afterEach, expect, test, vi } from 'vitest';
import { HttpFixture } from '../testing/http-fixture.ts';
import { RawConnection } from '../testing/raw-connection.ts';
import { LIMITS, type Limits, listen } from './listen.ts';

const QUICK: Limits = { ...LIMITS, headers_timeout_ms: 200, request_timeout_ms: 400 };
const END = `/rest/v2/hosts/h1/task/${HttpFixture.task}/end`;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closers.splice(0)) await close();
});

async function listening(limits: Limits = LIMITS) {
	const fixture = await HttpFixture.started();
	const { url, close } = await listen(fixture.app.fetch, { host: '127.0.0.1', port: 0 }, limits);
	closers.push(close);
	return { fixture, url, port: Number(new URL(url).port) };
}

const say = async (port: number, text: string): Promise<number> =>
	(await RawConnection.open(port)).send(text).status();

const headersOf = (fixture: HttpFixture): string =>
	Object.entries(fixture.identity())
		.map(([name, value]) => `${name}: ${value}\r\n`)
		.join('');

test('a body over one megabyte is 413, whether its length is declared or not', async () => {
	const { fixture, url, port } = await listening();
	const body = JSON.stringify({ status: 'failed', desc: ' '.repeat(1_000_000) });
	const declared = await fetch(url + END, { method: 'POST', headers: fixture.identity(), body });
	expect(declared.status).toBe(413);
	const chunk = 'x'.repeat(100_000);
	const chunks = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(11);
	const head = `POST ${END} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n${headersOf(fixture)}\r\n`;
	expect(await say(port, `${head}${chunks}0\r\n\r\n`)).toBe(413);
	const get = 'GET /rest/v2/agent/setup HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\n\r\n';
	expect(await say(port, get)).toBe(413);
	expect(fixture.record().status).toBe('started');
});

test('a chunked body below the limit is read like any other', async () => {
	const { fixture, port } = await listening();
	const body = '{"status":"success"}';
	const head = `POST ${END} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n${headersOf(fixture)}\r\n`;
	expect(await say(port, `${head}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`)).toBe(200);
	expect(fixture.record().status).toBe('success');
});

test('a body or headers that do not arrive in time are 408', async () => {
	const { fixture, port } = await listening(QUICK);
	const head = `POST ${END} HTTP/1.1\r\nHost: a\r\n${headersOf(fixture)}`;
	expect(await say(port, `${head}Content-Length: 20\r\n\r\n{"status"`)).toBe(408);
	expect(await say(port, head)).toBe(408);
	expect(fixture.record().status).toBe('started');
});

/** The begin of a body of 990 kB that never ends. */
const UNFINISHED = `${(990_000).toString(16)}\r\n${'x'.repeat(990_000)}\r\n`;
const CHUNKED = `POST ${END} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n`;

test.each([
	['whose length is declared', `POST ${END} HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n{`],
	['that comes in chunks', `${CHUNKED}\r\n${UNFINISHED}`],
	[
		'of an admin',
		'PUT /rest/v2/admin/projects/p HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{',
	],
])('nobody waits for the body %s of a stranger', async (_, text) => {
	const { port } = await listening();
	const began = performance.now();
	expect(await say(port, text)).toBe(401);
	expect(performance.now() - began).toBeLessThan(2000);
});

test('a body that comes with its headers costs no transaction more', async () => {
	const { fixture, port } = await listening();
	const transaction = vi.spyOn(fixture.app.context.store, 'transaction');
	const body = '{"status":"success"}';
	const head = `POST ${END} HTTP/1.1\r\nHost: a\r\n${headersOf(fixture)}Content-Length: ${body.length}\r\n\r\n`;
	expect(await say(port, head + body)).toBe(200);
	expect(transaction).toHaveBeenCalledTimes(1);
});

test('bodies that together take too much are 503, and the place of those that are gone is free', async () => {
	const { fixture, port } = await listening();
	const text = `${CHUNKED}${headersOf(fixture)}\r\n${UNFINISHED}`;
	const all = await Promise.all(Array.from({ length: 33 }, () => RawConnection.open(port)));
	for (const connection of all) connection.send(text);
	expect(await Promise.race(all.map((connection) => connection.answer()))).toMatch(
		/^HTTP\/1\.1 503 .*\r\nRetry-After: 1\r\n/is,
	);
	for (const connection of all) connection.destroy();
	const again = `${CHUNKED}${headersOf(fixture)}\r\n${UNFINISHED.replaceAll('x', ' ')}1\r\n{\r\n0\r\n\r\n`;
	await expect.poll(() => say(port, again)).toBe(400);
});

test('requests beyond those that can be under way are 503', async () => {
	const { fixture, url, port } = await listening({ ...LIMITS, requests_under_way: 1 });
	const slow = (await RawConnection.open(port)).send(`${CHUNKED}${headersOf(fixture)}\r\n`);
	const health = async () => {
		const { status, headers } = await fetch(`${url}/healthz`);
		return [status, headers.get('Retry-After')];
	};
	await expect.poll(health).toEqual([503, '1']);
	slow.destroy();
	await expect.poll(health).toEqual([200, null]);
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
	const { fixture, url } = await listening();
	const end = await fetch(url + END, {
		method: 'POST',
		headers: { ...fixture.identity(), 'Content-Type': 'text/plain; charset=latin1' },
		body: '{"status":"failed"}',
	});
	expect([end.status, await end.json()]).toEqual([200, { outcome: 'ok' }]);
	const { port } = new URL(url);
	const body = '{"task_group":"","agent_revision":"2026-08-21"}';
	const get = `GET /rest/v2/hosts/h1/agent/next_task HTTP/1.1\r\nHost: a\r\n${headersOf(fixture)}Content-Length: ${body.length}\r\n\r\n${body}`;
	expect(await say(Number(port), get)).toBe(200);
});

test('a HEAD is answered like no route: it hands out nothing', async () => {
	const { fixture, url } = await listening();
	await fixture.end();
	const { status } = await fetch(`${url}/rest/v2/hosts/h1/agent/next_task`, {
		method: 'HEAD',
		headers: fixture.identity(),
	});
	expect(status).toBe(404);
	expect(fixture.record('v1_ubuntu_lint').status).toBe('undispatched');
});

test('requests under way are answered when the server ends, and no more are taken', async () => {
	const fixture = await HttpFixture.started();
	// On an address of its own, where there are some, nobody else takes the port when it is free again.
	const host = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';
	const { url, close } = await listen(fixture.app.fetch, { host, port: 0 });
	const port = Number(new URL(url).port);
	const head = `POST ${END} HTTP/1.1\r\nHost: a\r\n${headersOf(fixture)}Content-Length: 20\r\n\r\n`;
	const idle = await RawConnection.open(port, host);
	const slow = (await RawConnection.open(port, host)).send(`${head}{"status"`);
	await new Promise((resolve) => setTimeout(resolve, 50));
	const closed = close();
	await idle.ended;
	await expect(RawConnection.open(port, host)).rejects.toThrow('ECONNREFUSED');
	expect(await slow.send(':"success"}').status()).toBe(200);
	await closed;
	expect(fixture.record().status).toBe('success');
});
