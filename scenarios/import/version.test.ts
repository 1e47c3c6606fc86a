import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Dependency } from '../../model/vocabulary/dependency.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { folderOf } from '../testing/folder.ts';
import { importProject } from './import.ts';

function load(text: string) {
	const result = importProject(join(folderOf({ 'p.yml': text }), 'p.yml'), { params: true });
	if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
	return result;
}

/** `line:column message` of each warning. */
const warned = (text: string): string[] =>
	load(text).warnings.map(({ line, column, message }) => `${line}:${column} ${message}`);

/** By id: what it waits for. */
const waits = (text: string): Record<string, Dependency[]> =>
	Object.fromEntries(
		load(text).version.tasks.flatMap(({ id, depends_on }) =>
			depends_on === undefined ? [] : [[id, depends_on]],
		),
	);

test('a task whose name is no segment of a path has an id that is one', () => {
	const named = 'tasks: [{ name: .. }, { name: a }]';
	const variants = `buildvariants:
  - { name: v, tasks: ['*'], display_tasks: [{ name: ., execution_tasks: ['*'] }] }`;
	const { project, version } = load(`${named}\n${variants}\n`);
	expect(version.tasks.map(({ id, task }) => [id, task])).toEqual([
		['..@v', '..'],
		['a', 'a'],
	]);
	expect(version.display_tasks).toEqual([{ id: '.@v', execution_tasks: ['..@v', 'a'] }]);
	const { tasks, display_tasks } = version;
	expect(Setup.safeParse({ project, tasks, display_tasks, hosts: ['h1'] }).success).toBe(true);
	expect(load(named).version.tasks.map(({ id }) => id)).toEqual(['..@any-variant', 'a']);
});

const TASKS = 'tasks: [{ name: a, tags: x }, { name: b, tags: x }, { name: c }]\n';

describe('a task group', () => {
	test('is imported with all of its keys', () => {
		const { project } = load(`${TASKS}
functions: { f: { command: y } }
task_groups:
  - name: g
    tags: [quick]
    tasks: [c, .x, a]
    max_hosts: -1
    share_processes: true
    setup_group: { func: f }
    setup_group_can_fail_task: true
    setup_group_timeout_secs: 1
    setup_task: [{ command: s, retry_on_failure: true }]
    setup_task_can_fail_task: false
    setup_task_timeout_secs: 2
    teardown_task: { command: t }
    teardown_task_can_fail_task: true
    teardown_task_timeout_secs: 3
    teardown_group: { command: u }
    teardown_group_timeout_secs: 4
    timeout: { command: v }
    callback_timeout_secs: 5
  - { name: nobody, tasks: [] }
`);
		expect(project.task_groups).toEqual([
			{
				name: 'g',
				tasks: ['c', 'a', 'b'],
				max_hosts: -1,
				share_processes: true,
				setup_group: [{ func: 'f' }],
				setup_group_can_fail_task: true,
				setup_group_timeout_secs: 1,
				setup_task: [{ command: 's', retry_on_failure: true }],
				setup_task_can_fail_task: false,
				setup_task_timeout_secs: 2,
				teardown_task: [{ command: 't' }],
				teardown_task_can_fail_task: true,
				teardown_task_timeout_secs: 3,
				teardown_group: [{ command: 'u' }],
				teardown_group_timeout_secs: 4,
				timeout: [{ command: 'v' }],
				callback_timeout_secs: 5,
			},
		]);
	});

	test('is listed by a variant by name or tag, and its members stand in its order', () => {
		const { version } = load(`${TASKS}
task_groups: [{ name: g, tags: [quick], tasks: [c, a] }]
buildvariants: [{ name: v, tasks: [b, .quick] }, { name: w, tasks: [g] }]
`);
		expect(version.tasks).toEqual([
			{ id: 'c@v', task: 'c', variant: 'v', group: 'g' },
			{ id: 'c@w', task: 'c', variant: 'w', group: 'g' },
			{ id: 'b', task: 'b', variant: 'v' },
			{ id: 'a@v', task: 'a', variant: 'v', group: 'g' },
			{ id: 'a@w', task: 'a', variant: 'w', group: 'g' },
		]);
		expect(
			Setup.safeParse({ project: load(`${TASKS}`).project, tasks: version.tasks, hosts: ['h1'] })
				.success,
		).toBe(false);
		const { project } = load(`${TASKS}task_groups: [{ name: g, tasks: [c, a] }]`);
		expect(Setup.safeParse({ project, tasks: version.tasks, hosts: ['h1'] }).success).toBe(true);
	});

	test('that lists what is not there is told', () => {
		expect(warned(`${TASKS}task_groups: [{ name: g, tasks: [a, d, .y] }]`)).toEqual([
			'2:37 no task or task group is named "d"',
			'2:40 no task or task group satisfies the selector ".y"',
		]);
	});

	test('may hold a task only once on a variant', () => {
		const text = `${TASKS}
task_groups: [{ name: g, tasks: [a] }, { name: h, tasks: [a, b] }]
buildvariants: [{ name: v, tasks: [a, g, h] }]
`;
		expect(warned(text).map((it) => it.slice(0, 22))).toEqual(
			['4:39 "a" is listed on ', '4:42 "a" is listed on '].map((it) => it.slice(0, 22)),
		);
		expect(load(text).version.tasks.slice(0, 2)).toEqual([
			{ id: 'a', task: 'a', variant: 'v', group: 'g' },
			{ id: 'b', task: 'b', variant: 'v', group: 'h' },
		]);
	});
});

