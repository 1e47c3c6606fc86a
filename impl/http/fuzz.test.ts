import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ids, Route } from '../routes/route.ts';
import { ROUTES } from '../routes/routes.ts';
import { conforming } from '../testing/conformance.ts';
import { HttpFixture } from '../testing/http-fixture.ts';
import { Choices, mutate } from '../testing/mutation.ts';
import { RawConnection } from '../testing/raw-connection.ts';
import { BODIES, IDS, pathOf } from '../testing/samples.ts';
import { LIMITS, listen } from './listen.ts';
import { OPERATIONS } from './operations.ts';

const SEED = 20_261_123;
const IN_PROCESS = 50_000;
const ON_SOCKET = 2000;

const unhandled: unknown[] = [];
const remember = (reason: unknown): void => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', remember));
afterAll(() => void process.off('unhandledRejection', remember));

interface Fuzzed {
	readonly method: string;
	readonly path: string;
	readonly headers: Record<string, string>;
	readonly body: string | null;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];
const TASKS = [
	HttpFixture.task,
	'v1_ubuntu_lint',
	'v2_ubuntu_compile',
	'nothing',
	'\0',
	'ü/%',
	'..',
	'__proto__',
];
const HOSTS = ['h1', 'h2', 'nowhere', '\0', 'a b', 'x'.repeat(301)];

/** What is put or taken away, by any method, is none of the hosts that work: who is gone never comes back. */
const hostOf = ({ path }: Route, choices: Choices): string => {
	if (path.includes('/admin/hosts/')) return choices.of(['h3', 'nowhere', '\0']);
	return choices.once(4) ? choices.of(HOSTS) : IDS.host;
};

/** Mostly the ids of what there is; users with other ids than those whose keys are in use. */
const idsOf = (route: Route, choices: Choices): Ids => ({
	host: hostOf(route, choices),
	task: choices.once(4) ? choices.of(TASKS) : IDS.task,
	version: choices.of(['v1', 'v2', 'v3', '\0', 'constructor']),
	project: choices.once(4) ? choices.of(['p2', '\0', '%']) : IDS.project,
	user: choices.of(['someone', '\0', 'x'.repeat(301)]),
});

function headersOf(
	fixture: HttpFixture,
	route: Route,
	ids: Ids,
	choices: Choices,
): Record<string, string> {
	const known = fixture.store.committedTask(ids.task) !== undefined;
	const right =
		route.access === 'user' || route.access === 'admin'
			? fixture.userHeaders(route.access)
			: fixture.identity(
					fixture.record(known ? ids.task : undefined).host ?? 'h1',
					known ? ids.task : undefined,
				);
	if (!choices.once(3)) return right;
	const [name, value] = choices.of(Object.entries(right));
	const odd = choices.of(['', 'wrong', '%', '%00', value.slice(1), 'é'.repeat(50)]);
	return { ...right, [name]: odd };
}

function fuzz(fixture: HttpFixture, choices: Choices): Fuzzed {
	const route = choices.of(ROUTES);
	const ids = idsOf(route, choices);
	const method = choices.once(20) ? choices.of(METHODS) : route.method.toUpperCase();
	const path = choices.once(50) ? choices.of(OPERATIONS).documented.path : pathOf(route, ids);
	const text = JSON.stringify(BODIES[route.name] ?? {}).replace('v2', `v${choices.below(100)}`);
	return {
		method,
		path: choices.once(10) ? mutate(path, choices) : path,
		headers: headersOf(fixture, route, ids, choices),
		body: choices.once(3) ? mutate(text, choices) : text,
	};
}

/** Brings hosts and tasks back to work: what is fuzzed must not end in a world where nothing can happen. */
async function renew(fixture: HttpFixture): Promise<void> {
	await fixture.app.monitor();
	for (const host of ['h1', 'h2']) await fixture.admin('PUT', `admin/hosts/${host}`);
	for (const task of [HttpFixture.task, 'v1_ubuntu_lint'])
		await fixture.user('POST', `tasks/${task}/restart`, {
			execution: fixture.record(task).execution,
		});
	await fixture.agent('GET', 'hosts/h1/agent/next_task');
}

