import { expect, test } from 'vitest';
import { StoreError } from '../store/sql/errors.ts';
import { HttpBench } from '../testing/http-bench.ts';

const textOf = (body: unknown): string => {
	if (!(body instanceof Uint8Array)) throw new Error('metrics are text');
	return new TextDecoder().decode(body);
};

async function metricsOf(bench: HttpBench): Promise<string[]> {
	return textOf((await bench.ask('GET', '/metrics')).body).split('\n');
}

test('metrics count grants, refusals, ends, restarts and the queue', async () => {
	const bench = await HttpBench.started({ max_automatic_restarts: 1 });
	const mark = `task/${HttpBench.task}/restart`;
	expect(await metricsOf(bench)).toContain('mulligan_queue_length 1');
	await bench.agent('POST', mark);
	await bench.agent('POST', mark);
	await bench.end();
	await bench.agent('GET', 'hosts/h1/agent/next_task');
	await bench.agent('POST', mark);
	bench.clock.pass(1);
	await bench.app.monitor();
	await bench.user('POST', `tasks/${HttpBench.task}/restart`, { execution: 1 });
	const lines = await metricsOf(bench);
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
	const bench = await HttpBench.of();
	expect(await bench.ask('GET', '/healthz')).toEqual({ status: 200, body: { store: 'ok' } });
	bench.failStore(new Error('no store'));
	expect((await bench.ask('GET', '/healthz')).status).toBe(503);
	expect((await bench.ask('GET', '/metrics')).status).toBe(503);
});

test.each([
	[503, new StoreError('unreachable', 'the store is away')],
	[503, new StoreError('busy', 'too many at once')],
	[500, new Error('a bug')],
])('a request that fails is %i and says nothing of the reason', async (status, error) => {
	const bench = await HttpBench.started();
	bench.failStore(error);
	for (const answer of [
		await bench.agent('POST', `task/${HttpBench.task}/restart`),
		await bench.user('GET', `tasks/${HttpBench.task}`),
	]) {
		expect(answer.status).toBe(status);
		expect(JSON.stringify(answer.body)).not.toContain(error.message);
	}
});
