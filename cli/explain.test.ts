import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

test('each flag stands at its line, with where it works, where it is idle and what it restarts', async () => {
	expect(await exitStatus(['explain', 'example'], {})).toBe(0);
	const said = stdout.join('\n');
	expect(said).toMatch(/^example: 3 flagged commands: 2 work, 1 is idle\n/);
	expect(said).toMatch(
		/\n\S+example\.yml:35:7 {2}git\.get_project in the function "clone"\n {2}works {4}in pre, 7 times .*\n {2}restarts the task, once \(7 tasks on a variant\)\n {2}price {4}of 100 tasks \d\.\d\d turn from red to green, for \d\.\d\d automatic restarts\n/,
	);
	expect(said).toMatch(
		/\n {2}idle {5}in 1 task, 2 times .*: the deployed agent asks for no restart/,
	);
	expect(said).toMatch(
		/\nprice {6}of 100 tasks \d\.\d\d turn .*\n {11}npx mulligan simulate example\n {11}which counts \d\.\d\d and \d\.\d\d: with flags .*$/,
	);
});

test('each command of a task stands with what comes of it', async () => {
	expect(await exitStatus(['explain', 'example', 'unit-test'], {})).toBe(0);
	const rows = stdout.filter((line) => /^ *\d/.test(line));
	expect(stdout[0]).toBe('example: unit-test on linux, 9 commands');
	expect(rows[0]).toMatch(
		/^1 {2}pre +git\.get_project \(clone\) +flag {2}red, again; then post +red, again; then timeout, post +red; then post$/,
	);
	expect(rows[5]).toMatch(/^6 {2}main +shell\.exec +red; then post +red; then timeout, post/);
	expect(rows[6]).toMatch(/^7 {2}timeout +shell\.exec +changes nothing +changes nothing +red/);
});

test('a task is a diagram too, and JSON; the variant may be named', async () => {
	const task = ['explain', 'flaky', 'unit-test', '--variant', 'linux'];
	expect(await exitStatus([...task, '--format', 'mermaid'], {})).toBe(0);
	expect(stdout.join('\n')).toMatch(/^flowchart TD\n/);
	expect(stdout.join('\n')).toMatch(/\n {2}c1 -\. fails \.-> again\n/);
	expect(stdout.join('\n')).not.toContain('c3 -. fails');
	const drawn = stdout.length;
	expect(await exitStatus([...task, '--json'], {})).toBe(0);
	expect(JSON.parse(stdout.slice(drawn).join('\n'))).toMatchObject({
		task: 'unit-test',
		variant: 'linux',
		commands: [
			{},
			{ flagged: true, outcomes: { fails: { status: 'failed', restarted: 1 } } },
			{},
			{},
			{},
		],
	});
});

test('of a task: a script that may fail is no failure, and a background command restarts here alone', async () => {
	const file = join(folder, 'excused.yml');
	const script = (params: string) =>
		`{ command: shell.exec, retry_on_failure: true, params: { ${params}script: make } }`;
	writeFileSync(
		file,
		`tasks: [{ name: t, commands: [${script('continue_on_err: true, ')}, ${script('background: true, ')}, ${script('')}] }]\n` +
			'buildvariants: [{ name: linux, run_on: [d], tasks: [t] }]\n',
	);
	expect(await exitStatus(['explain', file, 't'], {})).toBe(0);
	const said = stdout.join('\n');
	expect(said).toMatch(/\n1 {2}main +shell\.exec +flag +no failure +red, again +red\n/);
	expect(said).toMatch(/\n2 {2}main +shell\.exec +flag background +red, again +red, again +red\n/);
	expect(said).toMatch(/\n3 {2}main +shell\.exec +flag +red, again +red, again +red\n/);
	expect(said).toContain('with continue_on_err a script may fail; a time-out still counts');
	expect(said).toContain('The deployed agent asks for no restart when a background command fails');
	const drawn = stdout.length;
	expect(await exitStatus(['explain', file, 't', '--format', 'mermaid'], {})).toBe(0);
	expect(stdout.slice(drawn).join('\n')).not.toContain('c0 -. fails');
});

test.each([
	[['explain', 'flaky', 'unt-test'], 'there is no task "unt-test" (name one of: unit-test, '],
	[
		['explain', 'flaky', 'unit-test', '--variant', 'mac'],
		'is not on the variant "mac" (name one of: linux)',
	],
	[['explain', 'flaky', '--format', 'mermaid'], 'for one task'],
])('%j is bad input', async (args, said) => {
	expect(await exitStatus(args, {})).toBe(2);
	expect(stderr.join('')).toContain(said);
});

test('as JSON', async () => {
	expect(await exitStatus(['explain', 'flaky', '--json'], {})).toBe(0);
	expect(JSON.parse(stdout.join('\n'))).toMatchObject({
		file: 'flaky',
		flags: [
			{ place: { line: 37 }, verdict: 'works' },
			{ verdict: 'works' },
			{ verdict: 'works' },
			{ verdict: 'works' },
		],
		price: { saved: expect.any(Number), restarts: expect.any(Number) },
	});
});

test('a flag of which it is not known where it runs has no price, and no count', async () => {
	const file = join(folder, 'a.yml');
	const command = '{ command: shell.exec, retry_on_failure: true, variants: [w] }';
	writeFileSync(
		file,
		`include: [{ filename: b.yml, module: m }]
tasks: [{ name: t, commands: [${command}] }]
buildvariants: [{ name: v, run_on: [d], tasks: [t] }]
`,
	);
	expect(await exitStatus(['explain', file], {})).toBe(0);
	expect(stdout[1]).toMatch(/^not all: .*module "m"/);
	expect(stdout.slice(3, 5)).toEqual([
		`${file}:2:54  shell.exec`,
		'  works    in 1 task, by what may be defined elsewhere',
	]);
	expect(stdout.join('\n')).not.toContain('  price ');
});

test('a file without flags has no price, one that cannot be read is bad input', async () => {
	const file = join(folder, 'a.yml');
	writeFileSync(
		file,
		'tasks: [{ name: t }]\nbuildvariants: [{ name: v, run_on: [d], tasks: [t] }]\n',
	);
	expect(await exitStatus(['explain', file], {})).toBe(0);
	expect(stdout).toEqual([`${file}: no flagged command`]);
	expect(await exitStatus(['explain', join(folder, 'none.yml')], {})).toBe(2);
	expect(stderr.join('')).toContain('there is no such file');
});

test('of a file that is only a part of a project it says so first', async () => {
	const file = join(folder, 'part.yml');
	writeFileSync(
		file,
		'functions: { f: [{ command: shell.exec, retry_on_failure: true }] }\ntasks: [{ name: t, commands: [{ func: f }] }]\n',
	);
	expect(await exitStatus(['explain', file], {})).toBe(0);
	expect(stdout[1]).toBe(
		'not all: no build variant is defined here, so this is a part of a project (name the file that includes it)',
	);
});
