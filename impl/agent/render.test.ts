import { expect, test } from 'vitest';
import type { Project, TaskGroup } from '../../model/vocabulary/project.ts';
import type { Refusal } from '../ports/shell.ts';
import { render } from './render.ts';

const rendered = (
	project: Partial<Project>,
	variant = 'ubuntu',
	group?: string,
	refusal?: Refusal,
) =>
	render(
		{
			project: { id: 'p1', tasks: [{ name: 'compile', commands: [] }], ...project },
			task: 'compile',
			variant,
			requester: 'gitter_request',
			...(group === undefined ? {} : { group }),
		},
		refusal,
	);

const positions = (commands: readonly { position: object }[]) =>
	commands.map(({ position }) => Object.values(position).join(' '));

test('a function is expanded to its members, and positions count what the project says', () => {
	const { before } = rendered({
		functions: { f: [{ command: 'a', variants: ['rhel'] }, { command: 'b' }] },
		pre: [{ command: 'x' }, { func: 'f' }, { func: 'nowhere' }, { command: 'y' }],
	});
	expect(before.commands.map(({ command }) => command)).toEqual(['x', 'b', 'y']);
	expect(positions(before.commands)).toEqual(['pre 0 ', 'pre 1 1', 'pre 3 ']);
});

test('what every object inherits is no function of the project', () => {
	const { before } = rendered({
		functions: {},
		pre: [{ func: 'constructor' }, { func: 'toString' }],
	});
	expect(before.commands).toEqual([]);
});

test('a command or a call that does not name the variant does not run', () => {
	const project: Partial<Project> = {
		functions: { f: [{ command: 'a' }] },
		post: [
			{ command: 'x', variants: ['rhel'] },
			{ func: 'f', variants: ['rhel'] },
			{ command: 'y', variants: ['ubuntu', 'rhel'] },
			{ command: 'z', variants: [] },
		],
	};
	expect(rendered(project).after.commands.map(({ command }) => command)).toEqual(['y']);
	expect(rendered(project, 'rhel').after.commands.map(({ command }) => command)).toEqual([
		'x',
		'a',
		'y',
	]);
});

test('the failure type is the own one, else that of the call, of the project, else test', () => {
	const steps = {
		functions: { f: [{ command: 'a', type: 'setup' as const }, { command: 'b' }] },
		pre: [{ func: 'f', type: 'system' as const }, { func: 'f' }, { command: 'c' }],
	};
	const types = (project: Partial<Project>) =>
		rendered(project).before.commands.map(({ type }) => type);
	expect(types(steps)).toEqual(['setup', 'system', 'setup', 'test', 'test']);
	expect(types({ ...steps, command_type: 'system' })).toEqual([
		'setup',
		'system',
		'setup',
		'system',
		'system',
	]);
});

test('the flag of a command counts, in a function too, and that of a call does not', () => {
	const { before } = rendered({
		functions: { f: [{ command: 'a', retry_on_failure: true }, { command: 'b' }] },
		pre: [{ func: 'f', retry_on_failure: true }, { command: 'c' }],
	});
	expect(before.commands.map((command) => command.retry_on_failure)).toEqual([true, false, false]);
});

/** Which block stands in each place, and whether it can fail the task. */
const places = (project: Partial<Project>, group?: string) =>
	Object.values(rendered(project, 'ubuntu', group)).map(
		({ block, canFailTask }) => `${block}${canFailTask ? ' fails' : ''}`,
	);

test('a block can fail the task as its switch says, main always and timeout never', () => {
	const [setup, leave] = ['setup_group', 'teardown_group'];
	expect(places({})).toEqual([setup, 'pre', 'main fails', 'timeout', 'post', leave]);
	expect(places({ pre_error_fails_task: true, post_error_fails_task: true })).toEqual([
		setup,
		'pre fails',
		'main fails',
		'timeout',
		'post fails',
		leave,
	]);
});

test.each([
	['setup_group', ['setup_group fails', 'setup_task', 'main fails', 'timeout', 'teardown_task']],
	['setup_task', ['setup_group', 'setup_task fails', 'main fails', 'timeout', 'teardown_task']],
	['teardown_task', ['setup_group', 'setup_task', 'main fails', 'timeout', 'teardown_task fails']],
])('a task of a group has its blocks, with the switch of %s', (block, blocks) => {
	const group = { name: 'g', tasks: ['compile'], [`${block}_can_fail_task`]: true };
	const project = {
		pre: [{ command: 'not run' }],
		pre_error_fails_task: true,
		post_error_fails_task: true,
		task_groups: [group],
	};
	expect(places(project, 'g')).toEqual([...blocks, 'teardown_group']);
	expect(rendered(project, 'ubuntu', 'g').before.commands).toEqual([]);
});

