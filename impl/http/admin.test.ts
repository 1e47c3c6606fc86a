import { expect, test } from 'vitest';
import { HttpFixture, PROJECT } from '../testing/http-fixture.ts';

const VERSIONS = 'admin/projects/p1/versions';

test('a project that is loaded again keeps the slots in use, and its ignored flags are told', async () => {
	const fixture = await HttpFixture.started();
	await fixture.agent('POST', `task/${HttpFixture.task}/restart`);
	const { body } = await fixture.admin('PUT', 'admin/projects/p1', { ...PROJECT, post: [] });
	expect(body).toEqual({
		id: 'p1',
		ignored_flags: [{ task: 'lint', block: 'main', step: 0, func: 'setup' }],
	});
	const project = fixture.store.committedProject('p1');
	expect(project?.slots).toHaveLength(1);
	expect(project?.definition.post).toEqual([]);
});

test('a version has each of its tasks on each of its variants, in order', async () => {
	const fixture = await HttpFixture.of();
	const asked = { id: 'v2', variants: ['x', 'y/z', 'x'], tasks: ['lint'] };
	expect(await fixture.admin('POST', VERSIONS, asked)).toEqual({
		status: 201,
		body: {
			id: 'v2',
			tasks: [
				{ id: 'v2_x_lint', task: 'lint', variant: 'x' },
				{ id: 'v2_y_z_lint', task: 'lint', variant: 'y/z' },
			],
		},
	});
	expect(fixture.record('v2_y_z_lint')).toMatchObject({ status: 'undispatched', variant: 'y/z' });
});

test.each([
	['that is no segment of a path', 400, VERSIONS, { id: '..', variants: ['x'] }],
	['of an unknown project', 404, 'admin/projects/p2/versions', { id: 'v2', variants: ['x'] }],
	['that there is already', 409, VERSIONS, { id: 'v1', variants: ['x'] }],
	['with an unknown task', 400, VERSIONS, { id: 'v2', variants: ['x'], tasks: ['lint', 'test'] }],
	['without a variant', 400, VERSIONS, { id: 'v2', variants: [] }],
	['with too many tasks', 400, VERSIONS, { id: 'v2', variants: many(2501) }],
	['with a task of too long an id', 400, VERSIONS, { id: 'v2', variants: ['x'.repeat(300)] }],
	['with two tasks of one id', 400, VERSIONS, { id: 'v2', variants: ['x/', 'x?'] }],
	['with a key of its own', 400, VERSIONS, { id: 'v2', variants: ['x'], priority: 1 }],
])('a version %s is refused with %i, and nothing changes', async (_, status, path, body) => {
	const fixture = await HttpFixture.of();
	const before = await fixture.everything();
	expect((await fixture.admin('POST', path, body)).status).toBe(status);
	expect(await fixture.everything()).toEqual(before);
});

test('a version one of whose tasks there is already is refused as a whole', async () => {
	const fixture = await HttpFixture.of();
	const schedule = async (id: string, ...variants: string[]) =>
		(await fixture.admin('POST', VERSIONS, { id, variants, tasks: ['lint'] })).status;
	expect(await schedule('w_x', 'y')).toBe(201);
	expect(await schedule('w', 'q', 'x_y')).toBe(409);
	expect(fixture.store.committedTask('w_q_lint')).toBeUndefined();
	expect((await fixture.user('GET', 'versions/w')).status).toBe(404);
});

function many(count: number): string[] {
	return Array.from({ length: count }, (_, index) => `x${index}`);
}

test.each([
	['a project under another id', 'admin/projects/p2', PROJECT],
	['a project with an unknown key', 'admin/projects/p1', { ...PROJECT, display_tasks: [] }],
	[
		'a project whose text no store can keep',
		'admin/projects/p1',
		'{"id":"p1","tasks":[{"name":"\\u0000","commands":[]}]}',
	],
	[
		'a project with half a character',
		'admin/projects/p1',
		'{"id":"p1","tasks":[{"name":"\\ud83d","commands":[]}]}',
	],
	['what is no JSON', 'admin/projects/p1', '{'],
	['nothing', 'admin/projects/p1', ''],
	['a host with too long an id', `admin/hosts/${'x'.repeat(301)}`, ''],
	['a user with too long an id', `admin/users/${'x'.repeat(301)}`, { roles: [] }],
	['a user with an unknown role', 'admin/users/u', { roles: ['root'] }],
])('%s is refused, and nothing changes', async (_, path, body) => {
	const fixture = await HttpFixture.of();
	const before = await fixture.everything();
	expect((await fixture.admin('PUT', path, body)).status).toBe(400);
	expect(await fixture.everything()).toEqual(before);
});

