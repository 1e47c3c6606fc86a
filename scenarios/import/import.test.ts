import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { describe as say } from '../yaml/problem.ts';
import { type Imported, importProject } from './import.ts';

const run = (files: Record<string, string>) =>
	importProject(join(folderOf(files), Object.keys(files)[0] ?? ''));

function imported(text: string): Imported {
	const result = run({ 'p.yml': text });
	if (result.kind === 'refused') throw new Error(result.problems.map(say).join('\n'));
	return result;
}

const lines = (problems: readonly { line: number; column: number; message: string }[]): string[] =>
	problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

const warnings = (text: string): string[] => lines(imported(text).warnings);

function problems(text: string): string[] {
	const result = run({ 'p.yml': text });
	return result.kind === 'refused' ? lines(result.problems) : [];
}

describe('a project file', () => {
	test('gives its tasks, functions, blocks and switches, and nothing else', () => {
		const { project, variants } = imported(`
command_type: system
stepback: true
pre_error_fails_task: yes
pre: { func: clone }
post:
  - command: attach.results
    params: { file_location: x }
functions:
  clone:
    command: git.get_project
    type: setup
    retry_on_failure: true
tasks:
  - name: build
    tags: [fast]
    commands:
      - { func: clone, vars: { a: b }, variants: [3.10, linux], type: test }
      - { command: shell.exec, display_name: serve, params: { background: true, script: x } }
      - { command: s3.put, params: { background: true }, retry_on_failure: false }
buildvariants:
  - name: linux
    tasks: [build, { name: build }]
`);
		expect(project).toEqual({
			id: 'p',
			command_type: 'system',
			pre_error_fails_task: true,
			pre: [{ func: 'clone' }],
			post: [{ command: 'attach.results' }],
			functions: {
				clone: [{ command: 'git.get_project', type: 'setup', retry_on_failure: true }],
			},
			tasks: [
				{
					name: 'build',
					commands: [
						{ func: 'clone', type: 'test', variants: ['3.10', 'linux'] },
						{ command: 'shell.exec', display_name: 'serve', background: true },
						{ command: 's3.put', retry_on_failure: false },
					],
				},
			],
		});
		expect(variants).toEqual([{ name: 'linux', tasks: ['build'] }]);
	});

	test('may use aliases as list items, merge keys and lists of them', () => {
		const { project } = imported(`
variables:
  - &flagged { command: shell.exec, retry_on_failure: true }
  - &setup { type: setup }
functions: { f: [*flagged, { <<: [*setup, *flagged], display_name: two }] }
tasks: [{ name: t, commands: [*flagged, { func: f }] }]
`);
		expect(project.functions).toEqual({
			f: [
				{ command: 'shell.exec', retry_on_failure: true },
				{ command: 'shell.exec', display_name: 'two', type: 'setup', retry_on_failure: true },
			],
		});
		expect(project.tasks[0]?.commands).toHaveLength(2);
	});

	test('may be empty', () => {
		expect(imported('').project).toEqual({ id: 'p', tasks: [] });
	});

	test('may have names that JavaScript knows', () => {
		const { project } = imported(
			'functions: { constructor: { command: a } }\ntasks: [{ name: t, commands: [{ func: toString }] }]',
		);
		expect(Object.keys(project.functions ?? {})).toEqual(['constructor']);
	});
});

describe('an import warns', () => {
	test('of a function that is not defined, once', () => {
		expect(
			warnings('tasks:\n- name: t\n  commands:\n  - func: f\n  - func: f\npost: [{ func: g }]'),
		).toEqual([
			'4:5 the function "f" is not defined (called 2 times); stories run nothing for its calls, and agents fail at them',
			'6:8 the function "g" is not defined (called once); stories run nothing for its calls, and agents fail at them',
		]);
	});

	test('of a key that is used twice', () => {
		const { project, warnings: said } = imported(
			'functions:\n  f: { command: a }\n  f: { command: b }',
		);
		expect(project.functions).toEqual({ f: [{ command: 'b' }] });
		expect(lines(said)).toEqual([
			'3:3 the key "f" is used twice in this mapping; the last one counts',
		]);
	});
});

describe('an import refuses', () => {
	test.each([
		['a file that is no mapping', '- a', '1:1 a project is a mapping'],
		[
			'a task without a name',
			'tasks: [{ commands: [] }]',
			'1:9 a mapping with a `name` is expected here',
		],
		['a name that is a list', 'tasks: [{ name: [a] }]', '1:17 "name" should be a text, not a list'],
		[
			'a name without end',
			`tasks: [{ name: ${'x'.repeat(301)} }]`,
			'1:17 this name has 301 characters, more than the 300 allowed',
		],
		[
			'a command that is both',
			'pre: { func: f, command: c }',
			'1:6 a command or a call of a function is expected here',
		],
		[
			'a command that is neither',
			'pre: [{ type: test }]',
			'1:7 a command or a call of a function is expected here',
		],
		[
			'a command that is a word',
			'pre: clone',
			'1:6 "pre" should be a mapping or a list of them, not "clone"',
		],
		[
			'a flag in quotes',
			'pre: [{ command: a, retry_on_failure: "true" }]',
			'1:39 true or false is expected here',
		],
		['an unknown type', 'command_type: soft', '1:15 "soft" is no failure type'],
		[
			'a function that calls another',
			'functions: { f: { func: g } }',
			'1:17 the function "f" calls the function "g"; functions cannot call functions',
		],
		['an include without a file', 'include: [{ module: m }]', '1:11 an include names a file'],
		['a task twice', 'tasks: [{ name: t }, { name: t }]', '1:22 the task "t" is defined twice'],
		[
			'a block without end',
			`pre: [${'{ command: a },'.repeat(1001)}]`,
			'1:6 this block has 1001 entries, more than the 1000 allowed',
		],
		[
			'names without end',
			`pre: { command: a, variants: [${'v,'.repeat(5001)}] }`,
			'1:30 more than 5000 names are listed here',
		],
		[
			'tasks without end',
			`tasks: [${Array.from({ length: 5001 }, (_, n) => `{ name: t${n} }`).join(',')}]`,
			'0:0 tasks: Too big',
		],
		[
			'a name that cannot be printed',
			'functions: { f: [{ command: a }, { command: b, display_name: "\\u001b[31m" }] }',
			'1:34 functions.f.1.display_name: a name has no control characters',
		],
		[
			'a variant twice in a file',
			'buildvariants: [{ name: v, tasks: [] }, { name: v, tasks: [] }]',
			'1:41 the build variant "v" is defined twice',
		],
		['broken YAML', 'tasks: [', '1:9 Flow sequence in block collection must be'],
	])('%s', (_what, text, said) => {
		expect(problems(text)[0]?.slice(0, said.length)).toBe(said);
	});
});
