import { expect, test } from 'vitest';
import { Project } from '../../model/vocabulary/project.ts';
import { toParserProject } from './parser-project.ts';

const params = (params_yaml: string | undefined) => {
	const project = Project.parse({
		id: 'p1',
		tasks: [{ name: 't', commands: [{ command: 'shell.exec', background: true, params_yaml }] }],
	});
	return toParserProject(project, 'v1', []).tasks[0]?.commands[0];
};

test.each([
	[undefined, '{ background: true }\n'],
	['script: make\n', 'script: make\nbackground: true\n'],
	['background: false\n', 'background: true\n'],
	['script: [', 'script: ['],
	['just text', 'just text'],
])('a background command with the params %j gets %j', (before, after) => {
	expect(params(before)).toEqual({ command: 'shell.exec', params_yaml: after });
});

test('a variant lists its own tasks of the version', () => {
	const project = Project.parse({ id: 'p1', tasks: [] });
	const task = (name: string, variant: string) => ({ name, variant, place: null });
	const tasks = [task('a', 'x'), task('b', 'y'), task('b', 'x')];
	expect(toParserProject(project, 'v1', tasks).buildvariants).toEqual([
		{ name: 'x', display_name: 'x', run_on: ['default'], tasks: [{ name: 'a' }, { name: 'b' }] },
		{ name: 'y', display_name: 'y', run_on: ['default'], tasks: [{ name: 'b' }] },
	]);
});

test('every block and switch of a project is handed over', () => {
	const steps = [{ func: 'f', variants: ['x'] }];
	const project = Project.parse({
		id: 'p1',
		command_type: 'setup',
		pre: steps,
		timeout: steps,
		post: steps,
		pre_error_fails_task: true,
		post_error_fails_task: false,
		functions: { f: [{ command: 'shell.exec', type: 'system', retry_on_failure: true }] },
		tasks: [],
	});
	const block = { multi_command: steps };
	expect(toParserProject(project, 'v1', [])).toEqual({
		_id: 'v1',
		identifier: 'p1',
		command_type: 'setup',
		pre: block,
		timeout: block,
		post: block,
		pre_error_fails_task: true,
		post_error_fails_task: false,
		functions: { f: { multi_command: project.functions?.['f'] } },
		tasks: [],
		buildvariants: [],
	});
});

test('a group is handed over with its blocks, and a variant lists it by its name', () => {
	const steps = [{ command: 'a' }];
	const project = Project.parse({
		id: 'p1',
		tasks: [
			{ name: 'one', commands: [] },
			{ name: 'two', commands: [] },
		],
		task_groups: [{ name: 'g', tasks: ['one', 'two'], max_hosts: 1, setup_group: steps }],
	});
	const group = { name: 'g', hosts: 1, members: [] };
	const place = { unit: [], display_task: null, group, depends_on: [] };
	const task = (name: string, isMember: boolean) => ({
		name,
		variant: 'x',
		place: isMember ? place : null,
	});
	const tasks = [task('one', true), task('two', true), task('two', false)];
	const { task_groups, buildvariants } = toParserProject(project, 'v1', tasks);
	expect(task_groups).toEqual([
		{ name: 'g', tasks: ['one', 'two'], max_hosts: 1, setup_group: { multi_command: steps } },
	]);
	expect(buildvariants[0]?.tasks).toEqual([{ name: 'g' }, { name: 'two' }]);
});
