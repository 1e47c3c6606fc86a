import { describe, expect, test } from 'vitest';
import { GROUP_BLOCKS, type Project } from '../vocabulary/project.ts';
import { Setup, type TaskInstance } from '../vocabulary/setup.ts';
import { groupInstances } from '../vocabulary/structure.ts';
import { ignoredFlags, leavingProgramOf, type Program, programOf, runsOf } from './program.ts';

const INSTANCE: TaskInstance = { id: 't1', task: 'a', variant: 'linux' };

const setupOfTasks = (project: Partial<Project>, tasks: TaskInstance[] = [INSTANCE]): Setup =>
	Setup.parse({
		project: { id: 'p', tasks: [{ name: 'a', commands: [] }], ...project },
		tasks,
		hosts: ['h1'],
	});

const steps = (length: number) => Array.from({ length }, () => ({ command: 'x' }));

/** The main block of a task with these commands, as step.member of each instruction. */
const main = (
	commands: Project['tasks'][number]['commands'],
	project: Partial<Project> = {},
	variant = 'linux',
) =>
	programOf(setupOfTasks({ ...project, tasks: [{ name: 'a', commands }] }), {
		...INSTANCE,
		variant,
	}).main;
const places = (...given: Parameters<typeof main>) =>
	main(...given).map(({ position: { step, member } }) =>
		member === null ? `${step}` : `${step}.${member}`,
	);

