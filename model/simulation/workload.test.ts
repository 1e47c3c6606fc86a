import { expect, test } from 'vitest';
import { createTables } from '../system/tables.ts';
import { Project } from '../vocabulary/project.ts';
import { FATE, Lives, NONE, RED } from './lives.ts';
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

test('tasks without a command that can fail them are left out', () => {
	const { post_error_fails_task, ...rest } = project;
	const workload = workloadOf(rest, on(project), tables);
	expect(post_error_fails_task).toBe(true);
	expect([...workload.kindOf]).toEqual([0, 0, 1, 2, 3]);
	expect(workload.leftOut).toBe(1);
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
