import { deserialize } from 'bson';
import { expect, test } from 'vitest';
import { OPERATION_NAMES } from '../testing/conformance.ts';
import { HttpFixture, PROJECT } from '../testing/http-fixture.ts';

const TASK = HttpFixture.task;
const BUCKET = { version: 1, bucket_config: { name: 'evg-logs', type: 'local' } };

test('a task runs, is marked, ends and is restarted, by every call of an agent in order', async () => {
	const fixture = await HttpFixture.of();
	const { succeeded } = fixture;
	succeeded.clear();
	const get = async (path: string) => (await fixture.agent('GET', path)).body;
	const post = async (path: string, body?: unknown) =>
		(await fixture.agent('POST', path, body)).body;

	expect(await get('agent/setup')).toEqual({ background_command_failure_enabled: true });
	expect(await get('hosts/h1/agent/next_task')).toEqual({
		outcome: 'task',
		task_id: TASK,
		task_secret: fixture.record().secret,
		task_execution: 0,
	});
	const project = await fixture.agent('GET', `task/${TASK}/parser_project`);
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
		secret: fixture.record().secret,
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
	expect((await fixture.agent('GET', `task/${TASK}/patch`)).status).toBe(404);
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
	const identity = fixture.identity();
	const said = { desc: 'no disk', failure_metadata_tags: ['disk'] };
	expect((await fixture.end(said)).body).toEqual({ outcome: 'ok' });
	expect((await fixture.user('GET', `tasks/${TASK}`)).body).toMatchObject({
		remarks: null,
		history: [{ remarks: said }],
	});
	expect(fixture.record()).toMatchObject({ status: 'undispatched', execution: 1 });
	expect(fixture.record().secret).not.toBe(identity['Task-Secret']);

	const again = await fixture.agent('GET', `task/${TASK}/`, undefined, identity);
	expect(again.body).toMatchObject({
		execution: 0,
		status: 'failed',
		secret: identity['Task-Secret'],
	});
	const usage = `task/${TASK}/s3_usage?final=true`;
	expect((await fixture.agent('POST', usage, {}, identity)).body).toEqual({ outcome: 'ok' });
	expect(await get('hosts/h1/agent/next_task')).toMatchObject({ task_id: TASK, task_execution: 1 });
	expect(await post('hosts/h1/disable', { reason: 'cleanup failed' })).toEqual({ outcome: 'ok' });
	await fixture.end({ status: 'success' });
	expect(await get('hosts/h1/agent/next_task')).toEqual({ outcome: 'nothing', should_exit: true });

	expect(OPERATION_NAMES.filter((name) => !succeeded.has(name))).toEqual([
		'patch',
		'abortTask',
		'restartTask',
		'restartTaskWhenFinished',
		'getVersion',
		'getVersionTasks',
		'abortVersion',
		'restartVersion',
		'restartVersionWhenFinished',
		'putProject',
		'scheduleVersion',
		'putHost',
		'deleteHost',
		'putUser',
		'putPolicy',
		'putProjectPolicy',
		'health',
		'metrics',
		'openapi',
	]);
});

test('a task of a pull request has a patch', async () => {
	const fixture = await HttpFixture.of();
	const version = { id: 'v2', variants: ['x'], tasks: ['lint'], requester: 'github_pull_request' };
	await fixture.user('POST', 'versions/v1/abort');
	for (const host of ['h1', 'h2'])
		await fixture.agent('GET', `hosts/${host}/agent/next_task`, undefined, fixture.identity(host));
	await fixture.admin('POST', 'admin/projects/p1/versions', version);
	await fixture.admin('PUT', 'admin/hosts/h3');
	const identity = fixture.identity('h3', 'v2_x_lint');
	await fixture.agent('GET', 'hosts/h3/agent/next_task', undefined, identity);
	expect(await fixture.agent('GET', 'task/v2_x_lint/patch', undefined, identity)).toEqual({
		status: 200,
		body: { Version: 'v2', Project: 'p1' },
	});
});

test('a user follows a task, aborts it and restarts it', async () => {
	const fixture = await HttpFixture.started();
	expect((await fixture.user('POST', `tasks/${TASK}/abort`)).body).toEqual({ outcome: 'ok' });
	expect((await fixture.agent('POST', `task/${TASK}/heartbeat`)).body).toEqual({
		outcome: 'abort',
		abort: true,
	});
	await fixture.end();
	const restart = { execution: 0 };
	expect((await fixture.user('POST', `tasks/${TASK}/restart`, restart)).body).toEqual({
		outcome: 'ok',
	});
	expect((await fixture.user('POST', `tasks/${TASK}/restart`, restart)).body).toEqual({
		outcome: 'older',
	});
	const { body } = await fixture.user('GET', `tasks/${TASK}`);
	expect(body).toMatchObject({
		execution: 1,
		started_by: { by: 'user' },
		history: [{ execution: 0, aborted: true, details: { description: 'aborted' } }],
	});
	expect(JSON.stringify(body)).not.toContain('secret');
});

test('a user aborts and restarts a version, each execution by its number', async () => {
	const fixture = await HttpFixture.started();
	expect((await fixture.user('GET', 'versions/v1')).body).toMatchObject({
		id: 'v1',
		project: 'p1',
	});
	expect((await fixture.user('POST', 'versions/v1/abort')).body).toEqual({
		outcome: 'ok',
		tasks: [{ task: TASK, outcome: 'ok' }],
	});
	await fixture.end();
	const executions = [
		{ task: TASK, execution: 0 },
		{ task: 'v1_ubuntu_lint', execution: 0 },
	];
	for (const outcome of ['ok', 'older'])
		expect((await fixture.user('POST', 'versions/v1/restart', { executions })).body).toEqual({
			outcome: 'ok',
			tasks: [
				{ task: TASK, outcome },
				{ task: 'v1_ubuntu_lint', outcome: 'refused_not_finished' },
			],
		});
	const { body } = await fixture.user('GET', 'versions/v1/tasks');
	expect(body).toMatchObject([{ execution: 1 }, { execution: 0 }]);
	const foreign = { executions: [{ task: 'elsewhere', execution: 0 }] };
	expect((await fixture.user('POST', 'versions/v1/restart', foreign)).status).toBe(400);
});
