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

/** The ids of each portion, and what is told; `flagged`: numbers of tasks. */
function cut(text: string, flagged: readonly number[] = []): { ids: string[]; told: string[] } {
	const { project, version } = load(text);
	const places = flagged.map((n) => version.tasks.findIndex(({ id }) => id === `t${n}`));
	const { portions, problems } = portionsOf(project, version, new Set(places));
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

	const names = (count: number): string =>
		Array.from({ length: count }, (_, n) => `t${n + 1}`).join(', ');
	const chain = (count: number): string => `
tasks: [{ name: a }, ${many(count)}]
task_groups: [{ name: g, tasks: [${names(count)}] }]
buildvariants: [{ name: v, tasks: [a, g] }]
`;

	test('of a unit that is too large leave out members that are like others and have no flag, and say so', () => {
		const { ids, told } = cut(chain(208), [7, 100]);
		expect(ids).toEqual(['a', 't1 t7 t100 t208']);
		expect(told).toEqual([
			'2:22 "t1" restarts as one with others, 208 tasks; stories tell of 4 of them, together, and leave out 204 without a flag of their own',
		]);
	});

	test('tell of a unit with too many flags in several parts', () => {
		const all = Array.from({ length: 40 }, (_, n) => n + 1);
		const { ids, told } = cut(chain(40), all);
		expect(ids.map((portion) => portion.split(' ').length)).toEqual([1, 16, 16, 8]);
		expect(ids.slice(1).join(' ').split(' ')).toEqual(all.map((n) => `t${n}`));
		expect(told).toEqual([
			'2:22 "t1" restarts as one with others, 40 tasks; stories tell of all of them, up to 16 at a time',
		]);
	});

	test('keep of a display task some of each group', () => {
		const { ids } = cut(`
tasks: [${many(20)}]
task_groups: [{ name: g, tasks: [t3, t4, t5, t6] }]
buildvariants: [{ name: v, tasks: ['*', g], display_tasks: [{ name: d, execution_tasks: ['*'] }] }]
`);
		expect(ids).toEqual(['t1 t3 t6 t20']);
	});

	test('leave out what a task waits for where it is too much, but for the nearest and the flagged, and say so', () => {
		const { ids, told } = cut(`tasks: [${many(20)}, { name: last, depends_on: "*" }]`, [20]);
		expect(ids.slice(-1)).toEqual([`${names(14).replaceAll(',', '')} t20 last`]);
		expect(told).toEqual([
			expect.stringMatching(
				/^1:\d+ "last" waits for 20 tasks; stories tell of 15 of them, the nearest$/,
			),
		]);
	});
});

test('the tasks of a portion wait only for one another', () => {
	const { version } = load('tasks: [{ name: a }, { name: b, depends_on: a }]');
	expect(tasksOf(version, [1, 0])[1]).toMatchObject({ id: 'b', depends_on: ['a'] });
	expect(tasksOf(version, [1])).toEqual([{ id: 'b', task: 'b', variant: 'any-variant' }]);
});
