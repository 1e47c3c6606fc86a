import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { importProject } from './import.ts';

const said = (text: string): string[] => {
	const read = importProject(join(folderOf({ 'p.yml': text }), 'p.yml'));
	const problems = read.kind === 'refused' ? read.problems : read.warnings;
	return [
		read.kind,
		...problems.map(({ line, column, message }) => `${line}:${column} ${message}`),
	];
};

describe('what the server takes under a key', () => {
	test.each([
		['tasks: 5', '1:8 "tasks" should be a list, not "5"'],
		['tasks: { name: t }', '1:8 "tasks" should be a list, not a mapping'],
		['tasks: [t]', '1:9 an entry of "tasks" should be a mapping, not "t"'],
		['tasks: [[]]', '1:9 an entry of "tasks" should be a mapping, not a list'],
		['tasks: [{ name: t, commands: foo }]', '1:30 "commands" should be a list, not "foo"'],
		['tasks: [{ name: t, commands: { func: f } }]', '1:30 "commands" should be a list, not'],
		['tasks: [{ name: t, commands: [foo] }]', '1:31 an entry of "commands" should be a mapping'],
		['tasks: [{ name: t, disable: never }]', '1:29 true or false is expected here'],
		['tasks: [{ name: t, tags: { a: b } }]', '1:26 "tags" should be a text or a list of them'],
		['tasks: [{ name: t, depends_on: [[a]] }]', '1:33 an entry of "depends_on" should be a name'],
		['functions: [f]', '1:12 "functions" should be a mapping, not a list'],
		['functions: { f: foo }', '1:17 "f" in "functions" should be a mapping or a list of them, not'],
		['post: { command: a, params: foo }', '1:29 "params" should be a mapping, not "foo"'],
		['post: { command: a, variants: v }', '1:31 "variants" should be a list, not "v"'],
		['post: { func: a, vars: { b: [c] } }', '1:29 "b" in "vars" should be a text, not a list'],
		['task_groups: [{ name: g, tasks: a }]', '1:33 "tasks" should be a list, not "a"'],
		[
			'task_groups: [{ name: g, tasks: [{ name: a }] }]',
			'1:34 an entry of "tasks" should be a text',
		],
		['buildvariants: v', '1:16 "buildvariants" should be a list, not "v"'],
		['buildvariants: [{ name: v, display_tasks: d }]', '1:43 "display_tasks" should be a list'],
		[
			'buildvariants: [{ name: v, tasks: [[t]] }]',
			'1:36 an entry of "tasks" should be a name or a',
		],
		['buildvariants: [{ name: v, expansions: x }]', '1:40 "expansions" should be a mapping, not'],
		['tasks: [{ name: t, depends_on: { a: b } }]', '1:32 "depends_on" should have a `name`'],
		[
			'tasks: [{ name: t, depends_on: { name: u, variant: [v] } }]',
			'1:52 "variant" should be a name, or',
		],
		['buildvariants: [{ name: v, tasks: [""] }]', '1:36 an entry of "tasks" should have a `name`'],
		['buildvariants: { name: v }', '1:16 "buildvariants" should be a list, not a mapping'],
		[
			'buildvariants: [{ name: v, tasks: [{ name: [t] }] }]',
			'1:44 "name" should be a text, not a list',
		],
		['axes: { id: a }', '1:7 "axes" should be a list, not a mapping'],
		['include: a.yml', '1:10 "include" should be a list, not "a.yml"'],
		['include: [a.yml]', '1:11 an entry of "include" should be a mapping, not "a.yml"'],
		['ignore: { a: b }', '1:9 "ignore" should be a text or a list of them, not a mapping'],
	])('%s is refused, once', (text, message) => {
		const [kind, ...problems] = said(text);
		expect([kind, ...problems.map((one) => one.slice(0, message.length))]).toEqual([
			'refused',
			message,
		]);
	});

	test('an alias of the wrong kind is told where it is used', () => {
		expect(said('x: &x foo\ntasks: *x')).toEqual([
			'refused',
			'2:8 "tasks" should be a list, not "foo"',
		]);
	});

	test.each([
		['exec_timeout_secs: 1h', '1:20 "exec_timeout_secs" is no whole number and is passed over'],
		[
			'tasks: [{ name: t }]\ntask_groups: [{ name: g, tasks: [t], max_hosts: "2" }]',
			'2:49 "max_hosts" is no whole number and is',
		],
		['buildvariants: [{ name: v, batchtime: [] }]', '1:39 "batchtime" is no whole number and is'],
		['timeout_secs: .inf', '1:15 "timeout_secs" is no whole number'],
	])('%s is told, and the rest is read', (text, message) => {
		expect(said(text).map((one) => one.slice(0, message.length))).toEqual(['imported', message]);
	});

	test.each([
		'tasks: ~',
		'tasks: [{ name: 5, commands: ~, tags: x, exec_timeout_secs: 0x10, priority: 1_000 }]',
		'tasks: [{ name: t, exec_timeout_secs: 90.5, disable: "no", other: { a: [1] } }]',
		'pre: { command: a, params: ~ }\npost: []\ntimeout: ~',
		'functions: { f: ~ }\nvariables: [1, { a: b }]\nunknown: 5',
		'tasks: [{ name: t }]\nbuildvariants: [{ name: v, run_on: d, cron: 0 4 * * *, tasks: t, modules: [m] }]',
		'tasks: [{ name: t }]\nbuildvariants: [{ name: v, tasks: { name: t, distros: d, activate: off } }]',
	])('%s is all right', (text) => {
		expect(said(text)).toEqual(['imported']);
	});
});
