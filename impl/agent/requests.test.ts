import { expect, test } from 'vitest';
import type { EndDetails } from '../../model/vocabulary/message.ts';
import type { Work } from '../ports/configuration.ts';
import { Requests } from './requests.ts';

const requestsOfHost = () => new Requests({ id: 'h/1', secret: 'of the host' });
const work: Work = { execution: { task: 't/1', execution: 4 }, secret: 'of the task' };
const HOST = { 'Host-Id': 'h%2F1', 'Host-Secret': 'of the host' };
const TASK = { ...HOST, 'Task-Id': 't%2F1', 'Task-Secret': 'of the task' };

const DETAILS: EndDetails = { status: 'success', type: null, description: '', timed_out: null };

/** What is asked, and as whom (lifecycle 6.1, 6.3). */
const sent = ({ request }: ReturnType<Requests['next']>) => [
	`${request.method} ${request.url}`,
	request.headers.all,
	request.body,
];

test('a host asks for work as itself', () => {
	const envelope = requestsOfHost().next();
	expect(sent(envelope).slice(0, 2)).toEqual(['GET /rest/v2/hosts/h%2F1/agent/next_task', HOST]);
	expect(envelope).toMatchObject({ route: 'next', host: 'h/1', execution: null, details: null });
});

test.each([
	['start', '/rest/v2/task/t%2F1/start', { trace_id: '', disk_devices: [] }],
	['heartbeat', '/rest/v2/task/t%2F1/heartbeat', 'heartbeat'],
	['mark', '/rest/v2/task/t%2F1/restart', {}],
] as const)('%s is sent with the secrets of host and task', (route, path, body) => {
	const envelope = requestsOfHost()[route](work);
	expect(sent(envelope)).toEqual([`POST ${path}`, TASK, body]);
	expect(envelope).toMatchObject({
		route,
		host: 'h/1',
		execution: work.execution,
		details: null,
	});
});

test('an end says what became of the task, with what was said and the limit that ran out', () => {
	const remarks = { desc: 'slow', failure_metadata_tags: ['a'] };
	const envelope = requestsOfHost().end(work, DETAILS, 'idle', remarks);
	expect(sent(envelope)).toEqual([
		'POST /rest/v2/hosts/h%2F1/task/t%2F1/end',
		TASK,
		{
			status: 'success',
			type: '',
			desc: 'slow',
			timed_out: true,
			timeout_type: 'idle',
			failure_metadata_tags: ['a'],
		},
	]);
	expect(envelope).toMatchObject({ route: 'end', execution: work.execution, details: DETAILS });
});

test('a script asks with a key and no secret, and names its execution', () => {
	const envelope = requestsOfHost().markWithKey(work, 'a key');
	expect(sent(envelope)).toEqual([
		'POST /rest/v2/task/t%2F1/restart',
		{ 'Api-Key': 'a key' },
		{ execution: 4 },
	]);
	expect(envelope).toMatchObject({ route: 'mark', host: 'h/1', execution: work.execution });
});
