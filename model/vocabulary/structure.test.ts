import { describe, expect, test } from 'vitest';
import {
	dependenciesOf,
	groupInstances,
	type Structured,
	structureProblems,
	unitsOf,
} from './structure.ts';

type Instance = Structured['tasks'][number];

/** Tasks "0", "1" … of tasks "t0", "t1" … on one variant, in a project with a group of all of them. */
function structured(
	tasks: readonly Partial<Instance>[],
	displays: readonly (readonly string[])[] = [],
	max_hosts?: number,
): Structured {
	const names = tasks.map((_, place) => `t${place}`);
	return {
		project: {
			tasks: names.map((name) => ({ name, commands: [] })),
			task_groups: [{ name: 'g', tasks: names, ...(max_hosts === undefined ? {} : { max_hosts }) }],
		},
		tasks: tasks.map((task, place) => ({
			id: String(place),
			task: `t${place}`,
			variant: 'v',
			...task,
		})),
		display_tasks: displays.map((execution_tasks, index) => ({ id: `d${index}`, execution_tasks })),
	};
}

const grouped = { group: 'g' };

describe('units', () => {
	test('are plain tasks, each alone', () => {
		expect(unitsOf(structured([{}, {}]))).toEqual([[0], [1]]);
	});

	test('are display tasks, in the order of the setup', () => {
		expect(unitsOf(structured([{}, {}, {}], [['2', '0']]))).toEqual([[0, 2], [1]]);
	});

	test.each([
		['absent', undefined, [[0, 1]]],
		['0', 0, [[0, 1]]],
		['1', 1, [[0, 1]]],
		['below -1', -2, [[0, 1]]],
		['-1: as many as tasks', -1, [[0], [1]]],
		['2', 2, [[0], [1]]],
	])('are groups whose max_hosts is one: %s', (_, max_hosts, units) => {
		expect(unitsOf(structured([grouped, grouped], [], max_hosts))).toEqual(units);
	});

	test('are groups on one variant each', () => {
		const other = { ...grouped, variant: 'w' };
		const setup = structured([grouped, other, grouped, other]);
		expect(unitsOf(setup)).toEqual([
			[0, 2],
			[1, 3],
		]);
		expect(groupInstances(setup).map(({ variant, tasks }) => [variant, tasks])).toEqual([
			['v', [0, 2]],
			['w', [1, 3]],
		]);
	});

	test('are closed under both, however long the chain', () => {
		const other = { ...grouped, variant: 'w' };
		const tasks = [grouped, {}, grouped, other, other, {}];
		const setup = structured(tasks, [
			['1', '2'],
			['0', '4'],
		]);
		expect(unitsOf(setup)).toEqual([[0, 1, 2, 3, 4], [5]]);
	});
});

describe('a task waits', () => {
	const successes = (...tasks: number[]) => tasks.map((task) => ({ task, status: 'success' }));

	test('for those that it names, and in a single-host group for the one before it', () => {
		const setup = structured([grouped, {}, grouped, { ...grouped, depends_on: ['1', '0'] }]);
		expect(dependenciesOf(setup)).toEqual([[], [], successes(0), successes(0, 1, 2)]);
	});

	test('for the success of the one before it in a single-host group, whatever else is said of that one', () => {
		const ends = [{ name: '0', status: 'failed' as const }, { name: '2' }];
		const setup = structured([grouped, { ...grouped, depends_on: ends }, {}]);
		expect(dependenciesOf(setup)[1]).toEqual([{ task: 0, status: 'failed' }, ...successes(0, 2)]);
	});

	test('for no other of a group on several hosts', () => {
		expect(dependenciesOf(structured([grouped, grouped], [], 2))).toEqual([[], []]);
	});
});

describe('what a setup cannot say is told with its place', () => {
	const messages = (setup: Structured) =>
		structureProblems(setup).map(({ path, message }) => `${path.join('.')}: ${message}`);

	test.each<[string, Structured, string]>([
		[
			'a task that depends on itself by way of others',
			structured([{ depends_on: ['1'] }, { depends_on: ['0'] }]),
			'depends on itself by way of others',
		],
		[
			'a task that depends on itself',
			structured([{ depends_on: ['0'] }]),
			'cannot depend on itself',
		],
		[
			'units that wait for each other, though no task does',
			structured(
				[{ depends_on: ['3'] }, {}, { depends_on: ['1'] }, {}],
				[
					['0', '1'],
					['2', '3'],
				],
			),
			'a restart of one would wait for the other',
		],
		['a dependency on nothing', structured([{ depends_on: ['x'] }]), 'there is no task "x"'],
		['a group of no project', structured([{ group: 'h' }]), 'the project has no task group "h"'],
		[
			'a group out of order',
			structured([
				{ ...grouped, task: 't1' },
				{ ...grouped, task: 't0' },
			]),
			'must stand in the order of the group',
		],
		[
			'a task in two display tasks',
			structured([{}], [['0'], ['0']]),
			'is in a display task already',
		],
	])('%s', (_, setup, message) => {
		expect(messages(setup).join('\n')).toContain(message);
	});

	test('a setup of all of it has nothing wrong', () => {
		const setup = structured([grouped, grouped, { depends_on: ['1'] }], [['0']]);
		expect(messages(setup)).toEqual([]);
	});
});

describe('versions', () => {
	const others = (tasks: readonly Partial<Instance>[], displays: readonly string[][] = []) => ({
		...structured(tasks, displays),
		project: { ...structured(tasks).project, id: 'p' },
		other_versions: [{ id: 'v2', project: { id: 'q' } }],
	});
	const problems = (setup: Structured) => structureProblems(setup).map(({ message }) => message);

	test('of one group each are groups of their own', () => {
		const setup = others([grouped, { ...grouped, task: 't0', version: 'v2' }]);
		expect(problems(setup)).toEqual([]);
		expect(groupInstances(setup).map(({ version, tasks }) => [version, tasks])).toEqual([
			[undefined, [0]],
			['v2', [1]],
		]);
		expect(unitsOf(setup)).toEqual([[0], [1]]);
	});

	test.each([
		[
			'a version that there is not',
			others([{ version: 'v2' }, { version: 'v4' }]),
			'there is no other version "v4"',
		],
		[
			'a wait for a task of another version',
			others([{}, { version: 'v2', depends_on: ['0'] }]),
			'the task "0" is of another version',
		],
		[
			'a display task of two versions',
			others([{}, { version: 'v2' }], [['0', '1']]),
			'its tasks are of several versions',
		],
		[
			'the id of the first version',
			{ ...others([{}, { version: 'p_1' }]), other_versions: [{ id: 'p_1' }] },
			'the id "p_1" is used twice',
		],
		[
			'a version of no task',
			{ ...others([{}, { version: 'v2' }]), other_versions: [{ id: 'v2' }, { id: 'v3' }] },
			'no task is of the version "v3": write "version: v3" with one, or leave it out',
		],
		[
			'the id of the first project',
			{
				...others([{}, { version: 'v2' }]),
				other_versions: [{ id: 'v2', project: { id: 'p' } }],
			},
			'the id "p" is used twice',
		],
	])('have not %s', (_, setup, message) => {
		expect(problems(setup)).toEqual([message]);
	});
});
