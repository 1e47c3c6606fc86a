import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importProject } from '../import/import.ts';
import { folderOf } from '../testing/folder.ts';
import { portionsOf, tasksOf } from './portions.ts';

function load(text: string) {
	const result = importProject(join(folderOf({ 'p.yml': text }), 'p.yml'));
	if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
	return result;
}

/** The ids of each portion, and what is told. */
function cut(text: string): { ids: string[]; told: string[] } {
	const { project, version } = load(text);
	const { portions, problems } = portionsOf(project, version);
	return {
		ids: portions.map((portion) =>
			tasksOf(version, portion)
				.map(({ id }) => id)
				.join(' '),
		),
		told: problems.map(({ line, column, message }) => `${line}:${column} ${message}`),
	};
}

const many = (count: number, more = '') =>
	Array.from({ length: count }, (_, n) => `{ name: t${n + 1}${more} }`).join(', ');

describe('portions', () => {
	test('are units, each with all that it waits for', () => {
		expect(
			cut(`
tasks: [{ name: a }, { name: b, depends_on: a }, { name: c, depends_on: b }, { name: d }, { name: e }]
task_groups: [{ name: g, tasks: [d, e] }]
buildvariants: [{ name: v, tasks: [a, b, c, g] }]
`),
		).toEqual({ ids: ['a', 'a b', 'a b c', 'd e'], told: [] });
	});

	test('hold the whole unit of what they wait for', () => {
		expect(
			cut(`
tasks: [{ name: a }, { name: b }, { name: c, depends_on: b }]
buildvariants: [{ name: v, tasks: [a, b, c], display_tasks: [{ name: d, execution_tasks: [a, b] }] }]
`).ids,
		).toEqual(['a b', 'a b c']);
	});

	test('are groups that several hosts may run, besides their members', () => {
		expect(
			cut(`
tasks: [{ name: a }, { name: b }]
task_groups: [{ name: g, max_hosts: 2, tasks: [a, b] }]
buildvariants: [{ name: v, tasks: [g] }]
`).ids,
		).toEqual(['a', 'b', 'a b']);
	});

	test('leave out a unit that is too large for a story, and say so', () => {
		const names = Array.from({ length: 17 }, (_, n) => `t${n + 1}`).join(', ');
		const { ids, told } = cut(`
tasks: [{ name: a }, ${many(17)}]
task_groups: [{ name: g, tasks: [${names}] }]
buildvariants: [{ name: v, tasks: [a, g] }]
`);
		expect(ids).toEqual(['a']);
		expect(told).toEqual([
			'2:22 "t1" restarts as one with others, 17 tasks, more than the 16 of one story, and is not put on trial',
		]);
	});

	test('leave out what a task waits for where it is too much, and say so', () => {
		const { ids, told } = cut(`tasks: [${many(16)}, { name: last, depends_on: "*" }]`);
		expect(ids.slice(-1)).toEqual(['last']);
		expect(told).toEqual([
			expect.stringMatching(/^1:\d+ "last" waits for more tasks than the 16 of one story/),
		]);
	});
});

test('the tasks of a portion wait only for one another', () => {
	const { version } = load('tasks: [{ name: a }, { name: b, depends_on: a }]');
	expect(tasksOf(version, [1, 0])[1]).toMatchObject({ id: 'b', depends_on: ['a'] });
	expect(tasksOf(version, [1])).toEqual([{ id: 'b', task: 'b', variant: 'any-variant' }]);
});
