import { expect, test } from 'vitest';
import { HttpFixture } from '../testing/http-fixture.ts';

const VERSIONS = 'admin/projects/p2/versions';
const named = (name: string) => ({ name, commands: [] });
const PROJECT = {
	id: 'p2',
	tasks: ['b', 'plain', 'a'].map(named),
	task_groups: [{ name: 'g', tasks: ['a', 'b'], setup_group: [] }],
};

/** The project p2, and a version w of it with the display task d of a, which brings b along, and plain. */
async function scheduled(asked: object = {}): Promise<HttpFixture> {
	const fixture = await HttpFixture.of();
	await fixture.admin('PUT', 'admin/projects/p2', PROJECT);
	const version = { id: 'w', variants: ['x'], ...asked };
	const { status, body } = await fixture.admin('POST', VERSIONS, version);
	expect({ status, body }).toMatchObject({ status: 201 });
	return fixture;
}
const DISPLAY = { display_tasks: [{ name: 'd/1', execution_tasks: ['a', 'plain'] }] };
const ID = encodeURIComponent('display:w_x_d_1');

test('a version takes groups from the project, and dependencies and display tasks on each variant', async () => {
	const fixture = await HttpFixture.of();
	await fixture.admin('PUT', 'admin/projects/p2', PROJECT);
	const dependencies = [{ task: 'plain', depends_on: ['b'] }];
	const asked = { id: 'w', variants: ['x', 'y'], dependencies };
	const { body } = await fixture.admin('POST', VERSIONS, {
		...asked,
		display_tasks: [{ name: 'd/1', execution_tasks: ['a'] }],
	});
	const on = (variant: string) => [
		{ id: `w_${variant}_a`, task: 'a', variant, group: 'g' },
		{
			id: `w_${variant}_plain`,
			task: 'plain',
			variant,
			depends_on: [`w_${variant}_b`],
		},
		{ id: `w_${variant}_b`, task: 'b', variant, group: 'g' },
	];
	expect(body).toEqual({
		id: 'w',
		tasks: [...on('x'), ...on('y')],
		display_tasks: ['x', 'y'].map((variant) => ({
			id: `display:w_${variant}_d_1`,
			execution_tasks: [`w_${variant}_a`],
		})),
	});
	expect(fixture.record('w_y_b').place).toMatchObject({
		unit: ['w_y_a', 'w_y_b'],
		depends_on: ['w_y_a'],
	});
});

test('a version takes the status for which a task waits, on each variant', async () => {
	const fixture = await HttpFixture.of();
	await fixture.admin('PUT', 'admin/projects/p2', PROJECT);
	const depends_on = [{ name: 'a', status: 'failed' }, { name: 'b' }];
	const asked = { id: 'w', variants: ['x'], dependencies: [{ task: 'plain', depends_on }] };
	await fixture.admin('POST', VERSIONS, asked);
	const waits = [{ name: 'w_x_a', status: 'failed' }, 'w_x_b'];
	expect(fixture.record('w_x_plain').place?.depends_on).toEqual(waits);
});

test.each([
	['a dependency of an unknown task', { dependencies: [{ task: 'z', depends_on: ['a'] }] }],
	['a dependency on an unknown task', { dependencies: [{ task: 'a', depends_on: ['z'] }] }],
	['a dependency on itself', { dependencies: [{ task: 'plain', depends_on: ['plain'] }] }],
	[
		'a status that no task ends with',
		{ dependencies: [{ task: 'plain', depends_on: [{ name: 'a', status: 'red' }] }] },
	],
	['a circle', { dependencies: [{ task: 'a', depends_on: ['b'] }] }],
	['an unknown execution task', { display_tasks: [{ name: 'd', execution_tasks: ['z'] }] }],
	[
		'a task in two display tasks',
		{
			display_tasks: ['d', 'e'].map((name) => ({ name, execution_tasks: ['a'] })),
		},
	],
	[
		'two display tasks of one id',
		{
			display_tasks: [
				{ name: 'd/', execution_tasks: ['a'] },
				{ name: 'd?', execution_tasks: ['b'] },
			],
		},
	],
])('a version with %s is refused', async (_, more) => {
	const fixture = await HttpFixture.of();
	await fixture.admin('PUT', 'admin/projects/p2', PROJECT);
	const asked = { id: 'w', variants: ['x'], ...more };
	expect((await fixture.admin('POST', VERSIONS, asked)).status).toBe(400);
	expect(fixture.store.committedTask('w_x_a')).toBeUndefined();
});

