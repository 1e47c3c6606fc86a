import { expect, onTestFinished, test } from 'vitest';
import type { PostedStatus } from '../../model/vocabulary/command.ts';
import type { Remarks } from '../wire/remarks.ts';
import { PortTaken, type StatusListener, StatusServer } from './status-server.ts';

async function start(isRunning = true) {
	const posted: PostedStatus[] = [];
	const remarks: (Remarks | null)[] = [];
	const tags: string[] = [];
	const listener: StatusListener = {
		post: (status, said) => {
			posted.push(status);
			remarks.push(said);
		},
		addTags: (added) => void tags.push(...added),
	};
	const server = await StatusServer.start(0, () => (isRunning ? listener : null));
	onTestFinished(() => server.close());
	const post = async (body: string, path = '/task_status', method = 'POST') => {
		const request = method === 'GET' ? { method } : { method, body };
		const response = await fetch(`http://127.0.0.1:${server.port}${path}`, request);
		return [response.status, await response.text()];
	};
	return { server, posted, remarks, tags, post };
}

test('a status is taken as it is posted, with what is said, and continues only when it says so', async () => {
	const { posted, remarks, post } = await start();
	const whole = {
		status: 'failed',
		type: 'setup',
		desc: 'no disk',
		should_continue: true,
		add_failure_metadata_tags: ['disk'],
	};
	expect(await post(JSON.stringify(whole))).toEqual([200, '']);
	expect(await post('{"status": "success"}')).toEqual([200, '']);
	expect(posted).toEqual([
		{ status: 'failed', type: 'setup', should_continue: true },
		{ status: 'success', should_continue: false },
	]);
	expect(remarks).toEqual([{ desc: 'no disk', failure_metadata_tags: ['disk'] }, null]);
});

test('an invalid status is taken, for it makes the task fail; an invalid type is none', async () => {
	const { posted, post } = await start();
	expect(await post(`{"status": "${'x'.repeat(50)}", "type": "banana"}`)).toEqual([200, '']);
	expect(await post('{}')).toEqual([200, '']);
	expect(posted).toEqual([
		{ status: 'x'.repeat(40), should_continue: false },
		{ status: '', should_continue: false },
	]);
});

test.each([
	'',
	'{',
	'null',
	'[]',
	'{"status": 1}',
	'{"status": "failed", "should_continue": "no"}',
])('%j is a bad request', async (body) => {
	const { posted, post } = await start();
	expect(await post(body)).toEqual([400, '']);
	expect(posted).toEqual([]);
});

test('without a task nothing can be posted', async () => {
	const { post } = await start(false);
	expect(await post('{"status": "success"}')).toEqual([500, '']);
	expect(await post('{"add_failure_metadata_tags": ["x"]}', '/failure_metadata_tag')).toEqual([
		500,
		'',
	]);
});

test('tags are taken', async () => {
	const { post, tags } = await start();
	expect(await post('{"add_failure_metadata_tags": ["x"]}', '/failure_metadata_tag')).toEqual([
		200,
		'',
	]);
	expect(await post('{"add_failure_metadata_tags": "x"}', '/failure_metadata_tag')).toEqual([
		400,
		'',
	]);
	expect(tags).toEqual(['x']);
});

test('a body that is too large is refused', async () => {
	const { posted, post } = await start();
	const [status] = await post(`{"status": "success", "desc": "${'x'.repeat(200_000)}"}`);
	expect(status).toBe(413);
	expect(posted).toEqual([]);
});

test('there is nothing else', async () => {
	const { post } = await start();
	expect(await post('', '/task_status', 'GET')).toEqual([404, '']);
	expect(await post('{}', '/elsewhere')).toEqual([404, '']);
});

test('a port that is taken is not shared', async () => {
	const { server } = await start();
	await expect(StatusServer.start(server.port, () => null)).rejects.toThrow(PortTaken);
});

test('what is said holds no secret', async () => {
	const posted: unknown[] = [];
	const listener: StatusListener = {
		post: (status, said) => void posted.push(status.status, said),
		addTags: (tags) => void posted.push(tags),
	};
	const redact = (text: string): string => text.replaceAll('hunter2', '***');
	const server = await StatusServer.start(0, () => listener, redact);
	onTestFinished(() => server.close());
	const post = (path: string, body: object) =>
		fetch(`http://127.0.0.1:${server.port}${path}`, { method: 'POST', body: JSON.stringify(body) });
	const tags = { add_failure_metadata_tags: ['hunter2'] };
	await post('/task_status', { status: 'hunter2', desc: 'my hunter2', ...tags });
	await post('/failure_metadata_tag', tags);
	expect(posted).toEqual(['***', { desc: 'my ***', failure_metadata_tags: ['***'] }, ['***']]);
});
