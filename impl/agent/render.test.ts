import { expect, test } from 'vitest';
import type { Project } from '../../model/vocabulary/project.ts';
import { render } from './render.ts';

const rendered = (project: Partial<Project>, variant = 'ubuntu') =>
	render({
		project: { id: 'p1', tasks: [{ name: 'compile', commands: [] }], ...project },
		task: 'compile',
		variant,
		requester: 'gitter_request',
	});

const positions = (commands: readonly { position: object }[]) =>
	commands.map(({ position }) => Object.values(position).join(' '));

test('a function is expanded to its members, and positions count what the project says', () => {
	const { pre } = rendered({
		functions: { f: [{ command: 'a', variants: ['rhel'] }, { command: 'b' }] },
		pre: [{ command: 'x' }, { func: 'f' }, { func: 'nowhere' }, { command: 'y' }],
	});
	expect(pre.commands.map(({ command }) => command)).toEqual(['x', 'b', 'y']);
	expect(positions(pre.commands)).toEqual(['pre 0 ', 'pre 1 1', 'pre 3 ']);
});

test('what every object inherits is no function of the project', () => {
	const { pre } = rendered({ functions: {}, pre: [{ func: 'constructor' }, { func: 'toString' }] });
	expect(pre.commands).toEqual([]);
});

test('a command or a call that does not name the variant does not run', () => {
	const project: Partial<Project> = {
		functions: { f: [{ command: 'a' }] },
		post: [
			{ command: 'x', variants: ['rhel'] },
			{ func: 'f', variants: ['rhel'] },
			{ command: 'y', variants: ['ubuntu', 'rhel'] },
			{ command: 'z', variants: [] },
		],
	};
	expect(rendered(project).post.commands.map(({ command }) => command)).toEqual(['y']);
	expect(rendered(project, 'rhel').post.commands.map(({ command }) => command)).toEqual([
		'x',
		'a',
		'y',
	]);
});

test('the failure type is the own one, else that of the call, of the project, else test', () => {
	const steps = {
		functions: { f: [{ command: 'a', type: 'setup' as const }, { command: 'b' }] },
		pre: [{ func: 'f', type: 'system' as const }, { func: 'f' }, { command: 'c' }],
	};
	const types = (project: Partial<Project>) =>
		rendered(project).pre.commands.map(({ type }) => type);
	expect(types(steps)).toEqual(['setup', 'system', 'setup', 'test', 'test']);
	expect(types({ ...steps, command_type: 'system' })).toEqual([
		'setup',
		'system',
		'setup',
		'system',
		'system',
	]);
});

test('the flag of a command counts, in a function too, and that of a call does not', () => {
	const { pre } = rendered({
		functions: { f: [{ command: 'a', retry_on_failure: true }, { command: 'b' }] },
		pre: [{ func: 'f', retry_on_failure: true }, { command: 'c' }],
	});
	expect(pre.commands.map((command) => command.retry_on_failure)).toEqual([true, false, false]);
});

test('a block can fail the task as its switch says, main always and timeout never', () => {
	const switches = (project: Partial<Project>) =>
		Object.values(rendered(project)).map(({ canFailTask }) => canFailTask);
	expect(switches({})).toEqual([false, true, false, false]);
	expect(switches({ pre_error_fails_task: true, post_error_fails_task: true })).toEqual([
		true,
		true,
		false,
		true,
	]);
});

test('members take the idle limit of their call where they have none, and its vars', () => {
	const { main } = rendered({
		functions: { f: [{ command: 'a' }, { command: 'b', timeout_secs: 5 }] },
		tasks: [
			{
				name: 'compile',
				commands: [
					{ func: 'f', timeout_secs: 60, vars: { x: 'y' } },
					{ func: 'f' },
					{ command: 'c', timeout_secs: 0 },
				],
			},
		],
	});
	expect(main.commands.map(({ timeout_secs, vars }) => [timeout_secs, vars])).toEqual([
		[60, { x: 'y' }],
		[5, { x: 'y' }],
		[undefined, undefined],
		[5, undefined],
		[undefined, undefined],
	]);
});
