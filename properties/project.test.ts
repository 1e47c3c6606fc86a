import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectOnTrial } from './project.ts';

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

test('a file that is no project is refused with the place of each problem', () => {
	const refused = projectOnTrial(write('tasks: 7\n'));
	expect(refused).toMatchObject({ kind: 'refused', problems: [{ line: 1 }] });
});