test('a character that is written as two escapes is whole', async () => {
	const fixture = await HttpFixture.of();
	const body = '{"id":"p1","tasks":[{"name":"\\ud83d\\ude00","commands":[]}]}';
	expect((await fixture.admin('PUT', 'admin/projects/p1', body)).status).toBe(200);
	expect(fixture.store.committedProject('p1')?.definition.tasks[0]?.name).toBe('\u{1f600}');
});

test('an id may hold any character but NUL', async () => {
	const fixture = await HttpFixture.of();
	const id = 'a b/ü%?#';
	const path = `admin/hosts/${encodeURIComponent(id)}`;
	expect((await fixture.admin('PUT', path)).body).toMatchObject({ id });
	const headers = {
		'Host-Id': encodeURIComponent(id),
		'Host-Secret': fixture.store.committedHost(id)?.secret ?? '',
	};
	const next = `hosts/${encodeURIComponent(id)}/agent/next_task`;
	expect((await fixture.agent('GET', next, undefined, headers)).status).toBe(200);
	expect((await fixture.admin('PUT', 'admin/hosts/a%00')).status).toBe(404);
});

test('a disabled host works again when it is registered again', async () => {
	const fixture = await HttpFixture.of();
	await fixture.agent('POST', 'hosts/h1/disable', { reason: 'full' });
	const next = () => fixture.agent('GET', 'hosts/h1/agent/next_task');
	expect((await next()).body).toEqual({ outcome: 'nothing', should_exit: true });
	await fixture.admin('PUT', 'admin/hosts/h1');
	expect((await next()).body).toMatchObject({ outcome: 'task' });
});

test('a host that is taken away is known no more, and never comes back', async () => {
	const fixture = await HttpFixture.started();
	const { task } = HttpFixture;
	const next = () => fixture.agent('GET', 'hosts/h1/agent/next_task');
	expect((await fixture.admin('DELETE', 'admin/hosts/nobody')).status).toBe(404);
	expect((await fixture.admin('DELETE', 'admin/hosts/h1')).body).toEqual({ outcome: 'ok' });
	const before = await fixture.everything();
	expect(fixture.store.committedHost('h1')).toMatchObject({ gone: true, running: { task } });
	for (const { status, body } of [
		await next(),
		await fixture.agent('POST', `task/${task}/heartbeat`, '"heartbeat"'),
		await fixture.agent('POST', `task/${task}/restart`),
	]) {
		expect(status).toBe(401);
		expect(body).toMatchObject({ outcome: 'refused_credentials' });
	}
	expect((await fixture.admin('DELETE', 'admin/hosts/h1')).status).toBe(200);
	expect((await fixture.admin('PUT', 'admin/hosts/h1')).status).toBe(409);
	expect(await fixture.everything()).toEqual(before);
});

test('a policy that is put counts at the next grant, and only a whole one is taken', async () => {
	const fixture = await HttpFixture.started();
	const policy = {
		max_automatic_restarts: 0,
		daily_limit: 1,
		execution_cap: 9,
		restart_system_failed: false,
	};
	const put = async (body: unknown) => (await fixture.admin('PUT', 'admin/policy', body)).status;
	expect(await put(policy)).toBe(200);
	for (const wrong of [{}, { daily_limit: 1 }, { ...policy, execution_cap: -1 }, 7])
		expect(await put(wrong)).toBe(400);
	expect(fixture.store.committedPolicy()).toEqual({ id: 'policy', heeded: policy });
	const { body } = await fixture.agent('POST', `task/${HttpFixture.task}/restart`);
	expect(body).toMatchObject({ outcome: 'refused_budget' });
});

test('a policy that is put for one project counts for that one alone', async () => {
	const fixture = await HttpFixture.started();
	const policy = {
		max_automatic_restarts: 0,
		daily_limit: 1,
		execution_cap: 9,
		restart_system_failed: false,
	};
	const other = { ...PROJECT, id: 'p2' };
	await fixture.admin('PUT', 'admin/projects/p2', other);
	const put = async (id: string, body: unknown) =>
		(await fixture.admin('PUT', `admin/projects/${id}/policy`, body)).status;
	expect([await put('p2', policy), await put('p2', {}), await put('p3', policy)]).toEqual([
		200, 400, 404,
	]);
	expect(fixture.store.committedProject('p2')?.policy).toEqual(policy);
	expect(fixture.store.committedPolicy()?.heeded.max_automatic_restarts).not.toBe(0);
	await fixture.admin('PUT', 'admin/projects/p2', other);
	expect(fixture.store.committedProject('p2')?.policy).toEqual(policy);
	expect(await put('p1', policy)).toBe(200);
	const { body } = await fixture.agent('POST', `task/${HttpFixture.task}/restart`);
	expect(body).toMatchObject({ outcome: 'refused_budget' });
});
