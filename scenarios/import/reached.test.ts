import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { importProject } from './import.ts';
import { reached } from './reached.ts';

const PROJECT = `
pre: [{ command: in-pre }, { func: nowhere }]
post: { command: in-post }
timeout: [{ command: in-timeout }]
functions:
  f: [{ command: member }, { command: windows-member, variants: [windows] }]
task_groups:
  - name: g
    tasks: [t]
    setup_group: [{ command: in-setup-group }]
    setup_task: [{ func: f }]
    teardown_group: [{ command: in-teardown-group }]
tasks:
  - name: t
    commands: [{ command: in-main }, { command: on-linux, variants: [linux] }, { func: f, variants: [windows] }]
`;

const commandsOf = (variant: string, group?: string): string[] => {
	const imported = importProject(join(folderOf({ 'p.yml': PROJECT }), 'p.yml'));
	if (imported.kind === 'refused') throw new Error('refused');
	const of = { task: 't', variant, ...(group === undefined ? {} : { group }) };
	return reached(imported.read.whole, of).map(({ step, func, place }) =>
		[func, 'command' in step ? step.command : '', place.line].join(' ').trim(),
	);
};

test('the commands of a task are those of its blocks in their order, for its variant, with their places', () => {
	expect(commandsOf('linux')).toEqual([
		'in-pre 2',
		'in-main 15',
		'on-linux 15',
		'in-timeout 4',
		'in-post 3',
	]);
	expect(commandsOf('windows')).toEqual([
		'in-pre 2',
		'in-main 15',
		'f member 6',
		'f windows-member 6',
		'in-timeout 4',
		'in-post 3',
	]);
});

test('of a task in a group they are those of the group, and all of a function whatever variants its commands name', () => {
	expect(commandsOf('linux', 'g')).toEqual([
		'in-setup-group 10',
		'f member 6',
		'f windows-member 6',
		'in-main 15',
		'on-linux 15',
		'in-timeout 4',
		'in-teardown-group 12',
	]);
});
