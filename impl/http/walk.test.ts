import { deserialize } from 'bson';
import { expect, test } from 'vitest';
import { OPERATION_NAMES } from '../testing/conformance.ts';
import { HttpBench, PROJECT } from '../testing/http-bench.ts';

const TASK = HttpBench.task;
const BUCKET = { version: 1, bucket_config: { name: 'evg-logs', type: 'local' } };

test('a task runs, is marked, ends and is restarted, by every call of an agent in order', async () => {
	const bench = await HttpBench.of();
	const { succeeded } = bench;
	succeeded.clear();
	const get = async (path: string) => (await bench.agent('GET', path)).body;
	const post = async (path: string, body?: unknown) => (await bench.agent('POST', path, body)).body;

	expect(await get('agent/setup')).toEqual({ background_command_failure_enabled: true });
	expect(await get('hosts/h1/agent/next_task')).toEqual({
		outcome: 'task',
		task_id: TASK,
		task_secret: bench.record().secret,
		task_execution: 0,
	});
	const project = await bench.agent('GET', `task/${TASK}/parser_project`);
	if (!(project.body instanceof Uint8Array)) throw new Error('BSON is bytes');
	expect(deserialize(project.body)).toEqual({
		_id: 'v1',
		identifier: 'p1',
		functions: {
			setup: {
				multi_command: [{ command: 'shell.exec', params_yaml: '{ background: true }\n' }],
			},
		},
		post: { multi_command: [{ command: 's3.put' }] },
		tasks: PROJECT.tasks,
		buildvariants: [
			{
				name: 'ubuntu',
				display_name: 'ubuntu',
				run_on: ['default'],
				tasks: [{ name: 'compile' }, { name: 'lint' }],
			},
		],
	});
	expect(await get(`task/${TASK}/`)).toEqual({
		id: TASK,
		secret: bench.record().secret,
		display_name: 'compile',
		build_variant: 'ubuntu',
		build_id: 'v1_ubuntu',
		version: 'v1',
		branch: 'p1',
		distro: 'default',
		r: 'gitter_request',
		status: 'dispatched',
		activated: true,
		execution: 0,
		abort: false,
		task_output_info: { task_logs: BUCKET, test_logs: BUCKET, test_results: BUCKET },
	});
	expect(await get(`task/${TASK}/expansions_and_vars`)).toMatchObject({
		expansions: { task_id: TASK, execution: '0', build_variant: 'ubuntu' },
		vars: {},
		redact_keys: [],
	});
	expect(await get(`task/${TASK}/display_task`)).toEqual({});
	expect(await get(`task/${TASK}/distro_view`)).toEqual({ disable_shallow_clone: false });
	expect(await get(`task/${TASK}/host_view`)).toEqual({ hostname: 'h1' });
	expect(await get(`task/${TASK}/project_ref`)).toEqual({ id: 'p1', identifier: 'p1' });
	expect((await bench.agent('GET', `task/${TASK}/patch`)).status).toBe(404);
	expect(await get(`task/${TASK}/manifest/load`)).toEqual({
		id: 'v1',
		revision: '',
		project: 'p1',
		branch: '',
		modules: {},
		is_base: true,
	});
	expect(await get(`task/${TASK}/version`)).toMatchObject({ id: 'v1' });
	expect(await post(`task/${TASK}/start`, { trace_id: '', disk_devices: [] })).toEqual({
		outcome: 'ok',
	});
	expect(await post(`task/${TASK}/heartbeat`, '"heartbeat"')).toEqual({ outcome: 'ok' });
	expect(await post(`task/${TASK}/restart`)).toEqual({ outcome: 'granted' });
	const identity = bench.identity();
	const said = { desc: 'no disk', failure_metadata_tags: ['disk'] };
	expect((await bench.end(said)).body).toEqual({ outcome: 'ok' });
	expect((await bench.user('GET', `tasks/${TASK}`)).body).toMatchObject({
		remarks: null,
		history: [{ remarks: said }],
	});
	expect(bench.record()).toMatchObject({ status: 'undispatched', execution: 1 });
	expect(bench.record().secret).not.toBe(identity['Task-Secret']);

	const again = await bench.agent('GET', `task/${TASK}/`, undefined, identity);
	expect(again.body).toMatchObject({
		execution: 0,
		status: 'failed',
		secret: identity['Task-Secret'],
	});
	const usage = `task/${TASK}/s3_usage?final=true`;
	expect((await bench.agent('POST', usage, {}, identity)).body).toEqual({ outcome: 'ok' });
	expect(await get('hosts/h1/agent/next_task')).toMatchObject({ task_id: TASK, task_execution: 1 });
	expect(await post('hosts/h1/disable', { reason: 'cleanup failed' })).toEqual({ outcome: 'ok' });
	await bench.end({ status: 'success' });
	expect(await get('hosts/h1/agent/next_task')).toEqual({ outcome: 'nothing', should_exit: true });

	expect(OPERATION_NAMES.filter((name) => !succeeded.has(name))).toEqual([
		'patch',
		'abortTask',
		'restartTask',
		'getVersion',
		'getVersionTasks',
		'abortVersion',
		'restartVersion',
		'putProject',
		'scheduleVersion',
		'putHost',
		'putUser',
		'health',
		'metrics',
		'openapi',
	]);
});

