import { expect, test } from 'vitest';
import { type Answering, serveTest } from '../testing/http.ts';
import { until } from '../testing/until.ts';
import { HttpReports } from './reports.ts';
import { RealTimers } from './timers.ts';

const WORK = { execution: { task: 't/1', execution: 2 }, secret: 'task-secret' };
const FAILED_END = 'GET /rest/v2/task/t%2F1/';
const USAGE = 'POST /rest/v2/task/t%2F1/s3_usage';
const DISABLE = 'POST /rest/v2/hosts/h1/disable';

async function start(answer: Answering) {
	const server = await serveTest(answer);
	const troubles: string[] = [];
	const reports = new HttpReports({
		apiServer: server.url,
		host: { id: 'h1', secret: 'host-secret' },
		timers: new RealTimers(0.001),
		callAttempts: 3,
		tell: (trouble) => void troubles.push(trouble),
	});
	return { server, troubles, reports };
}

test('each report has its route, its secrets and its body', async () => {
	const seen: unknown[] = [];
	const { server, reports, troubles } = await start(async (request) => {
		const headers = ['host-id', 'host-secret', 'task-id', 'task-secret'];
		seen.push([
			...headers.map((name) => request.headers.get(name)),
			new URL(request.url).search,
			await request.text(),
		]);
		return Response.json({});
	});
	await reports.failedEnd(WORK);
	await reports.tornDown(WORK);
	await reports.disableHost('the disk is full');
	expect(server.asked).toEqual([FAILED_END, USAGE, DISABLE]);
	const task = ['h1', 'host-secret', 't%2F1', 'task-secret'];
	expect(seen).toEqual([
		[...task, '', ''],
		[...task, '?final=true', '{}'],
		['h1', 'host-secret', null, null, '', '{"reason":"the disk is full"}'],
	]);
	expect(troubles).toEqual([]);
});

test.each([401, 404, 409, 500, 503])(
	'a %i to a report on an execution is told, and is the end of it',
	async (status) => {
		const { server, reports, troubles } = await start(() => new Response('', { status }));
		await reports.failedEnd(WORK);
		await reports.tornDown(WORK);
		expect(server.asked).toEqual([FAILED_END, USAGE]);
		expect(troubles).toEqual([
			`task/t%2F1/: status ${status}`,
			`task/t%2F1/s3_usage?final=true: status ${status}`,
		]);
	},
);

test('that a host is to be disabled is sent again after a 5xx, and not after a 4xx', async () => {
	const { server, reports, troubles } = await start(
		(_request, index) => new Response('', { status: index < 2 ? 503 : 200 }),
	);
	await reports.disableHost('x');
	expect(server.asked).toEqual([DISABLE, DISABLE, DISABLE]);
	expect(troubles).toEqual([]);
	const refused = await start(() => new Response('', { status: 404 }));
	await refused.reports.disableHost('x');
	expect(refused.server.asked).toEqual([DISABLE]);
	expect(refused.troubles).toEqual(['hosts/h1/disable: status 404']);
});

test('a report that is never answered can be given up', async () => {
	const { server, reports } = await start(() => new Promise<Response>(() => {}));
	const report = reports.disableHost('x');
	await until('it is sent', () => server.asked.length === 1);
	reports.giveUp();
	await report;
	expect(server.asked).toEqual([DISABLE]);
});
