import { expect, test } from 'vitest';
import { refuse } from '../server/reply.ts';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf } from '../testing/setups.ts';
import { LightRequest } from '../wire/exchange.ts';
import { nextTaskPath, userPath } from '../wire/path.ts';
import { createAppServer } from './app-server.ts';

test('a real request is answered with a real response of the same content', async () => {
	const fixture = await ServerFixture.of();
	const request = new LightRequest('GET', nextTaskPath('h1'), fixture.headers());
	const response = await fixture.server.fetch(request.toRequest('http://app.invalid'));
	expect(response.status).toBe(200);
	expect(await response.json()).toEqual({
		outcome: 'task',
		task_id: 't1',
		task_secret: fixture.task().secret,
		task_execution: 0,
	});
});

test('a refusal says its status and reason beside its outcome', async () => {
	const fixture = await ServerFixture.of();
	const response = await fixture.server.handle(new LightRequest('POST', userPath('t1', 'abort')));
	expect(await response.json()).toEqual({
		status: 400,
		error: 'the execution is not in progress',
		outcome: 'refused_not_running',
	});
});

test('what is no route, or no path at all, is not found', async () => {
	const fixture = await ServerFixture.of();
	expect(await fixture.say(new LightRequest('POST', '/rest/v2/task/t1/dance'))).toEqual([
		404,
		null,
	]);
	expect(await fixture.say(new LightRequest('POST', '/rest/v2/task/%/start'))).toEqual([404, null]);
});

test('a body that is no JSON is malformed', async () => {
	const fixture = await ServerFixture.of();
	const url = `http://app.invalid${userPath('t1', 'restart')}`;
	const response = await fixture.server.fetch(new Request(url, { method: 'POST', body: '{' }));
	expect(response.status).toBe(400);
});

test('a user who is not admitted changes nothing', async () => {
	const fixture = await ServerFixture.started();
	const { store, clock } = fixture;
	const server = createAppServer({
		store,
		clock,
		randomness: { secret: () => 'secret' },
		policy: setupOf().policy,
		checkUser: () => refuse(401, 'refused_credentials', 'unknown user'),
	});
	for (const action of ['abort', 'restart'] as const) {
		const response = await server.handle(new LightRequest('POST', userPath('t1', action)));
		expect(response.status).toBe(401);
	}
	expect(fixture.task().aborted).toBe(false);
});
