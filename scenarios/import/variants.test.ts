import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { importProject } from './import.ts';
import { slice } from './slice.ts';
import { taskInstances } from './variants.ts';

function load(text: string) {
	const result = importProject(join(folderOf({ 'p.yml': text }), 'p.yml'));
	if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
	return result;
}

const PROJECT = `
functions:
  f: { command: a }
  g: { command: b }
  h: { command: c }
post: { func: h }
tasks:
  - { name: both, commands: [{ func: f }] }
  - { name: grouped, commands: { func: g } }
  - { name: tagged, tags: [slow] }
task_groups:
  - { name: group, max_hosts: 1, tasks: [grouped, .slow], setup_group: { func: f } }
buildvariants:
  - { name: linux, tasks: [both, .slow !.fast, group] }
  - { name: windows, tasks: both }
  - { name: none }
  - { matrix_name: m, tasks: both }
`;

describe('build variants', () => {
	test('list tasks by name and by task group; tags and matrices are counted', () => {
		const { variants, warnings, counts } = load(PROJECT);
		expect(variants).toEqual([
			{ name: 'linux', tasks: ['both', 'grouped'] },
			{ name: 'windows', tasks: ['both'] },
			{ name: 'none', tasks: [] },
		]);
		expect(warnings.map(({ message }) => message)).toEqual([
			'not resolved: 2 selectors by tag and 1 matrix definitions',
		]);
		expect(counts).toMatchObject({ variants: 3, matrices: 1, groups: { one: 1 } });
	});

	test('that list an unknown name are told', () => {
		const { warnings } = load('buildvariants: [{ name: v, tasks: [nobody] }]');
		expect(warnings.map(({ column, message }) => [column, message])).toEqual([
			[36, 'no task or task group is named "nobody"'],
		]);
	});
});

test('task instances: each task on the variants that list it, else on any-variant', () => {
	const { project, variants } = load(PROJECT);
	expect(taskInstances(project, variants)).toEqual([
		{ id: 'both@linux', task: 'both', variant: 'linux' },
		{ id: 'both@windows', task: 'both', variant: 'windows' },
		{ id: 'grouped', task: 'grouped', variant: 'linux' },
		{ id: 'tagged', task: 'tagged', variant: 'any-variant' },
	]);
});

describe('a slice of a project', () => {
	test('keeps the tasks asked for and the functions they and the blocks reach', () => {
		const sliced = slice(load(PROJECT).project, ['grouped', 'nobody']);
		expect(sliced.tasks.map(({ name }) => name)).toEqual(['grouped']);
		expect(Object.keys(sliced.functions ?? {})).toEqual(['g', 'h']);
		expect(sliced.post).toEqual([{ func: 'h' }]);
	});

	test('has no functions where none is reached', () => {
		const { project } = load('tasks: [{ name: t }]\nfunctions: { f: { command: a } }');
		expect(slice(project, ['t'])).toEqual({ id: 'p', tasks: [{ name: 't', commands: [] }] });
		expect(slice(load('tasks: [{ name: t }]').project, [])).toEqual({ id: 'p', tasks: [] });
	});
});
