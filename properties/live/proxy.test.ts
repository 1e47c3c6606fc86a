import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Requests } from '../../impl/agent/requests.ts';
import { HttpTransport } from '../../impl/host/transport.ts';
import type { Connection, Envelope } from '../../impl/ports/transport.ts';
import { until } from '../../impl/testing/until.ts';
import type { Message, MessageSelector } from '../../model/vocabulary/message.ts';
import { FaultProxy } from './proxy.ts';

const requests = new Requests({ id: 'h ü', secret: 's' });
const work = { execution: { task: 't1', execution: 3 }, secret: 'secret of t1/3' };
const MARK: MessageSelector = { leg: 'request', route: 'mark' };
const GRANTED: MessageSelector = { leg: 'reply', route: 'mark' };

let appServer: Server;
let proxy: FaultProxy;
let transport: HttpTransport;
/** What the app server was asked. */
let asked: string[] = [];

beforeEach(async () => {
	asked = [];
	appServer = createServer((request, response) => {
		asked.push(`${request.method} ${request.url}`);
		const task = { task_id: 't1', task_execution: 3, task_secret: work.secret };
		const isNext = request.url?.endsWith('next_task') === true;
		response.end(JSON.stringify(isNext ? { outcome: 'task', ...task } : { outcome: 'granted' }));
	});
	await new Promise<void>((resolve) => appServer.listen(0, '127.0.0.1', resolve));
	const address = appServer.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	proxy = await FaultProxy.start();
	proxy.appServer = `http://127.0.0.1:${port}`;
	transport = new HttpTransport({ apiServer: proxy.address });
});

afterEach(async () => {
	await proxy.stop();
	appServer.closeAllConnections();
	await new Promise((resolve) => appServer.close(resolve));
});

/** Sends a request and waits until the proxy holds it. */
async function send(envelope: Envelope): Promise<Connection> {
	const before = proxy.messages.length;
	const connection = transport.open(envelope);
	await until('the proxy holds the request', () => proxy.messages.length > before);
	return connection;
}

const inFlight = (): string[] =>
	proxy.messages.map(({ leg, route, awaited }) => `${leg} ${route}${awaited ? '' : ', unawaited'}`);

test('a request waits until it is delivered, and so does its reply', async () => {
	const { response } = await send(requests.mark(work));
	expect(asked).toEqual([]);
	expect(inFlight()).toEqual(['request mark']);
	await proxy.deliver(MARK);
	expect(asked).toHaveLength(1);
	expect(inFlight()).toEqual(['reply mark']);
	await proxy.deliver(GRANTED);
	expect(await response).toMatchObject({ status: 200 });
	expect(inFlight()).toEqual([]);
});

test('what passes is read from the wire alone, an execution by the secret that was handed out', async () => {
	await send(requests.next());
	expect(await proxy.deliver({ leg: 'request', route: 'next' })).toMatchObject({
		...work.execution,
		outcome: 'task',
	});
	const details = { status: 'failed', type: 'setup', description: '', timed_out: 'idle' } as const;
	await send(requests.end(work, details, 'idle'));
	const ended: Partial<Message> = { route: 'end', host: 'h ü', ...work.execution, details };
	expect(proxy.messages[1]).toMatchObject(ended);
});

test('when the agent hangs up its request stays, for nobody, and its reply vanishes', async () => {
	const first = await send(requests.mark(work));
	first.close();
	await until('the proxy has seen it', () => inFlight()[0] === 'request mark, unawaited');
	expect(await proxy.deliver(MARK)).toMatchObject({ outcome: 'granted' });
	expect(inFlight()).toEqual([]);
	const second = await send(requests.mark(work));
	await proxy.deliver(MARK);
	expect(inFlight()).toEqual(['reply mark']);
	second.close();
	await until('the reply has vanished', () => inFlight().length === 0);
});

test('a lost request is never heard of, and its sender goes on waiting', async () => {
	await send(requests.mark(work));
	proxy.take(MARK);
	expect(inFlight()).toEqual([]);
	expect(proxy.trafficOf('h ü')).toEqual({ received: 1, open: 1, passing: 0 });
	expect(asked).toEqual([]);
});

test('the copy of a request is answered to nobody', async () => {
	await send(requests.mark(work));
	proxy.repeat(MARK);
	expect(inFlight()).toEqual(['request mark', 'request mark, unawaited']);
	await proxy.deliver(MARK);
	await proxy.deliver(MARK);
	expect(asked).toHaveLength(2);
	expect(inFlight()).toEqual(['reply mark']);
});

test('a call whose connection is broken fails at once, a heartbeat beside it does not', async () => {
	const { response } = await send(requests.mark(work));
	await send(requests.heartbeat(work));
	proxy.breakCall('h ü');
	expect(await response).toBeNull();
	expect(inFlight()).toEqual(['request mark, unawaited', 'request heartbeat']);
});

test('heartbeats of a host that is reliable for now pass unseen', async () => {
	proxy.setReliable('h ü', true);
	const { response } = transport.open(requests.heartbeat(work));
	expect(await response).toMatchObject({ status: 200 });
	expect(inFlight()).toEqual([]);
	proxy.setReliable('h ü', false);
	await send(requests.heartbeat(work));
	expect(inFlight()).toEqual(['request heartbeat']);
});