test('flags that have no effect in the blocks of a group are told with the group', async () => {
	const fixture = await HttpFixture.of();
	const setup_group = [{ func: 'f', retry_on_failure: true }];
	const task_groups = [{ name: 'g', tasks: ['a'], setup_group }];
	const { body } = await fixture.admin('PUT', 'admin/projects/p2', { ...PROJECT, task_groups });
	expect(body).toMatchObject({
		ignored_flags: [{ task: null, group: 'g', block: 'setup_group', step: 0, func: 'f' }],
	});
});

test('a group of more tasks than may belong together is refused', async () => {
	const fixture = await HttpFixture.of();
	const names = Array.from({ length: 201 }, (_, index) => `t${index}`);
	const task_groups = [{ name: 'g', tasks: names }];
	await fixture.admin('PUT', 'admin/projects/p2', {
		id: 'p2',
		tasks: names.map(named),
		task_groups,
	});
	const answer = await fixture.admin('POST', VERSIONS, { id: 'w', variants: ['x'] });
	expect(answer).toMatchObject({
		status: 400,
		body: { error: 'more than 200 tasks belong together' },
	});
});

test('a task is reported with its unit, its display task, its group and why it is held', async () => {
	const fixture = await scheduled(DISPLAY);
	const { body } = await fixture.user('GET', 'tasks/w_x_b');
	expect(body).toMatchObject({
		unit: ['w_x_a', 'w_x_plain', 'w_x_b'],
		display_task: null,
		task_group: 'g',
		depends_on: ['w_x_a'],
		held: 'waiting',
		repair_pending: false,
	});
	expect((await fixture.user('GET', 'versions/w/tasks')).body).toMatchObject([
		{ display_task: { id: 'display:w_x_d_1', status: 'undispatched', execution: 0 }, held: null },
		{ id: 'w_x_plain', task_group: null },
		{ id: 'w_x_b' },
	]);
});

test('a display task is aborted and restarted by its id', async () => {
	const fixture = await scheduled({
		tasks: ['plain'],
		display_tasks: [{ name: 'd/1', execution_tasks: ['plain'] }],
	});
	const ask = async (action: string, body?: object) =>
		(await fixture.user('POST', `tasks/${ID}/${action}`, body)).body;
	const shown = async () => (await fixture.user('GET', 'versions/w')).body;
	const refused = { outcome: 'refused_not_running' };
	expect(await ask('abort')).toMatchObject(refused);
	expect(await shown()).toMatchObject({ id: 'w', status: 'created' });
	// Version v1 stands before it.
	const give = async (host: string) =>
		fixture.agent('GET', `hosts/${host}/agent/next_task`, undefined, fixture.identity(host));
	await give('h1');
	await fixture.admin('PUT', 'admin/hosts/h3');
	await give('h2');
	await give('h3');
	expect(fixture.record('w_x_plain').host).toBe('h3');
	const identity = () => fixture.identity('h3', 'w_x_plain');
	expect(
		(await fixture.agent('GET', 'task/w_x_plain/display_task', undefined, identity())).body,
	).toEqual({ id: 'display:w_x_d_1', name: 'display:w_x_d_1' });
	expect(await ask('abort')).toEqual({ outcome: 'ok' });
	expect(await shown()).toMatchObject({ status: 'started' });
	expect(await ask('restart', { execution: 0 })).toMatchObject({
		outcome: 'refused_not_finished',
	});
	const end = async (status: 'success' | 'failed') =>
		fixture.agent('POST', 'hosts/h3/task/w_x_plain/end', { ...END, status }, identity());
	await end('failed');
	expect(await shown()).toMatchObject({ status: 'failed' });
	expect(await ask('restart', { execution: 0, failed_only: true })).toEqual({ outcome: 'ok' });
	expect(await shown()).toMatchObject({ status: 'started' });
	await give('h3');
	await end('success');
	expect(await shown()).toMatchObject({ status: 'success' });
	expect(await ask('restart', { execution: 1, failed_only: true })).toEqual({
		outcome: 'nothing_failed',
	});
	expect(await ask('restart', { execution: 0 })).toEqual({ outcome: 'older' });
});

const END = { type: '', desc: '', timed_out: false, timeout_type: '' };

test('an agent is told of the group of its task', async () => {
	const fixture = await scheduled();
	await fixture.admin('PUT', 'admin/hosts/h3');
	const give = async (host: string) =>
		(await fixture.agent('GET', `hosts/${host}/agent/next_task`, undefined, fixture.identity(host)))
			.body;
	await give('h1');
	await give('h2');
	expect(await give('h3')).toMatchObject({ task_id: 'w_x_a', task_group: 'g' });
	const view = await fixture.agent(
		'GET',
		'task/w_x_a/',
		undefined,
		fixture.identity('h3', 'w_x_a'),
	);
	expect(view.body).toMatchObject({ task_group: 'g' });
});
