import { expect, test } from 'vitest';
import { createTables } from '../system/tables.ts';
import { Project } from '../vocabulary/project.ts';
import { FATE, Lives, NONE, RED, restartsOf } from './lives.ts';
import { workloadOf } from './workload.ts';

const tables = createTables();

const on = (project: Project) =>
	project.tasks.map(({ name }) => ({ id: name, task: name, variant: 'linux' }));

const project = Project.parse({
	id: 'p',
	tasks: [
		{ name: 'compile', commands: [{ command: 'make' }, { func: 'fetch' }] },
		{ name: 'lint', commands: [{ command: 'lint', type: 'setup' }, { func: 'fetch' }] },
		{ name: 'serve', commands: [{ command: 'serve', background: true }, { command: 'test' }] },
		{ name: 'last', commands: [{ command: 'test' }, { command: 'serve', background: true }] },
		{ name: 'flagged', commands: [{ command: 'test', retry_on_failure: true }] },
		{ name: 'elsewhere', commands: [{ command: 'test', variants: ['windows'] }] },
	],
	functions: { fetch: [{ command: 'curl', retry_on_failure: true }] },
	// It cannot fail a task: its switch is off, also for what runs beside main.
	pre: [{ command: 'prepare' }, { command: 'watch', background: true }],
	post: [{ command: 'tidy', retry_on_failure: true }],
	post_error_fails_task: true,
});

test('tasks that run alike are one kind, and a task that only post can fail is another', () => {
	const workload = workloadOf(project, on(project), tables);
	expect([...workload.kindOf]).toEqual([0, 0, 1, 2, 3, 4]);
	const places = workload.kinds.map((kind) =>
		kind.places.map(({ block, index, flagged }) => `${block} ${index}${flagged ? ' flagged' : ''}`),
	);
	expect(places).toEqual([
		['main 0', 'main 1 flagged', 'post 0 flagged'],
		['main 0', 'main 1', 'post 0 flagged'],
		// Nothing runs beside the last command of main that could let its failure count.
		['main 0', 'post 0 flagged'],
		['main 0 flagged', 'post 0 flagged'],
		['post 0 flagged'],
	]);
});

test('tasks without a command that can fail them, and those that nobody scheduled, are left out', () => {
	const { post_error_fails_task, ...rest } = project;
	const workload = workloadOf(rest, on(project), tables);
	expect(post_error_fails_task).toBe(true);
	expect([...workload.kindOf]).toEqual([0, 0, 1, 2, 3]);
	expect(workload.leftOut).toBe(1);
	const unscheduled = on(rest).map((instance) => ({ ...instance, activated: false as const }));
	expect(workloadOf(rest, unscheduled, tables)).toMatchObject({ kinds: [], leftOut: 6 });
});

test('exactly the commands found make their task red when they fail, and nothing restarts without a flag', () => {
	const workload = workloadOf(project, on(project), tables);
	const lives = new Lives(workload, tables);
	for (const [kind, { places }] of workload.kinds.entries())
		for (const place of places.keys()) {
			expect(lives.of(kind, NONE, place, FATE.full) & RED).toBe(RED);
			expect(lives.of(kind, place, NONE, FATE.unflagged)).toBe(RED);
		}
});

test('tasks of groups run the blocks of their groups, and those with other switches are another kind', () => {
	const flagged = [{ command: 'x', retry_on_failure: true }];
	const blocks = {
		setup_group: flagged,
		setup_task: flagged,
		teardown_task: flagged,
		teardown_group: flagged,
	};
	const grouped = Project.parse({
		id: 'p',
		tasks: [{ name: 'a', commands: [{ command: 'test' }] }],
		pre: flagged,
		pre_error_fails_task: true,
		task_groups: [
			{ name: 'once', tasks: ['a'], ...blocks, setup_group_can_fail_task: true },
			{ name: 'same', tasks: ['a'], ...blocks, setup_group_can_fail_task: true },
			{ name: 'tidy', tasks: ['a'], ...blocks, teardown_task_can_fail_task: true },
		],
	});
	const instances = ['once', 'same', 'tidy'].map((group) => ({
		id: group,
		task: 'a',
		variant: 'linux',
		group,
		depends_on: ['another'],
	}));
	const workload = workloadOf(grouped, instances, tables);
	expect([...workload.kindOf]).toEqual([0, 0, 1]);
	const places = workload.kinds.map((kind) => kind.places.map(({ block }) => block));
	expect(places).toEqual([
		['setup_group', 'main'],
		['main', 'teardown_task'],
	]);
	const lives = new Lives(workload, tables);
	expect(lives.of(0, 0, NONE, FATE.cleared) & RED).toBe(0);
	expect(restartsOf(lives.of(0, 0, NONE, FATE.cleared))).toBe(1);
	expect(lives.of(0, 0, NONE, FATE.unflagged)).toBe(RED);
});
