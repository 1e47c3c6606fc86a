import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import type { Resolve } from '../yaml/inside.ts';
import { RULES } from './finding.ts';
import { lint } from './lint.ts';

const page = readFileSync(new URL('../../docs/lint.md', import.meta.url), 'utf8');

/** Each finding as `line:column rule severity`, and how many other places it is about. */
function linted(path: string, includes?: Resolve) {
	const result = lint(path, includes);
	if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems));
	return {
		counts: result.counts,
		findings: result.findings.map(
			({ file, line, column, rule, severity, related }) =>
				`${basename(file)}:${line}:${column} ${rule} ${severity} +${related.length}`,
		),
	};
}

const of = (text: string) => linted(join(folderOf({ 'a.yml': text }), 'a.yml'));

test('the page has each rule, in their order', () => {
	expect([...page.matchAll(/^## (.+)$/gm)].map(([, id]) => id)).toEqual(RULES);
});

test.each(RULES)(
	'%s: the bad example has it and nothing else, the good one has nothing',
	(rule) => {
		const [, section = ''] = page.split(`## ${rule}\n`);
		const [bad = '', good = ''] = [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
			([, text]) => text,
		);
		expect(bad).toMatch(/^# bad/);
		expect(good).toMatch(/^# good/);
		expect(of(bad).findings).toEqual([expect.stringContaining(` ${rule} warning `)]);
		expect(of(good).findings).toEqual([]);
	},
);

test('many calls of one function are one finding', () => {
	const call = '      - { func: f, retry_on_failure: true }\n';
	const text = `functions:\n  f: [{ command: a }]\ntasks:\n  - name: t\n    commands:\n${call.repeat(30)}`;
	expect(of(text).findings).toEqual(['a.yml:6:20 flag-on-call warning +29']);
});

test('a shared function that is idle in one group only is one finding at the group, and keeps its flags', () => {
	const path = join(
		folderOf({
			'a.yml': `functions:
  f:
    - &one { command: a, retry_on_failure: true }
    - { <<: *one, command: b }
tasks:
  - { name: t, commands: [{ func: f }] }
task_groups:
  - name: g
    tasks: [t]
    setup_group: [{ func: f }]
    teardown_group: [{ func: f }]
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

test('switches of groups are misspelt too', () => {
	const text =
		'tasks: [{ name: t }]\ntask_groups:\n  - { name: g, tasks: [t], setup_task_can_fails_task: true }\n';
	expect(of(text).findings).toEqual(['a.yml:3:28 misspelt-key warning +0']);
});

test('a switch that is written and off lets no block fail', () => {
	const text = 'pre_error_fails_task: false\npre: [{ command: a, retry_on_failure: true }]\n';
	expect(of(text).findings).toEqual([expect.stringContaining('flag-in-block warning')]);
	expect(of(text.replace('false', 'true')).findings).toEqual([]);
});

test('a background command with continue_on_err is one finding, not two', () => {
	const text =
		'tasks: [{ name: t, commands: [{ command: shell.exec, retry_on_failure: true, params: { background: true, continue_on_err: true } }] }]\n';
	expect(of(text).findings).toEqual([expect.stringContaining('flag-in-background warning')]);
});

/** A folder of real project files, the folders in their names written with `__`. */
const CORPUS = process.env['MULLIGAN_CORPUS'];

describe.skipIf(CORPUS === undefined)(
	'real project files (skipped without MULLIGAN_CORPUS)',
	() => {
		const file = (name: string) => join(CORPUS ?? '', name);
		const beside =
			(prefix: string): Resolve =>
			(name) => ({ kind: 'found', path: file(`${prefix}${basename(name)}`) });

		test('mongosql: six calls; only two of the functions have no flag inside', () => {
			const { findings, counts } = linted(
				file('mongodb__mongosql__evergreen.yml'),
				beside('mongodb__mongosql__'),
			);
			expect(findings).toEqual([
				'mongodb__mongosql__evergreen.yml:1021:9 flag-on-call warning +1',
				'mongodb__mongosql__mongosqltranslate.yml:431:9 flag-on-call warning +0',
				'mongodb__mongosql__mongosqltranslate.yml:425:9 flag-on-call note +0',
				'mongodb__mongosql__mongosqltranslate.yml:428:9 flag-on-call note +0',
				'mongodb__mongosql__schema-builder-library.yml:149:9 flag-on-call note +0',
			]);
			expect(counts).toEqual({ flags: 6, work: 6, idle: 0, uncalled: 0 });
		});

		test.each([
			['mongodb__mongo-go-driver__config.yml', 10],
			['mongodb__mongo-odbc-driver__evergreen.yml', 4],
			['mongodb-labs__ai-ml-pipeline-testing__config.yml', 2],
			['realm__realm-core__config.yml', 0],
			['mongodb__mongo-java-driver__evg.yml', 0],
			['mongodb__genny__evergreen.yml', 0],
			['evergreen-ci__evergreen__self-tests.yml', 0],
			['mongodb-labs__drivers-atlas-testing__config.yml', 0],
			['mongodb__mongo-c-driver__benchmark.yml', 0],
			['mongodb__mongo-cxx-driver__functions.yml', 0],
			['mongodb__mongo-cxx-driver__task_groups.yml', 0],
			['mongodb__mongo-cxx-driver__variants.yml', 0],
			['evergreen-ci__ui__shared.yml', 0],
		])('%s: nothing is found', (name, flags) => {
			const { findings, counts } = linted(file(name));
			expect(findings).toEqual([]);
			expect(counts).toMatchObject({ idle: 0, flags });
		});
	},
);
