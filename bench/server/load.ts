import { setTimeout as delay } from 'node:timers/promises';
import autocannon from 'autocannon';
import { z } from 'zod';

export interface Load {
	readonly requests_per_s: number;
	readonly p50_ms: number;
	readonly p99_ms: number;
	readonly failures: number;
}

/** Host ids and secrets, one for each agent. */
export type Secrets = readonly (readonly [host: string, secret: string])[];

const Task = z.object({ task_id: z.string(), task_secret: z.string() });

const END = JSON.stringify({
	status: 'failed',
	type: 'test',
	desc: '',
	timed_out: false,
	timeout_type: '',
});

const SETTLING_MS = 1000;

const run = async (options: autocannon.Options): Promise<Load> => {
	const result = await autocannon(options);
	// What was under way goes on: until its task is restarted, an agent of the next round would get none.
	await delay(SETTLING_MS);
	return {
		requests_per_s: result.requests.total / result.duration,
		p50_ms: result.latency.p50,
		p99_ms: result.latency.p99,
		failures: result.non2xx + result.errors + result.timeouts,
	};
};

/** Agents that each ask for work, mark it and end it, which restarts it: three requests a cycle. */
export function cycles(url: string, secrets: Secrets, duration_s: number): Promise<Load> {
	const free = secrets.map(([host, secret]) => ({ host, secret }));
	// What one connection knows between the requests of a cycle.
	interface Cycle {
		agent?: { host: string; secret: string };
		headers?: Record<string, string>;
		task?: string;
	}
	const headersOf = (cycle: Cycle): Record<string, string> => ({
		'Host-Id': cycle.agent?.host ?? '',
		'Host-Secret': cycle.agent?.secret ?? '',
		'Content-Type': 'application/json',
	});
	return run({
		url,
		connections: secrets.length,
		duration: duration_s,
		requests: [
			{
				method: 'GET',
				setupRequest: (request, cycle: Cycle) => {
					const agent = free.pop();
					if (agent === undefined) throw new Error('more connections than agents');
					cycle.agent = agent;
					const path = `/rest/v2/hosts/${agent.host}/agent/next_task`;
					return { ...request, path, headers: headersOf(cycle) };
				},
				onResponse: (_, body, cycle: Cycle) => {
					const { task_id, task_secret } = Task.parse(JSON.parse(body));
					cycle.task = task_id;
					cycle.headers = { ...headersOf(cycle), 'Task-Id': task_id, 'Task-Secret': task_secret };
				},
			},
			{
				method: 'POST',
				setupRequest: (request, cycle: Cycle) => ({
					...request,
					path: `/rest/v2/task/${cycle.task}/restart`,
					headers: { ...cycle.headers },
				}),
			},
			{
				method: 'POST',
				body: END,
				setupRequest: (request, cycle: Cycle) => ({
					...request,
					path: `/rest/v2/hosts/${cycle.agent?.host}/task/${cycle.task}/end`,
					headers: { ...cycle.headers },
				}),
				onResponse: (_, __, cycle: Cycle) => {
					if (cycle.agent !== undefined) free.push(cycle.agent);
				},
			},
		],
	});
}

/** The same three kinds of request, to a route that does nothing. */
export function nothing(url: string, connections: number, duration_s: number): Promise<Load> {
	const headers = {
		'Host-Id': 'h1',
		'Host-Secret': 'x'.repeat(43),
		'Task-Id': 't1',
		'Task-Secret': 'x'.repeat(43),
		'Content-Type': 'application/json',
	};
	// The headers are copied: they are written into.
	const setupRequest = (request: autocannon.Request) => ({
		...request,
		path: '/rest/v2/empty',
		headers: { ...headers },
	});
	return run({
		url,
		connections,
		duration: duration_s,
		requests: [
			{ method: 'GET', setupRequest },
			{ method: 'POST', setupRequest },
			{ method: 'POST', body: END, setupRequest },
		],
	});
}
