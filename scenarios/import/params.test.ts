import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { folderOf } from '../testing/folder.ts';
import { importProject } from './import.ts';

const TEXT = `
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
    commands:
      - func: f
        vars: { a: b }
      - command: shell.exec
        params: { script: "echo \${name}\\n" }
      - command: git.get_project
`;

const load = (options: object) => {
	const imported = importProject(join(folderOf({ 'p.yml': TEXT }), 'p.yml'), options);
	if (imported.kind === 'refused') throw new Error(JSON.stringify(imported.problems));
	return imported.project;
};

test('commands keep their parameters, as they are written, when asked', () => {
	const { functions, tasks } = load({ params: true });
	const [member] = functions?.['f'] ?? [];
	expect(parse(member?.params_yaml ?? '')).toEqual({
		working_dir: 'a',
		env: { VERSION: '3.10', ON: 'yes', N: 7 },
		args: ['x', null, '7', true],
		timeout_secs: 60,
	});
	expect(tasks[0]?.commands).toEqual([
		{ func: 'f' },
		{ command: 'shell.exec', params_yaml: 'script: |\n  echo ${name}\n' },
		{ command: 'git.get_project' },
	]);
});

test('otherwise they keep none', () => {
	expect(JSON.stringify(load({}))).not.toContain('params_yaml');
});
