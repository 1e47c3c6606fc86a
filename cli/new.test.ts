import { readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../scenarios/format/load.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

/** A project of these parts, in YAML, whose tasks are on the variants `linux` and `windows`. */
function projectOf(tasks: string, rest = ''): string {
	const file = join(folder, 'p.yml');
	const on = (name: string) => `{ name: ${name}, tasks: ["*"] }`;
	writeFileSync(
		file,
		`tasks: ${tasks}\nbuildvariants: [${on('linux')}, ${on('windows')}]\n${rest}`,
	);
	return file;
}

/** What is written for a task, once a replay of it was seen to hold. */
async function written(project: string, task: string, ...flags: string[]) {
	const output = join(folder, 's.yml');
	expect(await exitStatus(['new', 'scenario', project, task, '--output', output, ...flags])).toBe(
		0,
	);
	expect(stderr).toEqual([]);
	expect(stdout.at(-1)).toMatch(/^wrote .*s\.yml: .*; play it with: npx mulligan replay .*s\.yml$/);
	expect(await exitStatus(['replay', output])).toBe(0);
	expect(stdout.at(-1)).toMatch(/^holds;/m);
	const load = loadScenario(output);
	if (load.kind === 'refused') throw new Error('refused');
	const text = readFileSync(output, 'utf8');
	expectModeline(text, folder);
	return { text, about: load.scenario.about, story: load.scenario.story };
}

/** Editors complete what is below it. */
function expectModeline(text: string, from: string): void {
	const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\nmulligan: 1\n/.exec(text) ?? [];
	expect(isAbsolute(schema)).toBe(false);
	expect(JSON.parse(readFileSync(join(from, schema), 'utf8'))).toHaveProperty('title');
}

const FLAGGED = '{ command: shell.exec, display_name: fetch, retry_on_failure: true }';
const PLAIN = '{ command: shell.exec }';

describe('a scenario of a task', () => {
	test.each([
		['its flag', 7, '- command: shell.exec\n  params: {}\n  retry_on_failure: true'],
		[
			'itself, where others have theirs',
			6,
			'- &c\n  command: shell.exec\n  retry_on_failure: true\n- *c',
		],
	])('names a command as explain does: at %s', async (_what, line, commands) => {
		const file = projectOf(
			'[{ name: t, commands: [{ func: f }] }]',
			`functions:\n  f:\n${commands.replaceAll(/^/gm, '  ')}\n`,
		);
		expect(await exitStatus(['explain', file])).toBe(0);
		const named = stdout.filter((said) => said.startsWith(`${file}:`)).at(1) ?? '';
		expect((await written(file, 't')).about).toContain(
			`(${named.split(':').slice(0, 2).join(':')})`,
		);
		expect(named).toContain(`:${line}:`);
	});

	test('that only the merge queue runs: nothing restarts it; one that nothing runs is refused', async () => {
		const only = projectOf(
			`[{ name: t, allowed_requesters: [github_merge_queue], commands: [${FLAGGED}] }]`,
		);
		const { about, story } = await written(only, 't');
		expect(about).toBe(
			`In the task t, the flagged command fetch (${only}:1) fails in main, and nothing restarts it: only the merge queue runs the task.`,
		);
		expect(story.setup.requester).toBe('github_merge_request');
		const off = projectOf(`[{ name: t, disable: true, commands: [${FLAGGED}] }]`);
		expect(await exitStatus(['new', 'scenario', off, 't'])).toBe(2);
		expect(stderr.join('')).toContain(
			`the task "t" is disabled, so nothing runs it (see line 1 of ${off})`,
		);
	});

	test('that is disabled on the variant that lists it first is of the one where it runs', async () => {
		const half = join(folder, 'half.yml');
		writeFileSync(
			half,
			`tasks: [{ name: t, commands: [${PLAIN}] }]\n` +
				'buildvariants: [{ name: off, disable: true, tasks: [t] }, { name: on, tasks: [t] }]\n',
		);
		const { about, story } = await written(half, 't');
		expect(about).toContain('nothing restarts it');
		expect(story.setup.tasks.map(({ variant }) => variant)).toEqual(['on']);
	});

	test('comes to its first flagged command, which fails, and to the restart', async () => {
		const project = projectOf(
			`[{ name: t, commands: [${PLAIN}, { func: f }, ${FLAGGED}] }, { name: other, commands: [] }]`,
			`functions: { f: [{ command: s3.get, retry_on_failure: true }], unused: [${PLAIN}] }\npost: [${PLAIN}]\n`,
		);
		const { text, about } = await written(project, 't');
		expect(about).toBe(
			`In the task t, the flagged command s3.get of f (${project}:3) fails once in main, and the task is restarted at its end.`,
		);
		expect(text.slice(text.indexOf('events:'))).toBe(`events:
  - begins: t
  - succeeds: t # shell.exec
  - fails: t # s3.get of f
  - succeeds: t # shell.exec
  - begins: t
  - succeeds: t # shell.exec
  - succeeds: t # s3.get of f
  - succeeds: t # fetch
  - succeeds: t # shell.exec
expect:
  tasks:
    t: { status: success, execution: 1, started_by: mark, automatic_restarts: 1, history: [ failed ] }
  quota_used: 1
`);
		expect(text).not.toMatch(/other|unused/);
	});

	test.each([
		[
			'in post with the switch',
			'post_error_fails_task: true\n',
			'',
			'fails once in post, and the task is restarted',
		],
		[
			'in pre without the switch',
			'',
			'pre',
			'it runs into its time limit once, which fails the task all the same',
		],
		[
			'in post without the switch',
			'',
			'',
			'fails in post, which cannot fail the task, and nothing restarts it',
		],
	])('with a flag %s says what becomes of it', async (_where, rest, block, said) => {
		const project = projectOf(
			`[{ name: t, commands: [${PLAIN}] }]`,
			`${block || 'post'}: [${FLAGGED}]\n${rest}`,
		);
		expect((await written(project, 't')).about).toContain(said);
	});

	test('with a flag that works only in the background lets it fail there', async () => {
		const background = FLAGGED.replace(' }', ', params: { background: true } }');
		const project = projectOf(`[{ name: t, commands: [${background}, ${PLAIN}] }]`);
		const { about, text } = await written(project, 't');
		expect(about).toContain('fails once in the background of main');
		expect(text).toContain('- background-fails: { block: main, step: 0 } # fetch\n');
	});

	test('without a flag shows that nothing restarts it', async () => {
		const { about, text } = await written(projectOf(`[{ name: t, commands: [${PLAIN}] }]`), 't');
		expect(about).toMatch(
			/the command shell\.exec \(.*\) fails, and nothing restarts it: no flag of the task works\.$/,
		);
		expect(text).toContain(
			't: { status: failed, execution: 0, started_by: schedule, automatic_restarts: 0 }',
		);
	});

	test('without commands shows so too', async () => {
		const { about } = await written(projectOf('[{ name: t, commands: [] }]'), 't');
		expect(about).toContain('no command is run that could fail, and nothing restarts it');
	});

	test('in a group runs the blocks of the group, and says what is left out', async () => {
		const project = join(folder, 'p.yml');
		writeFileSync(
			project,
			`tasks: [{ name: a, commands: [${PLAIN}] }, { name: b, commands: [${PLAIN}], depends_on: [{ name: a }] }]
task_groups: [{ name: g, tasks: [a, b], setup_group: [${FLAGGED}], setup_group_can_fail_task: true, teardown_group: [${PLAIN}] }]
buildvariants: [{ name: linux, tasks: [{ name: g }] }]
`,
		);
		const { about } = await written(project, 'b');
		expect(about).toContain('fails once in setup_group, and the task is restarted');
		expect(about).toMatch(
			/ Left out are the other members of its group and the tasks that it waits for\.$/,
		);
	});

	test('is of the variant on which a flag works, unless another is told', async () => {
		const project = projectOf(
			`[{ name: t, commands: [${PLAIN}, ${FLAGGED.replace(' }', ', variants: [windows] }')}] }]`,
		);
		const [best, told] = [
			await written(project, 't'),
			await written(project, 't', '--variant', 'linux', '--force'),
		];
		expect(best.story.setup.tasks).toEqual([{ id: 't', task: 't', variant: 'windows' }]);
		expect(best.about).toContain('is restarted');
		expect(told.story.setup.tasks).toEqual([{ id: 't', task: 't', variant: 'linux' }]);
		expect(told.about).toContain('nothing restarts it');
	});

	test('of very many commands leaves the second execution to the coming to rest', async () => {
		const many = Array.from({ length: 300 }, () => PLAIN).join();
		const project = projectOf(`[{ name: t, commands: [${many}, ${FLAGGED}] }]`);
		const { text, about } = await written(project, 't');
		expect(about).toContain('is restarted at its end');
		expect(text).toContain('t: { status: undispatched, execution: 1');
	});

	test('is told from names that mean something to YAML', async () => {
		const project = projectOf(
			`[{ name: "a: #b, 'c'", commands: [{ command: x, display_name: "- &d # e", retry_on_failure: true }] }]`,
		);
		expect((await written(project, "a: #b, 'c'")).text).toContain(
			`- fails: "a: #b, 'c'" # - &d # e\n`,
		);
	});
});

test('without a file it is printed, and nothing else', async () => {
	expect(await exitStatus(['new', 'scenario', 'example', 'unit-test'])).toBe(0);
	const file = join(folder, 's.yml');
	writeFileSync(file, `${stdout.join('')}\n`);
	expectModeline(stdout.join(''), '');
	expect(loadScenario(file).kind).toBe('loaded');
});

describe('what is there already', () => {
	const SCENARIO = 'mulligan: 1\nevents: []\n';

	test('stays as it is', async () => {
		const output = join(folder, 's.yml');
		writeFileSync(output, SCENARIO);
		expect(await exitStatus(['new', 'scenario', 'example', 'unit-test', '--output', output])).toBe(
			2,
		);
		expect(stderr.join()).toContain(
			'is there already and stays as it is (give --force to replace it, or name a new file)',
		);
		expect(readFileSync(output, 'utf8')).toBe(SCENARIO);
		expect(
			await exitStatus(['new', 'scenario', 'example', 'unit-test', '--output', output, '--force']),
		).toBe(0);
		expect(readFileSync(output, 'utf8')).toContain('name: unit-test is restarted');
	});

	test.each(['tasks: []\n', 'anything else\n', ''])(
		'is never replaced if it is no scenario: %j',
		async (text) => {
			const output = join(folder, 's.yml');
			writeFileSync(output, text);
			expect(
				await exitStatus([
					'new',
					'scenario',
					'example',
					'unit-test',
					'--output',
					output,
					'--force',
				]),
			).toBe(2);
			expect(stderr.join()).toContain(
				'stays as it is (name a new file in a folder that you may write to)',
			);
			expect(readFileSync(output, 'utf8')).toBe(text);
		},
	);

	test('a folder that is not there is told', async () => {
		const output = join(folder, 'nowhere/s.yml');
		expect(await exitStatus(['new', 'scenario', 'example', 'unit-test', '--output', output])).toBe(
			2,
		);
		expect(stderr.join()).toContain('the scenario cannot be written: ENOENT');
	});
});

test('a task that there is not is told with those like it first, and of many only some', async () => {
	const names = Array.from({ length: 40 }, (_, index) => `{ name: task-${index}, commands: [] }`);
	const project = projectOf(`[${names.join()}, { name: unit-test, commands: [] }]`);
	expect(await exitStatus(['new', 'scenario', project, 'unit-tset'])).toBe(2);
	expect(stderr.join()).toMatch(
		/there is no task "unit-tset" \(there are: unit-test, task-0, .*, task-8 and 31 more\)$/,
	);
});

test('a task on no variant is told: nothing runs it, and no variant is invented', async () => {
	const project = join(folder, 'p.yml');
	writeFileSync(project, `tasks: [{ name: t, commands: [${FLAGGED}] }]\n`);
	expect(await exitStatus(['new', 'scenario', project, 't'])).toBe(2);
	expect(stderr.join()).toContain(
		'the task "t" is on no variant, so nothing runs it (list it under the tasks of a build variant',
	);
	expect(await exitStatus(['new', 'scenario', project, 't', '--variant', 'linux'])).toBe(2);
	expect(stderr.at(-1)).toContain('the task "t" is not on the variant "linux" (it is on none)');
	expect(stderr.join()).not.toContain('any-variant');
});

test('a task that is too long for a story is told', async () => {
	const many = Array.from({ length: 600 }, () => PLAIN).join();
	expect(
		await exitStatus([
			'new',
			'scenario',
			projectOf(`[{ name: t, commands: [${many}, ${FLAGGED}] }]`),
			't',
		]),
	).toBe(2);
	expect(stderr.join()).toContain('has more commands than a story of 500 events can tell');
});
