import { symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { IMPORT_LIMITS } from './collect.ts';
import { importProject } from './import.ts';

const include = (...names: string[]): string =>
	`include:\n${names.map((name) => `  - filename: ${name}\n`).join('')}`;
const task = (name: string): string => `tasks: [{ name: ${name} }]\n`;

const inFolder = (folder: string, root: string) => {
	const result = importProject(join(folder, root));
	const said = result.kind === 'refused' ? result.problems : result.warnings;
	return {
		kind: result.kind,
		tasks: result.kind === 'imported' ? result.project.tasks.map(({ name }) => name) : [],
		said: said.map(
			({ file, line, column, message }) => `${basename(file)}:${line}:${column} ${message}`,
		),
	};
};
const run = (files: Record<string, string>, root = Object.keys(files)[0] ?? '') =>
	inFolder(folderOf(files), root);

describe('included files', () => {
	test('are named from the top of the repository, whatever folder includes them', () => {
		expect(
			run({
				'.evergreen/root.yml': include('.evergreen/a.yml', 'ci/b.yml') + task('root'),
				'.evergreen/a.yml': task('a') + include('ci/b.yml'),
				'ci/b.yml': task('b'),
			}),
		).toEqual({ kind: 'imported', tasks: ['root', 'a', 'b'], said: [] });
	});

	test('of a module, or missing, are told and passed over', () => {
		expect(
			run({
				'root.yml': `include:\n  - filename: a.yml\n    module: infra\n  - filename: b.yml\n${task('t')}`,
			}),
		).toEqual({
			kind: 'imported',
			tasks: ['t'],
			said: [
				'root.yml:2:5 "a.yml" is in the module "infra" and is not read',
				'root.yml:4:5 "b.yml" does not exist',
			],
		});
	});

	test('outside of the repository are refused, unread', () => {
		const outside = folderOf({ 'secret.yml': task('secret') });
		const folder = folderOf({ 'root.yml': include('../secret.yml', 'link.yml', '/etc/passwd') });
		symlinkSync(join(outside, 'secret.yml'), join(folder, 'link.yml'));
		expect(inFolder(folder, 'root.yml').said).toEqual([
			`root.yml:2:5 "../secret.yml" is outside the project's folder`,
			`root.yml:3:5 "link.yml" is outside the project's folder`,
			`root.yml:4:5 "/etc/passwd" is outside the project's folder`,
		]);
	});

	test('of an included file are not read, which is told unless the first file includes them too', () => {
		const files = {
			'root.yml': include('a.yml', 'b.yml') + task('root'),
			'a.yml': include('b.yml', 'c.yml') + task('a'),
			'b.yml': task('b'),
			'c.yml': task('c'),
		};
		expect(run(files)).toEqual({
			kind: 'imported',
			tasks: ['root', 'a', 'b'],
			said: [
				'a.yml:3:5 "c.yml" is not read: only the includes of the first file are, and "a.yml" is included itself',
			],
		});
	});

	test('that include themselves are refused', () => {
		const folder = folderOf({ 'root.yml': include('link.yml') });
		symlinkSync(join(folder, 'root.yml'), join(folder, 'link.yml'));
		expect(inFolder(folder, 'root.yml').said).toEqual(['root.yml:2:5 "link.yml" includes itself']);
	});

	test('that are included twice are refused', () => {
		expect(run({ 'root.yml': include('a.yml', 'a.yml'), 'a.yml': task('a') }).said).toEqual([
			'root.yml:3:5 "a.yml" is included twice',
		]);
	});

	test('may define a task, a function, a block, a switch, a module or axes only once', () => {
		const both = `${task('t')}functions: { f: { command: c } }
task_groups: [{ name: g }]
parameters: [{ key: p }]
modules: [{ name: m }]
pre: []
pre_error_fails_task: true
command_type: test
stepback: true
axes: []
buildvariants: [{ name: v, tasks: [t] }, { matrix_name: x, matrix_spec: {} }]
`;
		expect(run({ 'root.yml': include('a.yml') + both, 'a.yml': both }).said).toEqual(
			[
				'task "t"',
				'function "f"',
				'task group "g"',
				'block "pre"',
				'key "pre_error_fails_task"',
				'key "command_type"',
				'parameter "p"',
				'module "m"',
				'key "stepback"',
				'key "axes"',
				'key "matrix_name"',
			].map((what) =>
				expect.stringMatching(
					new RegExp(`^a\\.yml:.* the ${what} is defined twice, first in .*root\\.yml, line `),
				),
			),
		);
	});

	test.each([
		['{ name: v, run_on: [d], tasks: [t] }', '{ name: v, tags: [x], tasks: [t] }', 'refused'],
		['{ name: v, run_on: [d], tasks: [t] }', '{ name: v, disable: false }', 'refused'],
		// A variant without tasks adds none.
		['{ name: v, run_on: [d] }', '{ name: v }', 'refused'],
		['{ name: v, run_on: [d] }', '{ name: v, tags: ~, other: 1, tasks: [t] }', 'imported'],
		['{ name: v, tasks: [t] }', '{ name: v, run_on: [d], depends_on: [x] }', 'imported'],
	])('may add to a variant only its tasks: %s and %s', (root, included, kind) => {
		const variants = (variant: string) => `buildvariants: [${variant}]\n`;
		const read = run({
			'root.yml': include('a.yml') + task('t') + variants(root),
			'a.yml': variants(included),
		});
		expect(read.kind).toBe(kind);
		if (kind === 'refused')
			expect(read.said).toEqual([
				expect.stringMatching(
					/^a\.yml:1:17 the build variant "v" has more than tasks in two files, first in .*root\.yml, line 4$/,
				),
			]);
	});

	test('are refused when they are too many or too large', { timeout: 30_000 }, () => {
		const many = Array.from({ length: IMPORT_LIMITS.files }, (_, n) => `f${n}.yml`);
		expect(
			run({ 'root.yml': include(...many), ...Object.fromEntries(many.map((name) => [name, ''])) })
				.said,
		).toEqual([`root.yml:${many.length + 1}:5 the project has more than 100 files`]);

		const folder = folderOf({ 'root.yml': include('a.yml', 'b.yml', 'c.yml') });
		for (const name of ['a.yml', 'b.yml', 'c.yml'])
			writeFileSync(join(folder, name), `x: ${'y'.repeat(12_000_000)}`);
		expect(inFolder(folder, 'root.yml').said).toEqual([
			'root.yml:4:5 the files have more than 33554432 bytes together',
		]);
	});

	test('a root that is not there is told', () => {
		expect(run({ 'root.yml': '' }, 'other.yml').said).toEqual([
			'other.yml:0:0 there is no such file',
		]);
	});

	test('that are no text are told where they are named', () => {
		const folder = folderOf({ 'root.yml': include('a.yml') });
		writeFileSync(join(folder, 'a.yml'), Uint8Array.of(97, 58, 32, 0xe9));
		expect(inFolder(folder, 'root.yml').said).toEqual([
			'root.yml:2:5 "a.yml": the file is not UTF-8 text',
		]);
	});
});
