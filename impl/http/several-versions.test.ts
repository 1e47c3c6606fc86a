import { expect, test } from 'vitest';
import { HttpFixture } from '../testing/http-fixture.ts';

const named = (name: string) => ({ name, commands: [] });
const END = { status: 'failed', type: '', desc: '', timed_out: false, timeout_type: '' };

/** A project with a group of "a" and the plain task "b", and two versions of it, all of whose tasks are given to hosts. */
async function running(policy = {}, requester = 'gitter_request') {
	const fixture = await HttpFixture.of(policy);
	await fixture.admin('PUT', 'admin/projects/p3', {
		id: 'p3',
		tasks: ['a', 'b'].map(named),
		task_groups: [{ name: 'g', tasks: ['a'] }],
	});
	for (const id of ['w', 'u'])
		await fixture.admin('POST', 'admin/projects/p3/versions', { id, requester, variants: ['x'] });
	const hosts = new Map<string, string>();
	for (let index = 0; index < 8; index++) {
		const host = `runner-${index}`;
		await fixture.admin('PUT', `admin/hosts/${host}`);
		const { body } = await fixture.agent(
			'GET',
			`hosts/${host}/agent/next_task`,
			undefined,
			fixture.identity(host),
		);
		if (typeof body === 'object' && body !== null && 'task_id' in body)
			hosts.set(String(body.task_id), host);
	}
	const call = (task: string, path: string, body?: unknown) => {
		const host = hosts.get(task) ?? '';
		return fixture.agent('POST', path.replace('HOST', host), body, fixture.identity(host, task));
	};
	return {
		fixture,
		mark: (task: string) => call(task, `task/${task}/restart`),
		end: (task: string) => call(task, `hosts/HOST/task/${task}/end`, END),
	};
}

test('a group and a plain task of two versions share the quota of their project', async () => {
	const { fixture, mark, end } = await running({ daily_limit: 1 });
	expect(await mark('w_x_a')).toMatchObject({ status: 200, body: { outcome: 'granted' } });
	expect(await mark('u_x_b')).toMatchObject({ status: 429 });
	await end('w_x_a');
	await end('u_x_b');
	expect(fixture.record('w_x_a')).toMatchObject({ status: 'undispatched', execution: 1 });
	expect(fixture.record('u_x_b')).toMatchObject({ status: 'failed', execution: 0 });
	// The same task in the other version is a unit of its own.
	expect(fixture.record('u_x_a')).toMatchObject({ execution: 0, automatic_restarts: 0 });
});

test('a failure in the merge queue aborts the tasks of its own version, and of no other', async () => {
	const { fixture, end } = await running({}, 'github_merge_request');
	await end('w_x_a');
	const aborted = (task: string) => fixture.record(task).aborted;
	expect(['w_x_a', 'w_x_b', 'u_x_a', 'u_x_b'].map(aborted)).toEqual([false, true, false, false]);
});
