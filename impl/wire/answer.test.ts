import { expect, test } from 'vitest';
import { readAnswer } from './answer.ts';
import { LightResponse } from './exchange.ts';

test('a success that can be read and any 4xx settle a call', async () => {
	expect(await readAnswer(new LightResponse(200, { outcome: 'ok' }))).toMatchObject({
		status: 200,
	});
	expect(await readAnswer(new LightResponse(429, 'too many'))).toEqual({
		status: 429,
		body: { outcome: null },
	});
	const broken = { status: 404, json: () => Promise.reject(new SyntaxError('no JSON')) };
	expect(await readAnswer(broken)).toMatchObject({ status: 404 });
});

test('a 5xx, a redirection and a success that says nothing do not', async () => {
	expect(await readAnswer(new LightResponse(500, { outcome: null }))).toBeNull();
	expect(await readAnswer(new LightResponse(302, { outcome: 'ok' }))).toBeNull();
	expect(await readAnswer(new LightResponse(200, { outcome: 'banana' }))).toBeNull();
});
