import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import type { Resolve } from '../yaml/inside.ts';
import { IGNORE_RULES, RULES } from './finding.ts';
import { lint } from './lint.ts';

const page = readFileSync(new URL('../../docs/lint.md', import.meta.url), 'utf8');

/** Each finding as `line:column rule severity`, and how many other places it is about. */
function linted(path: string, includes?: Resolve) {
	const result = lint(path, includes === undefined ? {} : { includes });
	if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
	return {
		counts: result.counts,
		said: result.findings.map(({ message, remedy }) => `${message} (${remedy})`),
		findings: result.findings.map(
			({ file, line, column, rule, severity, related }) =>
				`${basename(file)}:${line}:${column} ${rule} ${severity} +${related.length}`,
		),
	};
}

/** Beside each example: a file that it may include, and one that includes that one. */
const BESIDE = {
	'shared.yml': 'functions: { shared: [{ command: shell.exec }] }\n',
	'nests.yml': 'include: [{ filename: shared.yml }]\n',
};
const of = (text: string) => linted(join(folderOf({ ...BESIDE, 'a.yml': text }), 'a.yml'));

test('the page has each rule, in their order', () => {
	expect([...page.matchAll(/^## ([a-z-]+)$/gm)].map(([, id]) => id)).toEqual(RULES);
});

test.each(RULES.slice(0, -IGNORE_RULES.length))(
	'%s: the bad example has it and nothing else, the good one has nothing',
	(rule) => {
		const [, section = ''] = page.split(`## ${rule}\n`);
		const [bad = '', good = ''] = [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
			([, text]) => text,
		);
		const severity = /^\n\*(\w+)\.\*/.exec(section)?.[1];
		expect(bad).toMatch(/^# bad/);
		expect(good).toMatch(/^# good/);
		expect(of(bad).findings).toEqual([expect.stringContaining(` ${rule} ${severity} `)]);
		expect(of(good).findings).toEqual([]);
	},
);

/** A variant that runs the task `t`. */
const ON = 'buildvariants: [{ name: v, run_on: [d], tasks: [t] }]\n';

test('many calls of one function are one finding', () => {
	const call = '      - { func: f, retry_on_failure: true }\n';
	const text = `functions:\n  f: [{ command: shell.exec }]\ntasks:\n  - name: t\n    commands:\n${call.repeat(30)}${ON}`;
	expect(of(text).findings).toEqual(['a.yml:6:20 flag-on-call warning +29']);
});

test('a shared function that is idle in one group only is one finding at the group, and keeps its flags', () => {
	const path = join(
		folderOf({
			'a.yml': `functions:
  f:
    - &one { command: shell.exec, retry_on_failure: true }
    - { <<: *one, command: host.list }
tasks:
  - { name: t, commands: [{ func: f }] }
task_groups:
  - name: g
    tasks: [t]
    setup_group: [{ func: f }]
    teardown_group: [{ func: f }]
buildvariants: [{ name: v, run_on: [d], tasks: [g] }]
`,
		}),
		'a.yml',
	);
	const result = lint(path);
	expect(result).toMatchObject({
		findings: [
			{ line: 8, column: 5, remedy: 'set setup_group_can_fail_task: true', severity: 'warning' },
			{ line: 8, remedy: expect.stringContaining('nothing need be done'), severity: 'note' },
		],
	});
});

test('a flag is misplaced on a project, a task, a group, a variant and an entry of its list', () => {
	const text = `retry_on_failure: true
tasks:
  - { name: t, retry_on_failure: true, commands: [] }
task_groups:
  - { name: g, retry_on_failure: true, tasks: [t] }
buildvariants:
  - name: v
    retry_on_failure: true
    tasks:
      - { name: t, retry_on_failure: true }
`;
	expect(of(text).findings).toEqual(
		['1:1', '3:16', '5:16', '8:5', '10:20'].map((at) => `a.yml:${at} misplaced-flag warning +0`),
	);
});

test.each([
	['post', 'take it off'],
	['pre', 'set it on the commands inside'],
])('of a flag on a call in %s the remedy is to %s', (block, remedy) => {
	const text = `functions: { f: [{ command: shell.exec }] }
${block}: [{ func: f, retry_on_failure: true }]
tasks: [{ name: t, commands: [{ command: shell.exec }] }]
${ON}`;
	expect(of(text).said).toEqual([expect.stringContaining(`retried for it (${remedy}`)]);
});

test.each([
	['setup_groups_can_fail_task', 'setup_group_can_fail_task'],
	['setup_taks_can_fail_task', 'setup_task_can_fail_task'],
	['teardownTaskCanFailTask', 'teardown_task_can_fail_task'],
])('a switch %s is meant for %s', (wrong, right) => {
	const text = `tasks: [{ name: t, commands: [{ command: shell.exec }] }]
task_groups: [{ name: g, tasks: [t], ${wrong}: true, ${right}: true }]
${ON.replace('[t]', '[g]')}`;
	expect(of(text).said).toEqual([expect.stringContaining(`"${wrong}" (write ${right})`)]);
});

test('commands are counted, and not the lines that their flags are on', () => {
	const text = `functions: { f: [&c { command: shell.exec, retry_on_failure: true }, *c] }
timeout: [{ func: f }, { func: f }]
tasks: [{ name: a, commands: [{ func: f }] }, { name: b, commands: [*c] }, { name: c, commands: [*c] }]
task_groups: [{ name: g, tasks: [a, b] }]
buildvariants: [{ name: v, run_on: [d], tasks: [g], display_tasks: [{ name: d, execution_tasks: [a, b] }] }]
`;
	expect(of(text).said.map((one) => /\d+ (?:flagged )?commands?/.exec(one)?.[0])).toEqual([
		'2 commands',
		'3 flagged commands',
		'3 flagged commands',
	]);
});

test('switches of groups are misspelt too', () => {
	const text = `tasks: [{ name: t }]\ntask_groups:\n  - { name: g, tasks: [t], setup_task_can_fails_task: true }\n${ON}`;
	expect(of(text).findings).toEqual(['a.yml:3:28 misspelt-key warning +0']);
});

test('a switch that is written and off lets no block fail', () => {
	const text = `pre_error_fails_task: false\npre: [{ command: shell.exec, retry_on_failure: true }]\ntasks: [{ name: t }]\n${ON}`;
	expect(of(text).findings).toEqual([expect.stringContaining('flag-in-block warning')]);
	expect(of(text.replace('false', 'true')).findings).toEqual([]);
});

test('a background command with continue_on_err is one finding, not two', () => {
	const text = `tasks: [{ name: t, commands: [{ command: shell.exec, retry_on_failure: true, params: { background: true, continue_on_err: true } }] }]\n${ON}`;
	expect(of(text).findings).toEqual([expect.stringContaining('flag-in-background warning')]);
});

const FLAGGED = '{ command: shell.exec, retry_on_failure: true }';
const tasks = (keys: string) => `tasks:\n  - { name: t, ${keys}commands: [${FLAGGED}] }\n`;

test.each([
	['disable: true, ', ON, 'disabled-task note'],
	['disable: "yes", ', ON, 'disabled-task note'],
	['disable: false, ', ON, null],
	['disable: false, ', ON.replace('tasks', 'disable: true, tasks'), null],
	['disable: true, ', ON.replace('[t]', '[{ name: t, disable: false }]'), null],
	['', ON.replace('[t]', '[{ name: t, disable: true }]'), 'disabled-task note'],
	['allowed_requesters: [github_merge_queue], ', ON, 'merge-queue-only warning'],
	['allowed_requesters: [github_merge_queue, commit], ', ON, null],
	['allowed_requesters: [], ', ON, null],
	['', ON.replace('tasks', 'allowed_requesters: [github_merge_queue], tasks'), 'merge-queue-only'],
	// With a list, the older keys do not count.
	['allowed_requesters: [patch], patch_only: true, git_tag_only: true, ', ON, null],
	['patch_only: true, git_tag_only: true, ', ON, 'disabled-task note'],
	['git_tag_only: true, ', ON, null],
	['git_tag_only: true, allow_for_git_tag: false, ', ON, 'disabled-task note'],
	['patchable: false, ', ON, null],
	['patchable: false, patch_only: true, ', ON, 'disabled-task note'],
	// What defines many variants at once has no such keys.
	[
		'',
		'axes: [{ id: os, values: [{ id: x }] }]\nbuildvariants: [{ matrix_name: m, disable: true, matrix_spec: { os: x }, tasks: [t] }]\n',
		null,
	],
])('of a task with { %s} on %s: %s', (keys, variants, finding) => {
	expect(of(tasks(keys) + variants).findings).toEqual(
		finding === null ? [] : [expect.stringContaining(finding)],
	);
});

test('one key that disables many tasks is one finding, and flags that work elsewhere are in none', () => {
	const text = (also: string) => `functions: { f: [${FLAGGED}] }
tasks:
  - { name: one, commands: [{ func: f }] }
  - { name: two, commands: [${FLAGGED}] }
buildvariants:
  - { name: v, run_on: [d], disable: true, tasks: [one, two] }
${also}`;
	expect(of(text('')).findings).toEqual(['a.yml:6:29 disabled-task note +2']);
	expect(of(text('  - { name: w, run_on: [d], tasks: [one] }\n')).findings).toEqual([
		'a.yml:6:29 disabled-task note +1',
	]);
});

test('what files that are not at hand may define is not judged, and what seems a part says so in one finding', () => {
	const calls = (count: number) =>
		Array.from({ length: count }, (_, n) => `{ func: f${n} }`).join(', ');
	const text = (count: number) => `tasks: [{ name: t, commands: [${calls(count)}] }]\n${ON}`;
	expect(of(text(3)).findings).toEqual(
		[31, 45, 59].map((column) => `a.yml:1:${column} undefined-function error +0`),
	);
	expect(of(text(4)).findings).toEqual(['a.yml:1:1 only-a-part warning +0']);
	// Slips of names that are defined make no part of it.
	expect(of(`functions: { f9: [] }\n${text(4)}`).findings).toHaveLength(4);
	expect(of(`include: [{ filename: x.yml, module: m }]\n${text(3)}`).findings).toEqual([
		'a.yml:1:11 module-include note +0',
	]);
	expect(of(`include: [{ filename: x.yml }]\n${text(3)}`).findings).toEqual([
		'a.yml:1:11 missing-include error +0',
	]);
});

test('of names that may be defined elsewhere only those are told that nothing here defines', () => {
	const text = `include: [{ filename: x.yml, module: m }]
tasks:
  - { name: t, commands: [{ func: fetch }], depends_on: s }
  - { name: s, commands: [] }
${ON}`;
	expect(lint(join(folderOf({ 'a.yml': text }), 'a.yml'))).toMatchObject({
		findings: [{ message: expect.stringContaining(': 1 name used here (fetch) may be') }],
	});
});

test('a command that nobody has is one finding, and the one that is meant is named', () => {
	const text = `tasks: [{ name: t, commands: [{ command: git.getproject }, { command: git.getproject }] }]\n${ON}`;
	const result = lint(join(folderOf({ 'a.yml': text }), 'a.yml'));
	expect(result).toMatchObject({
		findings: [
			{ line: 1, column: 42, severity: 'error', remedy: 'write git.get_project', related: [{}] },
		],
	});
});

test('a wait that many tasks share is one finding', () => {
	const text = `tasks:
  - { name: t, commands: [] }
  - { name: s, commands: [] }
buildvariants:
  - { name: v, run_on: [d], tasks: [s] }
  - { name: w, run_on: [d], depends_on: [{ name: s, variant: w }], tasks: [t] }
  - { name: x, run_on: [d], depends_on: [{ name: nobody }], tasks: [t, s] }
`;
	expect(of(text).findings).toEqual([
		'a.yml:7:42 unmatched-name error +0',
		'a.yml:6:42 unmet-dependency warning +0',
	]);
});

test('a call of a function whose flags are idle wherever it is called does not say that they work', () => {
	const message = (params: string): string => {
		const text = `functions: { f: [{ command: shell.exec, retry_on_failure: true${params} }] }
tasks: [{ name: t, commands: [{ func: f, retry_on_failure: true }] }]
${ON}`;
		const result = lint(join(folderOf({ 'a.yml': text }), 'a.yml'));
		if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
		return result.findings.find(({ rule }) => rule === 'flag-on-call')?.message ?? '';
	};
	expect(message('')).toMatch(/; the command inside carries it, and works without it here$/);
	expect(message(', params: { continue_on_err: true }')).toMatch(
		/; the command inside carries it$/,
	);
});

test('a list of no variants is for all of them, and requesters that there are not leave no version', () => {
	const task = (keys: string, command: string): string =>
		`tasks: [{ name: t, ${keys}commands: [{ command: shell.exec, retry_on_failure: true${command} }] }]\n${ON}`;
	expect(of(task('', ', variants: []')).findings).toEqual([]);
	expect(of(task('allowed_requesters: [nobody], ', '')).findings).toEqual([
		'a.yml:1:20 disabled-task note +1',
	]);
	expect(of(task('allowed_requesters: [nobody, github_merge_queue], ', '')).findings).toEqual([
		'a.yml:1:20 merge-queue-only warning +1',
	]);
	expect(of(task('allowed_requesters: [nobody, commit], ', '')).findings).toEqual([]);
});

test('a missing file is named with the names that it may define', () => {
	const result = lint(
		join(
			folderOf({
				'a.yml': `include: [{ filename: gone.yml }, { filename: lost.yml }]
tasks: [{ name: t, commands: [{ func: f }] }]
buildvariants: [{ name: v, run_on: [d], tasks: [t, u] }]
`,
			}),
			'a.yml',
		),
	);
	expect(result.kind === 'linted' ? result.findings.map(({ message }) => message) : []).toEqual([
		'"gone.yml" does not exist; 2 names used here (f, u) may be defined there',
		'"lost.yml" does not exist',
	]);
});

test('what a task on no variant waits for is not judged, and no variant is invented for it', () => {
	const text = `tasks:
  - { name: t, commands: [{ command: shell.exec }] }
  - { name: nowhere, commands: [{ command: shell.exec }], depends_on: [t, { name: t, variant: w }] }
buildvariants: [{ name: v, run_on: [d], tasks: [t] }, { name: w, run_on: [d], tasks: [] }]
`;
	expect(of(text).findings).toEqual([]);
});

test('a display task of which a name is wrong is one finding', () => {
	const text = `tasks: [{ name: t, commands: [{ command: shell.exec }] }]
buildvariants:
  - { name: v, run_on: [d], tasks: [t], display_tasks: [{ name: all, execution_tasks: [g] }] }
`;
	expect(of(text).findings).toEqual(['a.yml:3:88 display-task error +0']);
});

test('a number of hosts that is none is told', () => {
	const text = `tasks: [{ name: t, commands: [{ command: shell.exec }] }]
task_groups: [{ name: g, max_hosts: many, tasks: [t] }]
buildvariants: [{ name: v, run_on: [d], tasks: [g] }]
`;
	expect(of(text).findings).toEqual(['a.yml:2:37 wrong-type error +0']);
});

test('flags are counted as commands, each in the place where it does most', () => {
	const text = `functions:
  f:
    - &one ${FLAGGED}
    - { <<: *one, command: host.list }
  never: [${FLAGGED}]
pre: [{ func: f }]
post: [${FLAGGED}]
tasks: [{ name: t, commands: [{ func: f }] }]
task_groups: [{ name: g, tasks: [t], setup_task: [${FLAGGED}] }]
${ON.replace('[t]', '[g]')}`;
	expect(of(text).counts).toEqual({
		flags: 5,
		work: 0,
		partly: 2,
		idle: 2,
		uncalled: 1,
		idle_groups: 1,
		idle_blocks: 2,
	});
});

/** A folder of real project files, the folders in their names written with `__`. */
const CORPUS = process.env['MULLIGAN_CORPUS'];

describe.skipIf(CORPUS === undefined)(
	'real project files (skipped without MULLIGAN_CORPUS)',
	() => {
		/** What a reader finds in each file, with what it includes: by hand, from the files and their index. */
		const FOUND: Readonly<Record<string, readonly [flags: number, ...findings: string[]]>> = {
			'evergreen-ci__evergreen__self-tests.yml': [0],
			'evergreen-ci__ui__attach.yml': [0, 'attach.yml:1:1 only-a-part note +0'],
			'evergreen-ci__ui__deploy.yml': [0, 'deploy.yml:1:1 only-a-part note +0'],
			'evergreen-ci__ui__evergreen.yml': [0],
			'evergreen-ci__ui__generate.yml': [0, 'generate.yml:1:1 only-a-part note +0'],
			'evergreen-ci__ui__shared.yml': [0, 'shared.yml:1:1 only-a-part note +0'],
			'mongodb-labs__ai-ml-pipeline-testing__config.yml': [2],
			'mongodb-labs__drivers-atlas-testing__config.yml': [0],
			'mongodb__genny__evergreen.yml': [0],
			'mongodb__mongo-c-driver__benchmark.yml': [0],
			'mongodb__mongo-cxx-driver__config.yml': [0, 'config.yml:46:5 missing-include error +0'],
			'mongodb__mongo-cxx-driver__functions.yml': [0, 'functions.yml:1:1 only-a-part note +0'],
			'mongodb__mongo-cxx-driver__task_groups.yml': [0, 'task_groups.yml:1:1 only-a-part note +0'],
			'mongodb__mongo-cxx-driver__variants.yml': [0, 'variants.yml:1:1 only-a-part note +0'],
			'mongodb__mongo-go-driver__config.yml': [10],
			'mongodb__mongo-java-driver__evg.yml': [0],
			'mongodb__mongo-odbc-driver__evergreen.yml': [5, 'evergreen.yml:33:5 module-include note +2'],
			'mongodb__mongosql__evergreen.yml': [
				6,
				'evergreen.yml:1021:9 flag-on-call warning +1',
				'mongosqltranslate.yml:431:9 flag-on-call warning +0',
				'mongosqltranslate.yml:425:9 flag-on-call note +0',
				'mongosqltranslate.yml:428:9 flag-on-call note +0',
				'schema-builder-library.yml:149:9 flag-on-call note +0',
				'evergreen.yml:43:5 module-include note +2',
			],
			'mongodb__mongosql__mongosqltranslate.yml': [
				2,
				'mongosqltranslate.yml:1:1 only-a-part warning +0',
				'mongosqltranslate.yml:431:9 flag-on-call warning +0',
				'mongosqltranslate.yml:425:9 flag-on-call note +0',
				'mongosqltranslate.yml:428:9 flag-on-call note +0',
			],
			'mongodb__mongosql__schema-builder-library.yml': [
				1,
				'schema-builder-library.yml:1:1 only-a-part warning +0',
				'schema-builder-library.yml:149:9 flag-on-call note +0',
			],
			'mongodb__mongosql__suite-tasks.yml': [0, 'suite-tasks.yml:1:1 only-a-part note +0'],
			'realm__realm-core__config.yml': [0],
		};

		test('each file is in the list', () => {
			expect(readdirSync(CORPUS ?? '').filter((name) => name.endsWith('.yml'))).toEqual(
				Object.keys(FOUND),
			);
		});

		test.each(Object.entries(FOUND))('%s', (name, [flags, ...expected]) => {
			const prefix = name.slice(0, name.lastIndexOf('__') + 2);
			const result = linted(join(CORPUS ?? '', name), (filename) => {
				const path = join(CORPUS ?? '', `${prefix}${basename(filename)}`);
				return existsSync(path) ? { kind: 'found', path } : { kind: 'missing' };
			});
			expect(result.findings.map((finding) => finding.slice(prefix.length)).sort()).toEqual(
				[...expected].sort(),
			);
			expect(result.counts).toMatchObject({ flags, work: flags });
		});
	},
);