describe('a display task', () => {
	test('shows tasks of its variant, by name and by tag', () => {
		const { version, warnings } = load(`${TASKS}
buildvariants:
  - { name: v, tasks: [a, c], display_tasks: [{ name: all, execution_tasks: [.x, c] }] }
  - { name: w, tasks: [a, b], display_tasks: [{ name: all, execution_tasks: [.x] }, { name: c, execution_tasks: [] }] }
`);
		expect(version.display_tasks).toEqual([
			{ id: 'all', execution_tasks: ['a@v', 'c'] },
			{ id: 'all@w', execution_tasks: ['a@w', 'b'] },
		]);
		expect(warnings.map(({ message }) => message)).toEqual([
			'the display task "c" has no execution tasks',
		]);
	});

	test('that shows what is not on its variant, or in another, is told', () => {
		expect(
			warned(`${TASKS}
buildvariants:
  - name: v
    tasks: [a, b]
    display_tasks:
      - { name: one, execution_tasks: [a, c] }
      - { name: two, execution_tasks: [.x] }
`),
		).toEqual([
			'7:43 "c" in the display task "one" is no task of the variant "v"',
			'8:40 "a" is in another display task already, and stays there',
		]);
	});

	test('that shows a task twice, or has the name of one, is told', () => {
		expect(
			warned(`${TASKS}
buildvariants:
  - name: v
    tasks: [a, b]
    display_tasks: [{ name: b, execution_tasks: [.x, a] }]
`),
		).toEqual([
			'6:21 the display task "b" has the name of a task of the variant "v"',
			'6:54 "a" is listed in this display task already',
		]);
	});

	test('has a name, else the file is refused', () => {
		const text = 'buildvariants: [{ name: v, display_tasks: [{ execution_tasks: [] }] }]';
		const result = importProject(join(folderOf({ 'p.yml': text }), 'p.yml'));
		expect(result).toMatchObject({ kind: 'refused', problems: [{ line: 1, column: 44 }] });
	});
});