test('the timeout block of a group is its own, if it has one', () => {
	const timeout = [{ command: 'of the project' }];
	const commands = (group: Partial<TaskGroup>) =>
		rendered(
			{ timeout, task_groups: [{ name: 'g', tasks: ['compile'], ...group }] },
			'ubuntu',
			'g',
		).timeout.commands.map(({ command }) => command);
	expect(commands({})).toEqual(['of the project']);
	expect(commands({ timeout: [{ command: 'of the group' }] })).toEqual(['of the group']);
	expect(commands({ timeout: [] })).toEqual([]);
});

test('members take the idle limit of their call where they have none, and its vars', () => {
	const { main } = rendered({
		functions: { f: [{ command: 'a' }, { command: 'b', timeout_secs: 5 }] },
		tasks: [
			{
				name: 'compile',
				commands: [
					{ func: 'f', timeout_secs: 60, vars: { x: 'y' } },
					{ func: 'f' },
					{ command: 'c', timeout_secs: 0 },
				],
			},
		],
	});
	expect(main.commands.map(({ timeout_secs, vars }) => [timeout_secs, vars])).toEqual([
		[60, { x: 'y' }],
		[5, { x: 'y' }],
		[undefined, undefined],
		[5, undefined],
		[undefined, undefined],
	]);
});

test('main is the list of the task that runs', () => {
	const tasks = ['lint', 'compile', 'test'].map((name) => ({
		name,
		commands: [{ command: name }],
	}));
	expect(rendered({ tasks }).main.commands.map(({ command }) => command)).toEqual(['compile']);
});

test('a command is run as it is written', () => {
	const written = {
		command: 'shell.exec',
		display_name: 'tidy up',
		params_yaml: 'script: make',
		type: 'setup',
		timeout_secs: 7,
	} as const;
	const { before } = rendered({
		functions: { f: [written] },
		pre: [{ ...written, background: true }, { func: 'f' }, { command: 'make' }],
	});
	const flags = { background: false, retry_on_failure: false };
	expect(before.commands).toEqual([
		{ ...written, ...flags, background: true, position: { block: 'pre', step: 0, member: null } },
		{ ...written, ...flags, func: 'f', position: { block: 'pre', step: 1, member: 0 } },
		{
			command: 'make',
			type: 'test',
			...flags,
			position: { block: 'pre', step: 2, member: null },
		},
	]);
});

// An entry that cannot be rendered, on a shell that says which (lifecycle 3.3).

const refusal: Refusal = ({ command }) => (command.startsWith('x.') ? `no ${command}` : null);

/** Each entry of pre as it is to be run: its command, or why it cannot be rendered. */
const entries = (project: Partial<Project>) =>
	rendered(project, 'ubuntu', undefined, refusal).before.commands.map(
		({ command, unrendered }) => unrendered ?? command,
	);

test('what cannot be rendered says why, whatever the variant, and a function as a whole', () => {
	const functions = {
		good: [{ command: 'a' }, { command: 'b' }],
		bad: [{ command: 'a' }, { command: 'x.one' }, { command: 'x.two' }],
	};
	expect(
		entries({
			functions,
			pre: [
				{ command: 'c' },
				{ command: 'x.c', variants: ['rhel'] },
				{ func: 'good' },
				{ func: 'bad' },
				{ func: 'nowhere' },
				{ func: 'toString' },
			],
		}),
	).toEqual([
		'c',
		'no x.c',
		'a',
		'b',
		'no x.one; no x.two',
		"function 'nowhere' not found in project functions",
		"function 'toString' not found in project functions",
	]);
	expect(entries({ pre: [{ func: 'good' }] })).toEqual([
		"function 'good' not found in project functions",
	]);
});

test('what cannot be rendered stands in its place, with the type and the name of its entry, and asks for nothing', () => {
	const { before } = rendered(
		{
			command_type: 'system',
			pre: [
				{
					command: 'x.c',
					type: 'setup',
					display_name: 'tidy up',
					retry_on_failure: true,
					background: true,
				},
				{ func: 'nowhere' },
			],
		},
		'ubuntu',
		undefined,
		refusal,
	);
	const nothing = { background: false, retry_on_failure: false };
	expect(before.commands).toEqual([
		{
			...nothing,
			position: { block: 'pre', step: 0, member: null },
			command: 'x.c',
			type: 'setup',
			display_name: 'tidy up',
			unrendered: 'no x.c',
		},
		{
			...nothing,
			position: { block: 'pre', step: 1, member: null },
			command: 'func',
			func: 'nowhere',
			type: 'system',
			unrendered: "function 'nowhere' not found in project functions",
		},
	]);
	const [untyped] = rendered({ pre: [{ command: 'x.c' }] }, 'ubuntu', undefined, refusal).before
		.commands;
	expect(untyped?.type).toBe('test');
});
