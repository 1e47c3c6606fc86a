import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importProject } from '../import/import.ts';
import { lintedProject } from '../lint/linted-project.ts';
import { folderOf } from '../testing/folder.ts';
import { explainedFlags } from './explained-flags.ts';

function explained(text: string) {
	const imported = importProject(join(folderOf({ 'a.yml': text }), 'a.yml'));
	if (imported.kind === 'refused') throw new Error(JSON.stringify(imported.problems));
	return explainedFlags(imported, lintedProject(imported));
}

const FLAGGED = '{ command: shell.exec, retry_on_failure: true }';
const PROJECT = `functions: { f: [${FLAGGED}], never: [${FLAGGED}] }
tasks:
  - { name: one, commands: [{ func: f }] }
  - { name: two, commands: [${FLAGGED}] }
  - { name: three, commands: [] }
  - { name: off, disable: true, commands: [{ func: f }] }
task_groups: [{ name: g, tasks: [two, three], setup_group: [{ func: f }] }]
buildvariants:
  - { name: v, run_on: [d], tasks: [one, g, off] }
  - { name: w, run_on: [d], tasks: [one, three], display_tasks: [{ name: all, execution_tasks: [one, three] }] }
`;

test('each flag by the places where it works and is idle, and by what it restarts', () => {
	expect(explained(PROJECT)).toMatchObject([
		{
			place: { line: 1, column: 41 },
			func: 'f',
			verdict: 'partly',
			where: [
				{ block: 'main', tasks: 1, instances: 2, idle: null, never: null },
				{ block: 'main', tasks: 1, instances: 0, idle: 'never runs', never: 'disabled' },
				{ block: 'setup_group', groups: ['g'], tasks: 2, instances: 2, idle: 'block' },
			],
			restarts: [
				{ what: 'task', fewest: 1, most: 1, instances: 1 },
				{ what: 'display task', fewest: 2, most: 2, instances: 1 },
			],
		},
		{ func: 'never', verdict: 'uncalled', where: [], restarts: [] },
		{
			place: { line: 4 },
			func: null,
			verdict: 'works',
			restarts: [{ what: 'group', fewest: 2, most: 2, instances: 1 }],
		},
	]);
});

test('a task that is in a group and in a display task restarts both', () => {
	const both = PROJECT.replace(
		'tasks: [one, g, off] }',
		'tasks: [one, g], display_tasks: [{ name: some, execution_tasks: [one, two] }] }',
	);
	expect(explained(both)[2]?.restarts).toEqual([
		{ what: 'group and display task', fewest: 3, most: 3, instances: 1 },
	]);
});

test('a task that never runs makes no flag idle that works in others', () => {
	expect(explained(PROJECT.replace(', setup_group: [{ func: f }]', ''))[0]?.verdict).toBe('works');
});

test('a group with a timeout block of its own does not run that of the project', () => {
	const text = (own: string): string => `timeout: [${FLAGGED}]
tasks: [{ name: t, commands: [] }]
task_groups: [{ name: g, tasks: [t]${own} }]
buildvariants: [{ name: v, run_on: [d], tasks: [g] }]
`;
	expect(explained(text(''))[0]?.where).toMatchObject([{ block: 'timeout', instances: 1 }]);
	expect(explained(text(', timeout: [{ command: shell.exec }]'))[0]?.where).toMatchObject([
		{ block: 'timeout', instances: 0 },
	]);
});

test('where a flag stands for several commands each has its place, and the line to edit', () => {
	const [first, second] = explained(`functions:
  f:
    - &x { command: shell.exec, retry_on_failure: true }
    - { <<: *x, display_name: again }
tasks: [{ name: t, commands: [{ func: f }] }]
buildvariants: [{ name: v, run_on: [d], tasks: [t] }]
`);
	expect(first).toMatchObject({ place: { line: 3 }, flag: { line: 3 } });
	expect(second).toMatchObject({ place: { line: 4 }, flag: { line: 3 } });
});

test('why a flag never works is told for each reason', () => {
	const flags = explained(`tasks:
  - { name: off, disable: true, commands: [${FLAGGED}] }
  - { name: queue, allowed_requesters: [github_merge_queue], commands: [${FLAGGED}] }
  - { name: never, patchable: false, patch_only: true, commands: [${FLAGGED}] }
  - { name: nowhere, commands: [${FLAGGED}] }
  - { name: both, disable: true, commands: [{ func: f }] }
  - { name: two, commands: [{ func: f }] }
functions: { f: [${FLAGGED}] }
buildvariants: [{ name: v, run_on: [d], tasks: [off, queue, never, both] }]
`);
	expect(flags.map(({ where }) => where.map(({ never }) => never))).toEqual([
		['disabled', 'on no variant'],
		['disabled'],
		['merge queue'],
		['no requester'],
		['on no variant'],
	]);
});