describe('what a task waits for', () => {
	const on = (c: string, variants = '') => `
tasks: [{ name: a, tags: x }, { name: b, tags: x }, { name: c, depends_on: ${c} }]
task_groups: [{ name: g, max_hosts: 2, tasks: [a, b] }]
buildvariants:
  - { name: v, tags: [unix], tasks: [g, c] }
  - { name: w, tags: [unix], tasks: [a] }
${variants}`;

	test.each<[string, Dependency[]]>([
		['a', ['a@v']],
		['[a, { name: b }, a]', ['a@v', 'b']],
		['{ name: a, variant: w }', ['a@w']],
		['{ name: a, variant: "*" }', ['a@v', 'a@w']],
		['{ name: a, variant: .unix }', ['a@v', 'a@w']],
		['{ name: .x }', ['a@v', 'b']],
		['{ name: g }', ['a@v', 'b']],
		['{ name: "*" }', ['a@v', 'b']],
		['{ name: "*", variant: "*" }', ['a@v', 'a@w', 'b']],
		['{ name: a, status: success, patch_optional: true }', ['a@v']],
		['{ name: a, status: "" }', ['a@v']],
		['{ name: a, status: failed }', [{ name: 'a@v', status: 'failed' }]],
		[
			'{ name: a, variant: "*", status: "*" }',
			['a@v', 'a@w'].map((name) => ({ name, status: '*' })),
		],
		[
			'[{ name: a, status: failed }, { name: g, status: failed }, a]',
			[{ name: 'a@v', status: 'failed' }, { name: 'b', status: 'failed' }, 'a@v'],
		],
	])('%s is %j', (written, ids) => {
		expect(waits(on(written))).toEqual({ c: ids });
		expect(warned(on(written))).toEqual([]);
	});

	test.each<[string, string]>([
		['{ name: d }', '2:76 no task or task group is named "d"'],
		['{ name: .y }', '2:76 no task or task group satisfies the selector ".y"'],
		[
			'{ name: a, variant: u }',
			'2:96 no build variant is "u", where something waits for a task on it',
		],
		[
			'{ name: b, variant: w }',
			'2:76 "c" on the variant "v" waits for "b", which does not run on "w"; the wait is passed over',
		],
		['{ name: c }', '2:76 the task "c" depends on itself; that it waits for itself is passed over'],
		[
			'{ name: a, status: fail }',
			'2:76 the wait for "a" is passed over: no task ends with the status "fail"',
		],
	])('%s is told and passed over', (written, said) => {
		expect(waits(on(written))).toEqual({});
		expect(warned(on(written))).toEqual([said]);
	});

	test('is said by its entry on the variant, else by the variant, else by the task', () => {
		expect(
			waits(
				on(
					'a',
					`  - { name: entry, tasks: [a, b, { name: c, depends_on: b }], depends_on: [{ name: a, variant: v }] }
  - { name: variant, tasks: [a, { name: c }], depends_on: [{ name: a, variant: v }] }
`,
				),
			),
		).toEqual({
			'a@entry': ['a@v'],
			'a@variant': ['a@v'],
			'b@entry': ['a@v'],
			'c@entry': ['b@entry'],
			'c@v': ['a@v'],
			'c@variant': ['a@v'],
		});
	});

	test('is for the same status whether the task, its entry or the variant says it', () => {
		const failed = { name: 'a', status: 'failed' };
		const text = `
tasks: [{ name: a }, { name: c }, { name: d, depends_on: [{ name: a, status: failed }] }]
buildvariants:
  - { name: v, tasks: [a, { name: c, depends_on: [{ name: a, status: failed }] }, d] }
`;
		expect(waits(text)).toEqual({ c: [failed], d: [failed] });
		const byVariant = `
tasks: [{ name: a }, { name: c }]
buildvariants:
  - { name: v, tasks: [a] }
  - { name: w, tasks: [c], depends_on: [{ name: a, variant: v, status: failed }] }
`;
		expect(waits(byVariant)).toEqual({ c: [failed] });
	});

	test('in a circle is told and passed over', () => {
		const text = `
tasks: [{ name: a, depends_on: b }, { name: b, depends_on: a }, { name: c, depends_on: a }]
`;
		expect(waits(text)).toEqual({ b: ['a'], c: ['a'] });
		expect(warned(text)).toEqual([
			'2:32 the task "a" depends on itself by way of others; what it waits for is passed over',
		]);
	});

	test('of itself is told where a task says so, and nothing where it is one of many, or said of its whole variant', () => {
		const itself = (wait: string, more = ''): string[] =>
			warned(`
tasks: [{ name: a, tags: [t], ${wait} }]
buildvariants: [{ name: v, tasks: [a]${more} }]
`);
		expect(itself('depends_on: a')).toEqual([
			'2:43 the task "a" depends on itself; that it waits for itself is passed over',
		]);
		expect(itself('depends_on: "*"')).toEqual([]);
		expect(itself('depends_on: .t')).toEqual([]);
		expect(itself('commands: []', ', depends_on: a')).toEqual([]);
	});

	test('in a circle of what restarts together is told and passed over', () => {
		const text = `
tasks: [{ name: a }, { name: b, depends_on: a }, { name: c, depends_on: b }]
buildvariants:
  - { name: v, tasks: [a, b, c], display_tasks: [{ name: d, execution_tasks: [a, c] }] }
`;
		expect(waits(text)).toEqual({ b: ['a'] });
		expect(warned(text)).toMatchObject(
			[/^2:73 what restarts together with "a" depends on/].map((it) => expect.stringMatching(it)),
		);
	});
});
