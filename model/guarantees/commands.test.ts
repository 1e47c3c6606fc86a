import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../vocabulary/command.ts';
import { type Block, GROUP_BLOCKS, type TaskGroup } from '../vocabulary/project.ts';
import type { Setup } from '../vocabulary/setup.ts';
import {
	canFailTask,
	commandAt,
	failsTask,
	ignoredFlagsOf,
	type Plan,
	planOf,
	planOn,
} from './commands.ts';
import { setupToJudge } from './testing/seen.ts';

const setup = setupToJudge({
	project: {
		id: 'p',
		command_type: 'setup',
		pre: [{ func: 'f', retry_on_failure: true }],
		tasks: [
			{ name: 'other', commands: [{ func: 'f', retry_on_failure: true }] },
			{
				name: 'test',
				commands: [
					{ func: 'f', type: 'system', variants: ['linux'], retry_on_failure: true },
					{ func: 'gone', retry_on_failure: true },
					{ func: 'f', variants: ['windows'] },
					{ command: 'plain' },
				],
			},
		],
		functions: {
			f: [
				{ command: 'one', type: 'test', retry_on_failure: true },
				{ command: 'two', display_name: 'second', variants: ['windows'] },
			],
		},
		post: [{ command: 'bg', background: true }, { command: 'last' }],
	},
});

describe('planOf', () => {
	const at = (block: Block, step: number, member: number | null) => {
		const plan = planOf(setup, 'a');
		return plan === undefined ? null : commandAt(plan, { block, step, member });
	};

	it('reads flag, type and variants of a member from itself, then from its call', () => {
		expect(at('main', 0, 0)).toMatchObject({
			flagged: true,
			calledWithFlag: true,
			type: 'test',
			listed: true,
		});
		expect(at('main', 0, 1)).toMatchObject({
			name: 'second',
			flagged: false,
			type: 'system',
			listed: false,
		});
		expect(at('main', 2, 0)).toMatchObject({ listed: false, type: 'test' });
		expect(at('main', 3, null)).toMatchObject({
			flagged: false,
			calledWithFlag: false,
			type: 'setup',
		});
	});

	it('has no command where none stands', () => {
		expect(at('main', 1, 0)).toBeNull();
		expect(at('main', 3, 0)).toBeNull();
		expect(at('main', 0, null)).toBeNull();
		expect(at('timeout', 0, null)).toBeNull();
	});

	it('expects of the clean-up what is listed and waited for', () => {
		const plan = planOf(setup, 'a');
		expect(plan?.cleanUp.commands.map(({ name }) => name)).toEqual(['last']);
		expect(plan?.skips).toBe(true);
	});

	it('is worked out once', () => {
		expect(planOf(setup, 'a')).toBe(planOf(setup, 'a'));
		expect(planOf(setup, 'nobody')).toBeUndefined();
	});
});

const steps = (name: string, ...others: string[]) =>
	[name, ...others].map((command) => ({ command }));
const blocks = {
	setup_group: steps('set up group'),
	setup_task: steps('set up task'),
	timeout: steps('stacks'),
	teardown_task: [{ command: 'bg', background: true }, ...steps('tidy')],
	teardown_group: [{ command: 'exe', variants: ['windows'] }, ...steps('leave')],
};

/** "a" is a plain task, "b" one of a group, with these switches. */
const inGroup = (group: Partial<TaskGroup> = {}) =>
	setupToJudge({
		project: {
			id: 'p',
			tasks: [{ name: 'test', commands: steps('test') }],
			pre: steps('pre'),
			timeout: steps('callback'),
			post: steps('post'),
			task_groups: [{ name: 'grp', tasks: ['test'], ...blocks, ...group }],
		},
		tasks: [
			{ id: 'a', task: 'test', variant: 'linux' },
			{ id: 'b', task: 'test', variant: 'linux', group: 'grp' },
		],
	});
const planFor = (setup: Setup, task: string): Plan => {
	const plan = planOf(setup, task);
	if (plan === undefined) throw new RangeError(`no plan of ${task}`);
	return plan;
};
const named = (plan: Plan | undefined) =>
	Object.fromEntries(
		[...(plan?.steps ?? [])].map(([block, of]) => [block, of.flat().map(({ name }) => name)]),
	);

