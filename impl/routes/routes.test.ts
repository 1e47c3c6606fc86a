import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { Policy } from '../../model/vocabulary/setup.ts';
import { openApiDocument } from '../http/openapi.ts';
import { serve } from '../http/serve.ts';
import { lightWire, standardWire } from '../simulated/wire.ts';
import { MemoryStore } from '../store/memory.ts';
import { ServerFixture } from '../testing/server-fixture.ts';
import { LightRequest } from '../wire/exchange.ts';

vi.mock('./routes.ts', async (importTable) => {
	const { ROUTES } = await importTable<typeof import('./routes.ts')>();
	const { ADDED_ROUTE } = await import('../testing/added-route.ts');
	return { ROUTES: [...ROUTES, ADDED_ROUTE] };
});

const NOTE = '/rest/v2/tasks/t1/note';

test.each([
	['light', lightWire],
	['standard', standardWire],
])('a route added to the table is answered in a simulation, by %s objects', async (_, wire) => {
	const { server } = await ServerFixture.of();
	const note = (body: unknown) => wire(server, new LightRequest('POST', NOTE, {}, body));
	expect((await note({ text: 'seen' })).body).toEqual({ outcome: 'ok' });
	expect((await note({})).response.status).toBe(400);
});

test('a route added to the table is answered over a socket, to those that it admits', async () => {
	const serving = await serve({
		store: new MemoryStore(),
		policy: Policy.parse({}),
		host: '127.0.0.1',
		port: 0,
		monitor_every_s: 60,
		log: pino({ level: 'silent' }),
	});
	const note = async (key: string | null, body: unknown) => {
		const headers = { 'Api-User': 'admin', 'Api-Key': key ?? '' };
		const request = { method: 'POST', headers, body: JSON.stringify(body) };
		return (await fetch(`${serving.url}${NOTE}`, request)).status;
	};
	expect(await note(serving.adminKey, { text: 'seen' })).toBe(200);
	expect(await note(serving.adminKey, {})).toBe(400);
	expect(await note('wrong', { text: 'seen' })).toBe(401);
	await serving.close();
});

test('a route added to the table stands in the document', () => {
	const { post } = openApiDocument().paths?.['/rest/v2/tasks/{task}/note'] ?? {};
	expect(post).toMatchObject({
		operationId: 'noteTask',
		security: [{ ApiUser: [], ApiKey: [] }],
		requestBody: { content: { 'application/json': { schema: { required: ['text'] } } } },
	});
	expect(Object.keys(post?.responses ?? {})).toEqual(
		expect.arrayContaining(['200', '400', '401', '403']),
	);
});
