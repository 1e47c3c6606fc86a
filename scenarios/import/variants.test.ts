import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { count } from '../testing/counts.ts';
import { folderOf } from '../testing/folder.ts';
import { slice } from '../trial/slice.ts';
import { importProject } from './import.ts';

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
  - { name: grouped, commands: [{ func: g }] }
  - { name: tagged, tags: [slow] }
  - { name: alone, tags: [slow, fast] }
  - { name: nowhere }
task_groups:
  - { name: group, max_hosts: 1, tasks: [grouped, .slow], setup_group: { func: f } }
buildvariants:
  - { name: linux, tasks: [both, .slow !.fast, group] }
  - { name: windows, tasks: both }
  - { name: none }
`;

describe('build variants', () => {
	test('and groups that the server refuses are told', () => {
		const { warnings } = load(`tasks: [{ name: a, tags: x }, { name: b }]
task_groups:
  - { name: b, tasks: [a] }
  - { name: g, tasks: [.x, a] }
  - { name: h }
buildvariants: [{ name: v, run_on: [d], tasks: [b] }]
`);
		expect(warnings.map(({ rule, line, column }) => `${rule} ${line}:${column}`)).toEqual([
			'listed-twice 3:5',
			'listed-twice 4:28',
			'unmatched-name 5:5',
		]);
	});

	test.each([
		['[.x, { name: a, run_on: big }]', ['3:53']],
		['[{ name: a, distros: [small] }, { name: a, run_on: small }, a]', []],
		['[{ name: a, batchtime: 5 }, { name: a, batchtime: 5, depends_on: [] }]', []],
		['[g, { name: g, activate: false }]', ['3:52']],
	])('that list a task twice, differently, are told: %s', (tasks, places) => {
		const { warnings } = load(`tasks: [{ name: a, tags: x, run_on: small }, { name: b }]
task_groups: [{ name: g, tasks: [b] }]
buildvariants: [{ name: v, run_on: [d], tasks: ${tasks} }]
`);
		expect(warnings.map(({ rule, line, column }) => `${rule} ${line}:${column}`)).toEqual(
			places.map((place) => `listed-twice ${place}`),
		);
	});

	test('list tasks by name, by task group and by selector', () => {
		const { variants, warnings, read } = load(PROJECT);
		expect(variants).toEqual([
			{ name: 'linux', tasks: ['both', 'tagged', 'grouped', 'alone'] },
			{ name: 'windows', tasks: ['both'] },
			{ name: 'none', tasks: [] },
		]);
		expect(warnings.map(({ line, message }) => [line, message.slice(0, 35)])).toEqual([
			[16, '"tagged" is listed on the variant "'],
		]);
		expect(count(read.whole)).toMatchObject({ variants: 3, matrices: 0, groups: { one: 1 } });
	});

	test.each<[string, string[]]>([
		['*', ['a', 'b', 'c', 'd']],
		['.x', ['a', 'b', 'c']],
		['.x .y', ['b']],
		['.x !.y', ['a', 'c']],
		['!b', ['a', 'c', 'd']],
		['.x !a', ['b', 'c']],
		['a', ['a']],
		['.g', ['c', 'd']],
	])('%s selects %j', (selector, tasks) => {
		const { variants, warnings } = load(`
tasks: [{ name: a, tags: x }, { name: b, tags: [x, y] }, { name: c, tags: [x] }, { name: d }]
task_groups: [{ name: t, tags: [g], tasks: [c, d] }]
buildvariants: [{ name: v, tasks: ["${selector}"] }]`);
		expect(warnings).toEqual([]);
		expect([...(variants[0]?.tasks ?? [])].sort()).toEqual(tasks);
	});

	test.each([
		['nobody', 'no task or task group is named "nobody"'],
		['.nowhere', 'no task or task group satisfies the selector ".nowhere"'],
		['.x !.nowhere', 'no task or task group satisfies the selector ".x !.nowhere"'],
		['.x .y', 'no task or task group satisfies the selector ".x .y"'],
	])('that list %s are told, with the place', (name, message) => {
		const { warnings, variants } = load(
			`tasks: [{ name: a, tags: x }, { name: b, tags: y }]\nbuildvariants: [{ name: v, tasks: ["${name}"] }]`,
		);
		expect(warnings.map((warning) => [warning.line, warning.column, warning.message])).toEqual([
			[2, 36, message],
		]);
		expect(variants).toEqual([{ name: 'v', tasks: [] }]);
	});
});

test('task instances: each task on the variants that run it, else on any-variant', () => {
	expect(load(PROJECT).version.tasks).toEqual([
		{ id: 'both@linux', task: 'both', variant: 'linux' },
		{ id: 'both@windows', task: 'both', variant: 'windows' },
		{ id: 'grouped', task: 'grouped', variant: 'linux', group: 'group' },
		{ id: 'tagged', task: 'tagged', variant: 'linux', group: 'group' },
		{ id: 'alone', task: 'alone', variant: 'linux', group: 'group' },
		{ id: 'nowhere', task: 'nowhere', variant: 'any-variant' },
	]);
});

describe('a slice of a project', () => {
	test('keeps the tasks asked for and the functions they and the blocks reach', () => {
		const sliced = slice(load(PROJECT).project, [{ task: 'grouped' }, { task: 'nobody' }]);
		expect(sliced.tasks.map(({ name }) => name)).toEqual(['grouped']);
		expect(Object.keys(sliced.functions ?? {})).toEqual(['g', 'h']);
		expect(sliced.post).toEqual([{ func: 'h' }]);
	});

	test('has no functions where none is reached', () => {
		const { project } = load('tasks: [{ name: t }]\nfunctions: { f: { command: a } }');
		expect(slice(project, [{ task: 't' }])).toEqual({
			id: 'p',
			tasks: [{ name: 't', commands: [] }],
		});
		expect(slice(load('tasks: [{ name: t }]').project, [])).toEqual({ id: 'p', tasks: [] });
	});
});