describe('the plan of a task of a group', () => {
	it('holds the blocks of the group in place of pre and post', () => {
		const plan = planFor(inGroup(), 'b');
		expect(named(plan)).toEqual({
			setup_group: ['set up group'],
			setup_task: ['set up task'],
			main: ['test'],
			timeout: ['stacks'],
			teardown_task: ['bg', 'tidy'],
		});
		expect(plan.cleanUp.block).toBe('teardown_task');
		expect(plan.cleanUp.commands.map(({ name }) => name)).toEqual(['tidy']);
		expect(plan.skips).toBe(false);
		expect(Object.keys(named(planFor(inGroup(), 'a')))).toEqual(['pre', 'main', 'timeout', 'post']);
	});

	it('has the timeout block of the project where the group has none', () => {
		const setup = inGroup();
		const { timeout: _, ...without } = blocks;
		const task_groups = [{ name: 'grp', tasks: ['test'], ...without }];
		const project = { ...setup.project, task_groups };
		expect(named(planFor({ ...setup, project }, 'b'))).toMatchObject({ timeout: ['callback'] });
	});

	it('is apart from what leaves the group, which a host runs that holds nothing', () => {
		const setup = inGroup();
		const group = { group: 'grp', variant: 'linux' };
		const leaving = planOn(setup, { execution: null, group });
		expect(named(leaving)).toEqual({ teardown_group: ['exe', 'leave'] });
		expect(leaving?.skips).toBe(true);
		const elsewhere = planOn(setup, { execution: null, group: { ...group, variant: 'windows' } });
		expect(elsewhere?.skips).toBe(false);
		const execution = { task: 'b', execution: 0 };
		expect(planOn(setup, { execution, group })).toBe(planOf(setup, 'b'));
		expect(planOn(setup, { execution: null, group: null })).toBeUndefined();
	});
});

describe('ignoredFlagsOf', () => {
	it('lists the flags on calls, project blocks first, then the tasks in use', () => {
		expect(ignoredFlagsOf(setup)).toEqual([
			{ task: null, block: 'pre', step: 0, func: 'f' },
			{ task: 'test', block: 'main', step: 0, func: 'f' },
			{ task: 'test', block: 'main', step: 1, func: 'gone' },
		]);
		expect(ignoredFlagsOf(setup)).toBe(ignoredFlagsOf(setup));
	});

	it('lists those of groups in use between them', () => {
		const call = [{ func: 'f', retry_on_failure: true }];
		const flagged = Object.fromEntries(GROUP_BLOCKS.toReversed().map((block) => [block, call]));
		const grouped = inGroup(flagged);
		const unused = { name: 'unused', tasks: ['test'], setup_task: call };
		const task_groups = [unused, ...(grouped.project.task_groups ?? [])];
		const tasks = [{ name: 'test', commands: call }];
		const project = { ...grouped.project, tasks, post: call, task_groups };
		const found = ignoredFlagsOf({ ...grouped, project });
		expect(found.map(({ task, group, block }) => [task, group ?? null, block])).toEqual([
			[null, null, 'post'],
			...GROUP_BLOCKS.map((block) => [null, 'grp', block]),
			['test', null, 'main'],
		]);
	});
});

describe('S4', () => {
	/** Plans in which every switch is off, or on. */
	const plans = (on: boolean) => {
		const setup = inGroup({
			setup_group_can_fail_task: on,
			setup_task_can_fail_task: on,
			teardown_task_can_fail_task: on,
		});
		const project = { ...setup.project, pre_error_fails_task: on, post_error_fails_task: on };
		return { plain: planFor({ ...setup, project }, 'a'), grouped: planFor(setup, 'b') };
	};
	const setUp: [CommandOutcome, off: boolean, on: boolean][] = [
		['succeeded', false, false],
		['failed', false, true],
		['panicked', false, true],
		['timed-out-exec', true, true],
		['timed-out-idle', true, true],
		['timed-out-block', false, true],
	];
	const cleanUp: typeof setUp = [
		['succeeded', false, false],
		['failed', false, true],
		['timed-out-block', false, true],
	];
	const of = (block: Block, rows: typeof setUp) => rows.map((row) => [block, ...row] as const);
	it.each([
		...of('pre', setUp),
		...of('setup_group', setUp),
		...of('setup_task', setUp),
		['main', 'succeeded', false, false],
		['main', 'failed', true, true],
		['main', 'timed-out-idle', true, true],
		['timeout', 'failed', false, false],
		['timeout', 'timed-out-block', false, false],
		...of('post', cleanUp),
		...of('teardown_task', cleanUp),
		['teardown_group', 'failed', false, false],
		['teardown_group', 'timed-out-block', false, false],
	] as const)('%s, %s: fails the task %s, with the switch on %s', (block, outcome, off, on) => {
		const read = (switched: boolean) => {
			const { plain, grouped } = plans(switched);
			return failsTask(plain.steps.has(block) ? plain : grouped, block, outcome);
		};
		expect([read(false), read(true)]).toEqual([off, on]);
	});

	it.each<[Block, off: boolean, on: boolean]>([
		['pre', false, true],
		['setup_group', false, true],
		['setup_task', false, true],
		['main', true, true],
		['timeout', false, false],
		['post', false, false],
		['teardown_task', false, false],
	])(
		'a background command of %s can fail the task: %s, with the switch on %s',
		(block, off, on) => {
			const read = (switched: boolean) => {
				const { plain, grouped } = plans(switched);
				return canFailTask(plain.steps.has(block) ? plain : grouped, block);
			};
			expect([read(false), read(true)]).toEqual([off, on]);
		},
	);

	it('reads the switch of each block for itself', () => {
		const plan = planFor(inGroup({ setup_task_can_fail_task: true }), 'b');
		expect([...plan.canFail]).toEqual(['setup_task', 'main']);
	});
});
