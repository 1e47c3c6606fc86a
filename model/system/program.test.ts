import { describe, expect, test } from 'vitest';
import type { Project } from '../vocabulary/project.ts';
import { Setup, type TaskInstance } from '../vocabulary/setup.ts';
import { ignoredFlags, programOf } from './program.ts';

const INSTANCE: TaskInstance = { id: 't1', task: 'a', variant: 'linux' };

const setupOf = (project: Partial<Project>, tasks: TaskInstance[] = [INSTANCE]): Setup =>
	Setup.parse({
		project: { id: 'p', tasks: [{ name: 'a', commands: [] }], ...project },
		tasks,
		hosts: ['h1'],
	});

/** The main block of a task with these commands, as step.member of each instruction. */
const main = (
	commands: Project['tasks'][number]['commands'],
	project: Partial<Project> = {},
	variant = 'linux',
) =>
	programOf(setupOf({ ...project, tasks: [{ name: 'a', commands }] }), { ...INSTANCE, variant })
		.main;
const places = (...given: Parameters<typeof main>) =>
	main(...given).map(({ position: { step, member } }) =>
		member === null ? `${step}` : `${step}.${member}`,
	);

describe('a program', () => {
	test('holds the four blocks, each with its own commands', () => {
		const block = (command: string) => [{ command }];
		const setup = setupOf({
			tasks: [
				{ name: 'other', commands: [{ command: 'x' }, { command: 'y' }] },
				{ name: 'a', commands: block('main') },
			],
			pre: [...block('pre'), ...block('pre')],
			timeout: block('timeout'),
			post: block('post'),
		});
		const program = programOf(setup, INSTANCE);
		expect(Object.keys(program)).toEqual(['pre', 'main', 'timeout', 'post']);
		for (const [name, instructions] of Object.entries(program)) {
			expect(instructions).toHaveLength(name === 'pre' ? 2 : 1);
			for (const { position } of instructions) expect(position.block).toBe(name);
		}
	});

	test('is empty where a block is missing or empty', () => {
		expect(programOf(setupOf({}), INSTANCE)).toEqual({ pre: [], main: [], timeout: [], post: [] });
	});

	test('puts the members of a function in the place of its call', () => {
		const functions = { f: [{ command: 'x' }, { command: 'y' }], none: [] };
		const steps = [{ command: 'a' }, { func: 'f' }, { func: 'none' }, { func: 'f' }];
		expect(places(steps, { functions })).toEqual(['0', '1.0', '1.1', '3.0', '3.1']);
	});

	test.each(['nowhere', 'constructor', 'toString', 'hasOwnProperty'])(
		'runs nothing for a call of the undefined function "%s"',
		(func) => {
			expect(places([{ func }, { command: 'x' }], { functions: {} })).toEqual(['1']);
			expect(places([{ func }, { command: 'x' }])).toEqual(['1']);
		},
	);

	test('runs a function named "constructor" that is defined', () => {
		const functions = { constructor: [{ command: 'x', retry_on_failure: true }] };
		expect(main([{ func: 'constructor' }], { functions })).toMatchObject([{ flagged: true }]);
	});

	test('leaves out what is for other variants: commands, calls and members', () => {
		const functions = { f: [{ command: 'x', variants: ['windows'] }, { command: 'y' }] };
		const steps = [
			{ command: 'a', variants: ['linux', 'windows'] },
			{ command: 'b', variants: ['windows'] },
			{ func: 'f', variants: ['linux'] },
			{ func: 'f', variants: ['windows'] },
			{ command: 'c', variants: [] },
		];
		expect(places(steps, { functions })).toEqual(['0', '2.1']);
		expect(places(steps, { functions }, 'windows')).toEqual(['0', '1', '3.0', '3.1']);
	});

	test('takes the type of the command, else of the call, else of the project, else test', () => {
		const functions = { f: [{ command: 'x', type: 'setup' as const }, { command: 'y' }] };
		const steps = [
			{ command: 'a' },
			{ command: 'b', type: 'setup' as const },
			{ func: 'f', type: 'system' as const },
			{ func: 'f' },
		];
		const types = (project: Partial<Project>) => main(steps, project).map(({ type }) => type);
		expect(types({ functions })).toEqual(['test', 'setup', 'setup', 'system', 'setup', 'test']);
		expect(types({ functions, command_type: 'system' })).toEqual([
			...['system', 'setup', 'setup', 'system', 'setup', 'system'],
		]);
	});

	test('takes flag and background of the command alone, off unless they are on', () => {
		const functions = { f: [{ command: 'x' }, { command: 'y', background: true }] };
		const steps = [
			{ command: 'a', retry_on_failure: true },
			{ command: 'b', retry_on_failure: false, background: false },
			{ func: 'f', retry_on_failure: true },
		];
		const flags = main(steps, { functions }).map((one) => [one.flagged, one.background]);
		expect(flags).toEqual([
			[true, false],
			[false, false],
			[false, false],
			[false, true],
		]);
	});
});

describe('ignored flags', () => {
	const call = (func: string) => ({ func, retry_on_failure: true });

	test('are those of calls: pre, timeout, post, then the tasks in use by the project', () => {
		const setup = setupOf(
			{
				tasks: [
					{ name: 'b', commands: [{ command: 'x', retry_on_failure: true }, call('f')] },
					{ name: 'unused', commands: [call('f')] },
					{ name: 'a', commands: [{ func: 'f', retry_on_failure: false }, call('g')] },
				],
				post: [call('f')],
				timeout: [{ func: 'f' }, call('nowhere')],
				pre: [call('g')],
			},
			[
				INSTANCE,
				{ ...INSTANCE, id: 't2', variant: 'windows' },
				{ ...INSTANCE, id: 't3', task: 'b' },
			],
		);
		expect(ignoredFlags(setup)).toEqual([
			{ task: null, block: 'pre', step: 0, func: 'g' },
			{ task: null, block: 'timeout', step: 1, func: 'nowhere' },
			{ task: null, block: 'post', step: 0, func: 'f' },
			{ task: 'b', block: 'main', step: 1, func: 'f' },
			{ task: 'a', block: 'main', step: 1, func: 'g' },
		]);
	});

	test('are none where no call has one', () => {
		expect(ignoredFlags(setupOf({}))).toEqual([]);
	});
});
