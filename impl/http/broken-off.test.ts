import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HttpFixture } from '../testing/http-fixture.ts';
import { RawConnection } from '../testing/raw-connection.ts';
import { listen } from './listen.ts';
import { createLog } from './log.ts';

const TIMES = 50;
const lines: string[] = [];
const said: unknown[] = [];
let close: () => Promise<void>;
let port: number;
let fixture: HttpFixture;

beforeEach(async () => {
	lines.length = 0;
	said.length = 0;
	for (const method of ['log', 'info', 'warn', 'error'] as const)
		vi.spyOn(console, method).mockImplementation((...all: unknown[]) => void said.push(all));
	const log = createLog('debug', { write: (line) => void lines.push(line) });
	fixture = await HttpFixture.started({}, log);
	const listening = await listen(fixture.app.fetch, { host: '127.0.0.1', port: 0 });
	close = listening.close;
	port = Number(new URL(listening.url).port);
});

afterEach(async () => {
	await close();
	vi.restoreAllMocks();
});

/** Many clients that say something and are gone. */
async function breakOff(text: string): Promise<void> {
	for (let count = 0; count < TIMES; count++) {
		const connection = (await RawConnection.open(port)).send(text);
		if (count % 2 === 0) await new Promise((resolve) => setTimeout(resolve, count % 5));
		connection.destroy();
		await connection.ended;
	}
	await new Promise((resolve) => setTimeout(resolve, 50));
}

const head = (method: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
	[
		`${method} ${path} HTTP/1.1`,
		'Host: a',
		...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
		'',
	].join('\r\n');

const END = `/rest/v2/hosts/h1/task/${HttpFixture.task}/end`;

test.each([
	['in its headers', () => head('POST', END)],
	['in a body', () => `${head('POST', END, fixture.identity())}Content-Length: 20\r\n\r\n{"st`],
	[
		'in a chunk',
		() => `${head('POST', END, fixture.identity())}Transfer-Encoding: chunked\r\n\r\n14\r\n{"st`,
	],
	[
		'in the body of an admin',
		() =>
			`${head('PUT', '/rest/v2/admin/projects/p1', fixture.userHeaders('admin'))}Content-Length: 20\r\n\r\n{`,
	],
	['before its answer', () => `${head('GET', '/metrics')}\r\n`],
	['in a long answer', () => `${head('GET', '/openapi.json')}\r\n`.repeat(20)],
])('a client that breaks off %s is no error in the log', async (_, text) => {
	await breakOff(text());
	const loud = lines.filter((line) => JSON.parse(line).level > 30);
	expect([loud, said]).toEqual([[], []]);
	expect(fixture.record().status).toBe('started');
	expect(
		await (await RawConnection.open(port)).send(`${head('GET', '/healthz')}\r\n`).status(),
	).toBe(200);
});