test('a task of a pull request has a patch', async () => {
	const bench = await HttpBench.of();
	const version = { id: 'v2', variants: ['x'], tasks: ['lint'], requester: 'github_pull_request' };
	await bench.user('POST', 'versions/v1/abort');
	for (const host of ['h1', 'h2'])
		await bench.agent('GET', `hosts/${host}/agent/next_task`, undefined, bench.identity(host));
	await bench.admin('POST', 'admin/projects/p1/versions', version);
	await bench.admin('PUT', 'admin/hosts/h3');
	const identity = bench.identity('h3', 'v2_x_lint');
	await bench.agent('GET', 'hosts/h3/agent/next_task', undefined, identity);
	expect(await bench.agent('GET', 'task/v2_x_lint/patch', undefined, identity)).toEqual({
		status: 200,
		body: { Version: 'v2', Project: 'p1' },
	});
});

test('a user follows a task, aborts it and restarts it', async () => {
	const bench = await HttpBench.started();
	expect((await bench.user('POST', `tasks/${TASK}/abort`)).body).toEqual({ outcome: 'ok' });
	expect((await bench.agent('POST', `task/${TASK}/heartbeat`)).body).toEqual({
		outcome: 'abort',
		abort: true,
	});
	await bench.end();
	const restart = { execution: 0 };
	expect((await bench.user('POST', `tasks/${TASK}/restart`, restart)).body).toEqual({
		outcome: 'ok',
	});
	expect((await bench.user('POST', `tasks/${TASK}/restart`, restart)).body).toEqual({
		outcome: 'older',
	});
	const { body } = await bench.user('GET', `tasks/${TASK}`);
	expect(body).toMatchObject({
		execution: 1,
		started_by: { by: 'user' },
		history: [{ execution: 0, aborted: true, details: { description: 'aborted' } }],
	});
	expect(JSON.stringify(body)).not.toContain('secret');
});

test('a user aborts and restarts a version, each execution by its number', async () => {
	const bench = await HttpBench.started();
	expect((await bench.user('GET', 'versions/v1')).body).toMatchObject({ id: 'v1', project: 'p1' });
	expect((await bench.user('POST', 'versions/v1/abort')).body).toEqual({
		outcome: 'ok',
		tasks: [{ task: TASK, outcome: 'ok' }],
	});
	await bench.end();
	const executions = [
		{ task: TASK, execution: 0 },
		{ task: 'v1_ubuntu_lint', execution: 0 },
	];
	for (const outcome of ['ok', 'older'])
		expect((await bench.user('POST', 'versions/v1/restart', { executions })).body).toEqual({
			outcome: 'ok',
			tasks: [
				{ task: TASK, outcome },
				{ task: 'v1_ubuntu_lint', outcome: 'refused_not_finished' },
			],
		});
	const { body } = await bench.user('GET', 'versions/v1/tasks');
	expect(body).toMatchObject([{ execution: 1 }, { execution: 0 }]);
	const foreign = { executions: [{ task: 'elsewhere', execution: 0 }] };
	expect((await bench.user('POST', 'versions/v1/restart', foreign)).status).toBe(400);
});
