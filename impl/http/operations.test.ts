import { expect, test } from 'vitest';
import { StoreError } from '../store/sql/errors.ts';
import { HttpFixture } from '../testing/http-fixture.ts';

const textOf = (body: unknown): string => {
	if (!(body instanceof Uint8Array)) throw new Error('metrics are text');
	return new TextDecoder().decode(body);
};

async function metricsOf(fixture: HttpFixture): Promise<string[]> {
	return textOf((await fixture.ask('GET', '/metrics')).body).split('\n');
}

test('metrics count grants, refusals, ends, restarts and the queue', async () => {
	const fixture = await HttpFixture.started({ max_automatic_restarts: 1 });
	const mark = `task/${HttpFixture.task}/restart`;
	expect(await metricsOf(fixture)).toContain('mulligan_queue_length 1');
	await fixture.agent('POST', mark);
	await fixture.agent('POST', mark);
	await fixture.end();
	await fixture.agent('GET', 'hosts/h1/agent/next_task');
	await fixture.agent('POST', mark);
	fixture.clock.pass(1);
	await fixture.app.monitor();
	await fixture.user('POST', `tasks/${HttpFixture.task}/restart`, { execution: 1 });
	const lines = await metricsOf(fixture);
	for (const line of [
		'mulligan_marks_total{outcome="granted"} 1',
		'mulligan_marks_total{outcome="already_granted"} 1',
		'mulligan_marks_total{outcome="refused_budget"} 1',
		'mulligan_executions_ended_total{status="failed",by="agent",aborted="false"} 1',
		'mulligan_executions_ended_total{status="failed",by="monitor",aborted="false"} 1',
		'mulligan_restarts_total{by="mark"} 1',
		'mulligan_restarts_total{by="user"} 1',
		'mulligan_queue_length 2',
		'mulligan_request_duration_seconds_count{route="mark",status="200"} 2',
		'mulligan_request_duration_seconds_count{route="mark",status="400"} 1',
	])
		expect(lines).toContain(line);
});

test('health and metrics tell when the store does not answer', async () => {
	const fixture = await HttpFixture.of();
	expect(await fixture.ask('GET', '/healthz')).toEqual({ status: 200, body: { store: 'ok' } });
	fixture.failStore(new Error('no store'));
	expect((await fixture.ask('GET', '/healthz')).status).toBe(503);
	expect((await fixture.ask('GET', '/metrics')).status).toBe(503);
});

test.each([
	[503, new StoreError('unreachable', 'the store is away')],
	[503, new StoreError('busy', 'too many at once')],
	[500, new Error('a bug')],
])('a request that fails is %i and says nothing of the reason', async (status, error) => {
	const fixture = await HttpFixture.started();
	fixture.failStore(error);
	for (const answer of [
		await fixture.agent('POST', `task/${HttpFixture.task}/restart`),
		await fixture.user('GET', `tasks/${HttpFixture.task}`),
	]) {
		expect(answer.status).toBe(status);
		expect(JSON.stringify(answer.body)).not.toContain(error.message);
	}
});