/** Null when it is not even a request. */
function toRequest({ method, path, headers, body }: Fuzzed): Request | null {
	try {
		const init = method === 'GET' || method === 'HEAD' ? {} : { body };
		return new Request(`http://app.invalid${path.replace(/^[^/]*/, '')}`, {
			method,
			headers,
			...init,
		});
	} catch {
		return null;
	}
}

function heapUsed(): number {
	setFlagsFromString('--expose-gc');
	const collect: unknown = runInNewContext('gc');
	if (typeof collect === 'function') collect();
	return process.memoryUsage().heapUsed;
}

test(`${IN_PROCESS} random and mutated requests are answered as documented, in bounded memory`, async () => {
	const fixture = await HttpFixture.of({ max_automatic_restarts: 10, daily_limit: 0 });
	const choices = new Choices(SEED);
	const statuses = new Map<string, number>();
	let heap = 0;
	for (let count = 0; count < IN_PROCESS; count++) {
		if (count === IN_PROCESS / 5) heap = heapUsed();
		if (choices.once(500)) fixture.clock.pass(1);
		if (choices.once(200)) await renew(fixture);
		// Without a turn of the event loop the runtime lets go of nothing.
		if (count % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
		const request = toRequest(fuzz(fixture, choices));
		if (request === null) continue;
		const { method } = request;
		const response = await fixture.app.fetch(request);
		const { status } = response;
		if (status >= 500) throw new Error(`${method} ${request.url} answered ${status}`);
		// Reading and checking a body costs more than the request.
		if (count % 4 !== 0) continue;
		const { name } = await conforming(method, new URL(request.url).pathname, response);
		const key = `${name} ${status}`;
		statuses.set(key, (statuses.get(key) ?? 0) + 1);
	}
	// What is kept grows with the executions only.
	expect(heapUsed() - heap).toBeLessThan(30_000_000);
	expect(unhandled).toEqual([]);
	const never = ROUTES.filter(({ name, success }) => !statuses.has(`${name} ${success.status}`));
	expect(never.map(({ name }) => name)).toEqual(['patch']);
	for (const name of ['health', 'metrics', 'openapi'])
		expect([...statuses.keys()]).toContain(`${name} 200`);
	expect(statuses.get('mark 400')).toBeGreaterThan(0);
}, 120_000);

test(`${ON_SOCKET} mutated requests over a socket do not bring the server down`, async () => {
	const fixture = await HttpFixture.of();
	const limits = { ...LIMITS, headers_timeout_ms: 200, request_timeout_ms: 200 };
	const { url, close } = await listen(fixture.app.fetch, { host: '127.0.0.1', port: 0 }, limits);
	const choices = new Choices(SEED);
	const port = Number(new URL(url).port);
	const send = async (): Promise<number | null> => {
		const { method, path, headers, body } = fuzz(fixture, choices);
		const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
		const length = Buffer.byteLength(body ?? '');
		const text = `${method} ${path} HTTP/1.1\r\nHost: a\r\n${lines.join('')}Content-Length: ${length}\r\n\r\n${body}`;
		const connection = await RawConnection.open(port);
		return connection
			.send(choices.once(2) ? mutate(text, choices) : text)
			.status()
			.catch(() => null);
	};
	const statuses: (number | null)[] = [];
	for (let sent = 0; sent < ON_SOCKET; sent += 100)
		statuses.push(...(await Promise.all(Array.from({ length: 100 }, send))));
	const failures = statuses.filter((status) => status !== null && status >= 500);
	expect(failures).toEqual([]);
	expect(statuses.filter((status) => status === null).length).toBeLessThan(ON_SOCKET / 20);
	expect((await fetch(`${url}/healthz`)).status).toBe(200);
	expect(unhandled).toEqual([]);
	await close();
}, 60_000);
