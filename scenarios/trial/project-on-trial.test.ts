import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Setup } from '../../model/vocabulary/setup.ts';
import { structureProblems } from '../../model/vocabulary/structure.ts';
import { setupsOf } from '../../properties/arbitraries/setup.ts';
import { projectOnTrial } from './project-on-trial.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mulligan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (text: string): string => {
	const file = join(folder, 'project.yml');
	writeFileSync(file, text);
	return file;
};

test('what a comment silences is no warning of the trial', () => {
	const text = (comment: string): string =>
		`pre: [{ command: shell.exec, retry_on_failure: true }]${comment}
tasks: [{ name: t, commands: [{ command: shell.exec, retry_on_failure: true }] }]
buildvariants: [{ name: v, run_on: [d], tasks: [t] }]
`;
	const warnings = (comment: string) => {
		const project = projectOnTrial(write(text(comment)));
		return project.kind === 'refused' ? null : project.warnings;
	};
	expect(warnings('')).toMatchObject([{ line: 1, column: 6 }]);
	expect(warnings(' # mulligan-ignore flag-in-block: until June')).toEqual([]);
});

test('a project is put on trial with its instances, and tasks with a flagged command are counted', () => {
	const file = write(`
functions:
  f: [{ command: shell.exec, retry_on_failure: true }]
  constructor: [{ command: shell.exec }]
tasks:
  - { name: direct, commands: [{ command: shell.exec, retry_on_failure: true }] }
  - { name: by-call, commands: [{ func: f }] }
  - { name: on-call, commands: [{ func: constructor, retry_on_failure: true }] }
  - { name: none, commands: [{ command: shell.exec }, { func: nowhere }] }
buildvariants:
  - { name: linux, tasks: [direct, by-call] }
  - { name: windows, tasks: [direct] }
`);
	const project = projectOnTrial(file);
	if (project.kind === 'refused') throw new Error(project.problems[0]?.message);
	expect(project).toMatchObject({ file, flaggedTasks: 2 });
	expect(project.instances.map(({ id }) => id)).toEqual([
		'direct@linux',
		'direct@windows',
		'by-call',
		'on-call',
		'none',
	]);
	expect(project.warnings.length).toBeGreaterThan(0);
});

test('a task has a flagged command in pre too, where that fails it, and none where it runs on no variant', () => {
	const count = (pre: string): number => {
		const project = projectOnTrial(
			write(`${pre}
functions: { f: [{ command: shell.exec, retry_on_failure: true }] }
pre: [{ func: f }]
tasks:
  - { name: t, commands: [{ command: shell.exec }] }
  - { name: nowhere, commands: [{ func: f }] }
buildvariants: [{ name: v, run_on: [d], tasks: [t] }, { name: w, run_on: [d], tasks: [t] }]
`),
		);
		if (project.kind === 'refused') throw new Error(project.problems[0]?.message);
		return project.flaggedTasks;
	};
	expect(count('pre_error_fails_task: true')).toBe(1);
	expect(count('')).toBe(0);
});

const GROUPED = `
tasks: [{ name: a }, { name: b, depends_on: c }, { name: c }]
task_groups: [{ name: g, tasks: [a, b], setup_group: [{ command: x }] }]
buildvariants: [{ name: v, tasks: [g, c], display_tasks: [{ name: d, execution_tasks: [c] }] }]
`;

function drawn() {
	const on = projectOnTrial(write(GROUPED));
	if (on.kind === 'refused') throw new Error(on.problems[0]?.message);
	const setups = fc.sample(setupsOf(on.project, on.version, on.portions), { seed: 1, numRuns: 50 });
	for (const setup of setups) expect(Setup.parse(setup)).toEqual(setup);
	return setups;
}

test('a project is put on trial as it is structured: groups, display tasks, and what waits for what', () => {
	const setups = drawn();
	const [whole] = setups.filter(({ tasks }) => tasks.length === 3);
	expect(whole).toMatchObject({
		project: { task_groups: [{ name: 'g', tasks: ['a', 'b'] }] },
		tasks: [{ id: 'a', group: 'g' }, { id: 'b', group: 'g', depends_on: ['c'] }, { id: 'c' }],
		display_tasks: [{ id: 'd', execution_tasks: ['c'] }],
	});
	expect(setups.filter(({ tasks }) => tasks.length === 2)).toEqual([]);
	expect(setups.some(({ tasks, project }) => tasks.length === 1 && !project.task_groups)).toBe(
		true,
	);
});

/** A folder of real project files. */
const CORPUS = process.env['MULLIGAN_CORPUS'] ?? '';
const real = CORPUS === '' ? [] : readdirSync(CORPUS).filter((name) => name.endsWith('.yml'));

describe.skipIf(CORPUS === '')('real project files', () => {
	test.each(real)('%s is put on trial as it is structured, in setups that are valid', (name) => {
		const on = projectOnTrial(join(CORPUS, name), { includes: 'none' });
		if (on.kind === 'refused') throw new Error(on.problems[0]?.message);
		expect(structureProblems({ project: on.project, ...on.version })).toEqual([]);
		if (on.portions.length === 0) return;
		const setups = setupsOf(on.project, on.version, on.portions);
		for (const setup of fc.sample(setups, { seed: 1, numRuns: 30 }))
			expect(Setup.parse(setup)).toEqual(setup);
	});
});

test('a file that is no project is refused with the place of each problem', () => {
	const refused = projectOnTrial(write('tasks: 7\n'));
	expect(refused).toMatchObject({ kind: 'refused', problems: [{ line: 1 }] });
});

test('on which variants a function runs is said at its call, and not by its commands', () => {
	const file = write(`
functions: { f: [{ command: x, variants: [w], retry_on_failure: true }] }
tasks: [{ name: a, commands: [{ func: f }] }]
buildvariants: [{ name: v, run_on: [d], tasks: [a] }]
`);
	const project = projectOnTrial(file);
	if (project.kind === 'refused') throw new Error(project.problems[0]?.message);
	expect(project.project.functions?.['f']).toEqual([{ command: 'x', retry_on_failure: true }]);
	expect(project.flagged).toMatchObject([{ uses: [{ task: 0, canFail: true }] }]);
});
