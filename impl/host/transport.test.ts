import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { Client } from '../agent/client.ts';
import { Requests } from '../agent/requests.ts';
import { type Answering, serveTest } from '../testing/http.ts';
import { until } from '../testing/until.ts';
import { RealTimers } from './timers.ts';
import { HttpTransport } from './transport.ts';

// They wait for real processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const PACE = 0.02;
const requests = new Requests({ id: 'h ü', secret: 'host-secret' });
const work = { execution: { task: 't/1', execution: 0 }, secret: 'task-secret' };
const mark = requests.mark(work);
const GRANTED = { outcome: 'granted' };

async function start(answer: Answering, pace = PACE) {
	const server = await serveTest(answer);
	const transport = new HttpTransport({ apiServer: `${server.url}/`, pace });
	return { server, transport, client: new Client(transport, new RealTimers(pace), 10) };
}

test('a request arrives with its path, its secrets and its body', async () => {
	const seen: unknown[] = [];
	const { transport, server } = await start(async (request) => {
		seen.push(Object.fromEntries(request.headers), await request.json());
		return Response.json({ outcome: 'ok' });
	});
	const response = await transport.open(requests.heartbeat(work)).response;
	expect(response?.status).toBe(200);
	expect(await response?.json()).toEqual({ outcome: 'ok' });
	expect(server.asked).toEqual(['POST /rest/v2/task/t%2F1/heartbeat']);
	expect(seen).toMatchObject([
		{
			'host-id': 'h%20%C3%BC',
			'host-secret': 'host-secret',
			'task-id': 't%2F1',
			'task-secret': 'task-secret',
			'content-type': 'application/json',
		},
		'heartbeat',
	]);
});

test('connections are kept alive from call to call', async () => {
	const { client, server } = await start(async (request) => {
		await request.text();
		return Response.json(GRANTED);
	});
	for (let call = 0; call < 20; call++) await client.call(mark);
	expect(server.asked).toHaveLength(20);
	expect(server.connections).toBeLessThan(4);
});

test('closing a connection aborts its request', async () => {
	let aborted = false;
	const { transport, server } = await start(async (request) => {
		request.signal.addEventListener('abort', () => {
			aborted = true;
		});
		await delay(5000, null, { signal: request.signal }).catch(() => {});
		return Response.json(GRANTED);
	});
	const connection = transport.open(mark);
	await until('the request arrives', () => server.asked.length > 0);
	connection.close();
	expect(await connection.response).toBeNull();
	await until('the server sees the connection closed', () => aborted);
});

test('an attempt that takes too long is over', async () => {
	// A heartbeat has one minute, here 60 ms.
	const { transport } = await start(async () => {
		await delay(5000);
		return Response.json({ outcome: 'ok' });
	}, 0.001);
	const began = performance.now();
	expect(await transport.open(requests.heartbeat(work)).response).toBeNull();
	expect(performance.now() - began).toBeLessThan(3000);
});

test('a server that refuses connections or breaks them gives no answer', async () => {
	const { transport, server } = await start(() => {
		server.close();
		return Response.json(GRANTED);
	});
	expect(await transport.open(mark).response).toBeNull();
	expect(await transport.open(mark).response).toBeNull();
});

test('an answer that never ends is not read to its end', async () => {
	const { transport } = await start(() => new Response(new Uint8Array(2_000_000)));
	expect(await transport.open(mark).response).toBeNull();
});

test('a redirection is not followed, and settles nothing', async () => {
	const { client, server } = await start((_request, index) =>
		index === 0 ? Response.redirect('http://127.0.0.1:9/', 302) : Response.json(GRANTED),
	);
	expect(await client.call(mark)).toMatchObject({ status: 200, body: GRANTED });
	expect(server.asked).toHaveLength(2);
});

test('a call is sent again after a 5xx and after a broken answer', async () => {
	const answers = [
		() => new Response('no', { status: 500 }),
		() => new Response('no', { status: 503 }),
		() => new Response('{"outcome": "gra', { status: 200 }),
		() => Response.json(GRANTED),
	];
	const { client, server } = await start(
		(_request, index) => answers[index]?.() ?? Response.error(),
	);
	expect(await client.call(mark)).toMatchObject({ status: 200 });
	expect(server.asked).toHaveLength(4);
});

test('a call is sent again while nobody listens, until somebody does', async () => {
	const first = await serveTest(() => Response.json(GRANTED));
	first.close();
	const transport = new HttpTransport({ apiServer: first.url });
	const answer = new Client(transport, new RealTimers(0.02), 10).call(mark);
	await delay(30);
	await serveTest(() => Response.json(GRANTED), Number(new URL(first.url).port));
	expect(await answer).toMatchObject({ status: 200 });
});

test.each([400, 401, 404, 409, 429])('a %i is final', async (status) => {
	const { client, server } = await start(() =>
		Response.json({ status, error: 'no', outcome: null }, { status }),
	);
	expect(await client.call(mark)).toMatchObject({ status });
	expect(server.asked).toHaveLength(1);
});

test('a mark is given up after M, however often it could be sent', async () => {
	const { client } = await start(() => new Response('no', { status: 500 }), 0.005);
	const began = performance.now();
	expect(await client.call(mark)).toBeNull();
	// 60 s at this pace are 300 ms.
	expect(performance.now() - began).toBeGreaterThan(250);
	expect(performance.now() - began).toBeLessThan(2000);
});