describe('a program', () => {
	/** The blocks in which there is something, each with how much. */
	const sizes = (program: Program) =>
		Object.fromEntries(
			Object.entries(program).flatMap(([block, { length }]) =>
				length === 0 ? [] : [[block, length]],
			),
		);

	test('holds the four blocks, each with its own commands', () => {
		const block = (command: string) => [{ command }];
		const setup = setupOfTasks({
			tasks: [
				{ name: 'other', commands: [{ command: 'x' }, { command: 'y' }] },
				{ name: 'a', commands: block('main') },
			],
			pre: [...block('pre'), ...block('pre')],
			timeout: block('timeout'),
			post: block('post'),
		});
		const program = programOf(setup, INSTANCE);
		expect(sizes(program)).toEqual({ pre: 2, main: 1, timeout: 1, post: 1 });
		for (const [name, instructions] of Object.entries(program))
			for (const { position } of instructions) expect(position.block).toBe(name);
	});

	test('is empty where a block is missing or empty', () => {
		expect(sizes(programOf(setupOfTasks({}), INSTANCE))).toEqual({});
	});

	test('of a task of a group holds the blocks of the group; what is run to leave it stands apart', () => {
		const member = { ...INSTANCE, group: 'g' };
		const setup = setupOfTasks(
			{
				tasks: [{ name: 'a', commands: steps(1) }],
				pre: steps(9),
				timeout: steps(8),
				post: steps(9),
				task_groups: [
					{
						name: 'g',
						tasks: ['a'],
						setup_group: steps(2),
						setup_task: steps(3),
						teardown_task: steps(4),
						teardown_group: [...steps(5), { command: 'x', variants: ['windows'] }],
					},
				],
			},
			[member],
		);
		const program = programOf(setup, member);
		expect(sizes(program)).toEqual({
			setup_group: 2,
			setup_task: 3,
			main: 1,
			timeout: 8,
			teardown_task: 4,
		});
		const [instance] = groupInstances(setup);
		if (instance === undefined) throw new RangeError('no group');
		const leaving = leavingProgramOf(setup, instance);
		expect(sizes(leaving)).toEqual({ teardown_group: 5 });
		expect(sizes(leavingProgramOf(setup, { ...instance, variant: 'windows' }))).toEqual({
			teardown_group: 6,
		});
		for (const [name, instructions] of Object.entries({ ...program, ...leaving }))
			for (const { position } of instructions) expect(position.block).toBe(name);
	});

	test('asks before flagged commands under auto-retry, where a failure can fail the task', () => {
		const flagged = [{ command: 'x', retry_on_failure: true }];
		const asked = (on: boolean) => {
			const member = { ...INSTANCE, group: 'g' };
			const blocks = Object.fromEntries(GROUP_BLOCKS.map((block) => [block, flagged]));
			const group = { name: 'g', tasks: ['a'], teardown_task_can_fail_task: on, ...blocks };
			const setup = setupOfTasks({ task_groups: [group] }, [member]);
			const auto: Setup = { ...setup, design: 'auto-retry' };
			const programs = [
				programOf(auto, member),
				...groupInstances(auto).map((instance) => leavingProgramOf(auto, instance)),
			];
			return programs.flatMap((program) =>
				Object.values(program)
					.flat()
					.flatMap(({ asks, position }) => (asks === true ? [position.block] : [])),
			);
		};
		expect(asked(false)).toEqual(['setup_group', 'setup_task']);
		expect(asked(true)).toEqual(['setup_group', 'setup_task', 'teardown_task']);
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

describe('how a task runs', () => {
	test('is said by the switches of the project, or of its group', () => {
		const setup = setupOfTasks(
			{
				pre_error_fails_task: true,
				task_groups: [
					{ name: 'f', tasks: ['a'], setup_group_can_fail_task: true },
					{
						name: 'g',
						tasks: ['a'],
						setup_task_can_fail_task: true,
						teardown_task_can_fail_task: true,
					},
				],
			},
			[
				INSTANCE,
				{ ...INSTANCE, id: 't2', group: 'g' },
				{ ...INSTANCE, id: 't3', group: 'f' },
				{ ...INSTANCE, id: 't4', group: 'g', variant: 'windows' },
			],
		);
		expect(runsOf(setup)).toEqual([
			{
				group: null,
				setUp: { block: 'pre', canFail: true },
				cleanUp: { block: 'post', canFail: false },
			},
			...[
				{ instance: 0, once: false, each: true },
				{ instance: 1, once: true, each: false },
				{ instance: 2, once: false, each: true },
			].map(({ instance, once, each }) => ({
				group: { instance, canFail: once },
				setUp: { block: 'setup_task', canFail: each },
				cleanUp: { block: 'teardown_task', canFail: each },
			})),
		]);
	});
});

describe('ignored flags', () => {
	const call = (func: string) => ({ func, retry_on_failure: true });

	test('are those of calls: pre, timeout, post, then the tasks in use by the project', () => {
		const setup = setupOfTasks(
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

	test('of groups in use stand between those of the project and those of tasks', () => {
		const blocks = {
			timeout: [call('f')],
			teardown_group: [call('f')],
			teardown_task: [call('f')],
			setup_task: [{ command: 'x' }, call('f')],
			setup_group: [call('f')],
		};
		const setup = setupOfTasks(
			{
				tasks: [{ name: 'a', commands: [call('f')] }],
				post: [call('f')],
				task_groups: [
					{ name: 'unused', tasks: ['a'], ...blocks },
					{ name: 'late', tasks: ['a'], setup_task: [call('g')] },
					{ name: 'g', tasks: ['a'], ...blocks },
				],
			},
			[
				{ ...INSTANCE, group: 'g' },
				{ ...INSTANCE, id: 't2', group: 'late' },
			],
		);
		const of = { task: null, step: 0, func: 'f', group: 'g' };
		expect(ignoredFlags(setup)).toEqual([
			{ task: null, block: 'post', step: 0, func: 'f' },
			{ task: null, group: 'late', block: 'setup_task', step: 0, func: 'g' },
			{ ...of, block: 'setup_group' },
			{ ...of, block: 'setup_task', step: 1 },
			{ ...of, block: 'timeout' },
			{ ...of, block: 'teardown_task' },
			{ ...of, block: 'teardown_group' },
			{ task: 'a', block: 'main', step: 0, func: 'f' },
		]);
	});

	test('are none where no call has one', () => {
		expect(ignoredFlags(setupOfTasks({}))).toEqual([]);
	});
});
