import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { folderOf } from '../testing/folder.ts';
import { importProject } from './import.ts';

const TEXT = `
exec_timeout_secs: 3600
timeout_secs: 60
pre_timeout_secs: 7
callback_timeout_secs: 8
post_timeout_secs: 9
shared: &shared { working_dir: a, env: { VERSION: 3.10, ON: yes, N: 7 } }
functions:
  f:
    - command: subprocess.exec
      timeout_secs: 60
      params:
        <<: *shared
        args: [x, ~, "7", true]
tasks:
  - name: compile
    exec_timeout_secs: 120
    commands:
      - func: f
        timeout_secs: 30
        vars: { a: b, version: 3.10, empty: ~ }
      - command: shell.exec
        params: { script: "echo \${name}\\n" }
      - command: git.get_project
`;

const load = (options: object, text = TEXT) => {
	const imported = importProject(join(folderOf({ 'p.yml': text }), 'p.yml'), options);
	if (imported.kind === 'refused') throw new Error(JSON.stringify(imported.problems));
	return imported;
};

test('commands keep their parameters, as they are written, when asked', () => {
	const { project, warnings } = load({ params: true });
	const { functions, tasks } = project;
	const [member] = functions?.['f'] ?? [];
	expect(parse(member?.params_yaml ?? '')).toEqual({
		working_dir: 'a',
		env: { VERSION: '3.10', ON: 'yes', N: 7 },
		args: ['x', null, '7', true],
	});
	expect(member?.timeout_secs).toBe(60);
	expect(tasks[0]?.exec_timeout_secs).toBe(120);
	expect(tasks[0]?.commands).toEqual([
		{ func: 'f', timeout_secs: 30, vars: { a: 'b', version: '3.10', empty: '' } },
		{ command: 'shell.exec', params_yaml: 'script: |\n  echo ${name}\n' },
		{ command: 'git.get_project' },
	]);
	expect(project).toMatchObject({
		exec_timeout_secs: 3600,
		timeout_secs: 60,
		pre_timeout_secs: 7,
		callback_timeout_secs: 8,
		post_timeout_secs: 9,
	});
	expect(warnings).toEqual([]);
});

test('otherwise nothing is kept that matters to the run alone', () => {
	const { project, warnings } = load({});
	expect(JSON.stringify(project)).not.toMatch(/params_yaml|timeout_secs|vars/);
	expect(warnings).toEqual([]);
});

test('a limit that is no number of seconds is told with its place, and is none', () => {
	const { project, warnings } = load(
		{ params: true },
		'timeout_secs: soon\npost: { command: a, timeout_secs: -1 }\nexec_timeout_secs: 5\n',
	);
	expect(project).toEqual({ id: 'p', tasks: [], post: [{ command: 'a' }], exec_timeout_secs: 5 });
	expect(warnings.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
		'1:15 "timeout_secs" is no whole number and is passed over',
		'2:35 a time limit of -1 seconds is passed over',
	]);
});

test('a limit that two files set is an error', () => {
	const folder = folderOf({
		'p.yml': 'include: [{ filename: q.yml }]\ntimeout_secs: 1\n',
		'q.yml': 'timeout_secs: 2\n',
	});
	expect(importProject(join(folder, 'p.yml'))).toMatchObject({
		kind: 'refused',
		problems: [{ message: expect.stringContaining('the key "timeout_secs" is defined twice') }],
	});
});
