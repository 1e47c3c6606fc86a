import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROUTES } from '../routes/routes.ts';
import { conforming } from '../testing/conformance.ts';
import { HttpFixture } from '../testing/http-fixture.ts';
import { openApiDocument } from './openapi.ts';
import { OPENAPI_FILE, openApiText } from './write-openapi.ts';

test('the checked-in document is fresh; otherwise run `npm run openapi`', () => {
	expect(JSON.parse(readFileSync(OPENAPI_FILE, 'utf8'))).toEqual(JSON.parse(openApiText()));
});

test('the server serves the document that is checked in', async () => {
	const fixture = await HttpFixture.of();
	const { body } = await fixture.ask('GET', '/openapi.json');
	expect(body).toEqual(JSON.parse(openApiText()));
});

test('every route is documented once, with what its callers must show', () => {
	const { paths, components } = openApiDocument();
	const names = Object.values(paths ?? {}).flatMap((operations) =>
		Object.values(operations).map(({ operationId }) => operationId),
	);
	expect(new Set(names).size).toBe(names.length);
	for (const { name } of ROUTES) expect(names).toContain(name);
	expect(paths?.['/rest/v2/task/{task}/restart']?.post?.security).toEqual([
		{ HostId: [], HostSecret: [], TaskId: [], TaskSecret: [] },
	]);
	expect(Object.keys(components?.securitySchemes ?? {})).toHaveLength(6);
});

test.each([
	['an undocumented status', 202, { outcome: 'ok' }],
	['a body with more than is documented', 200, { outcome: 'ok', secret: 's' }],
	['another body', 200, { outcome: 'task' }],
])('the check of answers refuses %s', async (_, status, body) => {
	const response = Response.json(body, { status });
	await expect(conforming('POST', '/rest/v2/task/t1/start', response)).rejects.toThrow('start');
});
