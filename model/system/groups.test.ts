import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { CommandOutcome } from '../vocabulary/command.ts';
import { Design } from '../vocabulary/design.ts';
import type { Block, TaskGroup } from '../vocabulary/project.ts';
import { Setup } from '../vocabulary/setup.ts';
import { HostStory } from './testing/host-story.ts';

type Given = z.input<typeof Setup>;

/** In each block a flagged command, and one more. */
const two = (name: string) => [{ command: name, retry_on_failure: true }, { command: `${name} 2` }];

/** Two hosts may run it, so that its tasks do not wait for each other. */
const GROUP: TaskGroup = {
	name: 'g',
	tasks: ['a', 'b'],
	max_hosts: 2,
	setup_group: two('once'),
	setup_task: two('prepare'),
	teardown_task: two('tidy'),
	teardown_group: two('leave'),
	timeout: two('stacks'),
};

const PROJECT: Given['project'] = {
	id: 'p',
	tasks: [
		{ name: 'a', commands: two('a') },
		{ name: 'b', commands: two('b') },
		{ name: 'plain', commands: two('plain') },
	],
	pre: two('pre'),
	timeout: two('callback'),
	post: two('post'),
	task_groups: [GROUP, { ...GROUP, name: 'other' }],
};

const A = { id: 'a', task: 'a', variant: 'v', group: 'g' };
const B = { id: 'b', task: 'b', variant: 'v', group: 'g' };

/** A story of these tasks; nothing is restarted automatically unless the policy says so. */
function hostStory(
	tasks: Given['tasks'],
	group: Partial<TaskGroup> = {},
	given: Partial<Given> = {},
) {
	const task_groups = [
		{ ...GROUP, ...group },
		{ ...GROUP, name: 'other' },
	];
	return new HostStory(
		Setup.parse({
			project: { ...PROJECT, task_groups },
			tasks,
			hosts: ['h'],
			policy: { max_automatic_restarts: 0 },
			...given,
		}),
	);
}

const once = ['setup_group 0', 'setup_group 1'];
const body = ['setup_task 0', 'setup_task 1', 'main 0', 'main 1'];
const tidy = ['teardown_task 0', 'teardown_task 1', 'end'];
const leave = ['teardown_group 0', 'teardown_group 1'];
const first = ['next', 'start', ...once, ...body, ...tidy];
const further = ['next', 'start', ...body, ...tidy];

describe('the blocks of a task of a group', () => {
	test('stand in place of pre and post, and the group is left before the host is idle', () => {
		const story = hostStory([A]).asks().untilIdle();
		expect(story.since()).toEqual(first);
		expect(story.host).toMatchObject({ execution: null, group: { group: 'g', variant: 'v' } });
		story.asks();
		expect(story.host).toMatchObject({ execution: null, group: { group: 'g', variant: 'v' } });
		story.untilIdle();
		expect(story.since()).toEqual(['next', ...leave]);
		expect(story.host.group).toBeNull();
		expect(story.asks().since()).toEqual(['next']);
	});

	test('that are empty are passed over, and the host is set up all the same', () => {
		const empty = { setup_group: [], setup_task: [], teardown_task: [], teardown_group: [] };
		const story = hostStory([A], empty).asks();
		expect(story.doing).toBe('main 0');
		expect(story.host.group).toEqual({ group: 'g', variant: 'v' });
		story.untilIdle().asks();
		expect(story.since()).toEqual(['next', 'start', 'main 0', 'main 1', 'end', 'next']);
		expect(story.host).toMatchObject({ group: null, doing: { kind: 'idle' } });
	});

	test.each([
		['the group', two('stacks'), 'teardown_task 0', ['timeout 0', 'timeout 1']],
		['the group, an empty one', [], 'teardown_task 0', []],
		['the project, where the group has none', undefined, 'teardown_task 0', ['timeout 0']],
	])('include the timeout block of %s', (_, timeout, next, ran) => {
		const { timeout: _none, ...without } = GROUP;
		const group = timeout === undefined ? without : { ...without, timeout };
		const project = { ...PROJECT, task_groups: [group], timeout: [{ command: 'callback' }] };
		const setup = Setup.parse({ project, tasks: [A], hosts: ['h'] });
		const story = new HostStory(setup).asks().until('main').ends('timed-out-exec');
		story.did.splice(0, story.did.indexOf('mark') + 1);
		expect(story.until('teardown_task').since()).toEqual([...ran, next]);
	});
});

/** What a command does to its block: S4. */
type Consequence = 'goes on' | 'stops' | 'fails';
const CAN_FAIL = {
	setup_group: 'setup_group_can_fail_task',
	setup_task: 'setup_task_can_fail_task',
	teardown_task: 'teardown_task_can_fail_task',
} as const;
const AFTER: Partial<Record<Block, string>> = {
	setup_group: 'setup_task 0',
	setup_task: 'main 0',
	timeout: 'teardown_task 0',
	teardown_task: 'end',
	teardown_group: 'idle',
};
const errors = (
	block: Block,
	on: boolean,
	consequence: Consequence,
): [Block, boolean, CommandOutcome, Consequence][] => [
	[block, on, 'failed', consequence],
	[block, on, 'panicked', consequence],
];

describe('a command that fails (S4)', () => {
	test.each<[Block, boolean, CommandOutcome, Consequence]>([
		...(['setup_group', 'setup_task'] as const).flatMap(
			(block): [Block, boolean, CommandOutcome, Consequence][] => [
				...errors(block, false, 'goes on'),
				[block, false, 'timed-out-block', 'stops'],
				[block, false, 'timed-out-exec', 'fails'],
				[block, false, 'timed-out-idle', 'fails'],
				...errors(block, true, 'fails'),
				[block, true, 'timed-out-block', 'fails'],
				[block, true, 'timed-out-exec', 'fails'],
				[block, true, 'timed-out-idle', 'fails'],
			],
		),
		...errors('main', false, 'fails'),
		['main', false, 'timed-out-exec', 'fails'],
		['main', false, 'timed-out-idle', 'fails'],
		...errors('timeout', true, 'goes on'),
		['timeout', true, 'timed-out-block', 'stops'],
		...errors('teardown_task', false, 'goes on'),
		['teardown_task', false, 'timed-out-block', 'stops'],
		...errors('teardown_task', true, 'fails'),
		['teardown_task', true, 'timed-out-block', 'fails'],
		...errors('teardown_group', true, 'goes on'),
		['teardown_group', true, 'timed-out-block', 'stops'],
	])('in %s, its switch on: %s, %s: the block %s', (block, on, outcome, consequence) => {
		const switches = Object.fromEntries(
			Object.entries(CAN_FAIL).map(([name, key]) => [key, name === block ? on : !on]),
		);
		const story = hostStory([A], switches).asks();
		if (block === 'timeout') story.until('main').ends('timed-out-exec');
		if (block === 'teardown_group') story.untilIdle().asks();
		story.until(block).since();
		const timeOut = outcome.startsWith('timed-out') && block !== 'teardown_task';
		const then =
			consequence === 'fails'
				? ['mark', block === 'teardown_task' ? 'end' : timeOut ? 'timeout 0' : 'teardown_task 0']
				: [consequence === 'goes on' ? `${block} 1` : AFTER[block]];
		const after = story.ends(outcome).since();
		expect(after.length === 0 ? ['idle'] : after).toEqual(then);
		const fails = consequence === 'fails' || block === 'timeout';
		expect(story.untilIdle().seen.tasks[0]?.status).toBe(fails ? 'failed' : 'success');
	});

	test('in setup_group leaves out what stands before teardown_task, and the host is set up', () => {
		const story = hostStory([A, B], { setup_group_can_fail_task: true }).asks().ends('failed');
		expect(story.untilIdle().since()).toEqual(['next', 'start', once[0], 'mark', ...tidy]);
		expect(story.asks().untilIdle().since()).toEqual(further);
	});

	test('is no matter for the next task of the group', () => {
		const story = hostStory([A, B]).asks().until('main').ends('timed-out-exec').untilIdle();
		expect(story.asks().untilIdle().seen.tasks[1]?.details).toEqual({
			status: 'success',
			type: null,
			description: '',
			timed_out: null,
		});
	});
});

describe('an abort', () => {
	test.each(['setup_group', 'setup_task', 'main'] as const)(
		'in %s leads to teardown_task',
		(block) => {
			const story = hostStory([A]).asks().until(block);
			story.since();
			expect(story.aborts().since()).toEqual(['teardown_task 0']);
			expect(story.untilIdle().seen.tasks[0]).toMatchObject({
				status: 'failed',
				mark: 'none',
				details: { description: 'aborted' },
			});
		},
	);

	test.each(['timeout', 'teardown_task'] as const)('in %s changes nothing', (block) => {
		const story = hostStory([A]).asks().until('main');
		if (block === 'timeout') story.ends('timed-out-exec');
		story.until(block).since();
		expect(story.aborts().since()).toEqual([]);
		expect(story.ends().doing).toBe(`${block} 1`);
	});

	test('of the task that was given while the group is left is heard when the task has started', () => {
		const story = hostStory([A, { id: 'c', task: 'plain', variant: 'v' }])
			.asks()
			.untilIdle()
			.asks();
		story.happen({ kind: 'user-aborts', task: 'c' });
		expect(story.ends().doing).toBe('teardown_group 1');
		story.ends().happen({ kind: 'heartbeat-sent', host: 'h' });
		expect(story.doing).toBe('pre 0');
		expect(story.deliver().doing).toBe('post 0');
	});
});

describe('the host is set up again', () => {
	const restart = (task: string) => ({ kind: 'user-restarts', task, execution: 0 }) as const;

	test('not for the next task of the group', () => {
		const story = hostStory([A, B]).asks().untilIdle();
		story.since();
		expect(story.asks().untilIdle().since()).toEqual(further);
	});

	test.each([
		['another group', { ...B, group: 'other' }],
		['the group on another variant', { ...B, variant: 'w' }],
	])('for %s, when the one before is left', (_, next) => {
		const story = hostStory([A, next]).asks().untilIdle();
		story.since();
		const { group, variant } = next;
		expect(story.asks().host).toMatchObject({
			execution: null,
			group: { group: 'g', variant: 'v' },
		});
		expect(story.untilIdle().since()).toEqual(['next', ...leave, ...first.slice(1)]);
		expect(story.host.group).toEqual({ group, variant });
	});

	test('after a plain task, before which the group is left', () => {
		const plain = { id: 'plain', task: 'plain', variant: 'v' };
		const story = hostStory([A, plain, B]).asks().untilIdle();
		story.since();
		expect(story.asks().until('pre').host.group).toBeNull();
		const around = (block: string) => [`${block} 0`, `${block} 1`];
		const run = ['pre', 'main', 'post'].flatMap(around);
		expect(story.untilIdle().since()).toEqual(['next', ...leave, 'start', ...run, 'end']);
		expect(story.asks().untilIdle().since()).toEqual(first);
	});

	test('for a later execution than the one before, of whichever task', () => {
		const story = hostStory([A, B]).asks().untilIdle().happen(restart('a'));
		story.since();
		const again = ['next', ...leave, ...first.slice(1)];
		expect(story.asks().untilIdle().since()).toEqual(again);
		expect(story.seen.tasks[0]?.execution).toBe(1);
		// b, at execution 0, is no later one; then b again is, though the host was set up in an execution 1.
		expect(story.asks().untilIdle().since()).toEqual(further);
		expect(story.happen(restart('b')).asks().untilIdle().since()).toEqual(again);
	});

	test('after a death, without leaving the group first', () => {
		const story = hostStory([A, B]).asks().untilIdle().happen({ kind: 'agent-dies', host: 'h' });
		expect(story.host.group).toBeNull();
		story.happen({ kind: 'agent-returns', host: 'h' }).since();
		expect(story.asks().untilIdle().since()).toEqual(first);
	});

	test('not after an execution was lost', () => {
		const story = hostStory([A, B])
			.asks()
			.until('main')
			.happen({ kind: 'host-unreachable', host: 'h' });
		expect(story.host).toMatchObject({ execution: null, group: { group: 'g', variant: 'v' } });
		story.happen({ kind: 'monitor-runs' }).since();
		expect(story.asks().untilIdle().since()).toEqual(further);
	});

	test('not after a call was given up', () => {
		const story = hostStory([A, B]).asks().untilIdle().happen({ kind: 'host-asks', host: 'h' });
		story.happen({ kind: 'call-abandoned', host: 'h' }).deliver().since();
		expect(story.asks().untilIdle().since()).toEqual(further);
	});
});

describe('while a group is left', () => {
	const PLAIN = { id: 'plain', task: 'plain', variant: 'v' };
	/** The host leaves its group, for a plain task or for nothing. */
	const leaving = (tasks: Given['tasks'] = [A, PLAIN], given: Partial<Given> = {}) => {
		const story = hostStory(tasks, {}, given).asks().untilIdle().asks();
		story.since();
		return story;
	};
	const host = 'h';

	test('nothing is held: no heartbeat, no status; a background command is gone with the group', () => {
		const background = [{ command: 'log', background: true }, { command: 'x' }];
		const story = hostStory([A, PLAIN], { teardown_group: background }).asks().untilIdle().asks();
		expect(story.doing).toBe('teardown_group 1');
		const log = { block: 'teardown_group', step: 0, member: null } as const;
		expect(story.host).toMatchObject({ execution: null, background: [log], posted: null });
		expect(story.host.assigned).toEqual({ task: 'plain', execution: 0 });
		const posted = { status: 'failed', should_continue: false };
		expect(() => story.happen({ kind: 'heartbeat-sent', host })).toThrow(RangeError);
		expect(() => story.happen({ kind: 'status-posted', host, posted })).toThrow(RangeError);
		const fails = { kind: 'background-fails', host, position: log } as const;
		expect(() => story.happen(fails)).toThrow(RangeError);
		expect(story.ends().host).toMatchObject({ execution: { task: 'plain' }, background: [] });
	});

	test('hours end it, and the call that follows stays pending', () => {
		const story = leaving().happen({ kind: 'hours-pass', hours: 2 });
		expect(story.since()).toEqual(['start']);
		expect(story.host).toMatchObject({ group: null, execution: { task: 'plain', execution: 0 } });
		expect(story.seen.messages).toMatchObject([{ route: 'start', awaited: true }]);
		// One heartbeat was exchanged, so that the execution is not taken for lost.
		story.happen({ kind: 'monitor-runs' });
		expect(story.deliver().doing).toBe('pre 0');
	});

	test('the death of the agent ends it, and the task is given again', () => {
		const story = leaving().happen({ kind: 'agent-dies', host });
		expect(story.host).toMatchObject({ group: null, execution: null });
		story.happen({ kind: 'agent-returns', host }).since();
		expect(story.asks().since()).toEqual(['next', 'start', 'pre 0']);
	});

	test.each([
		['with the server down', [{ kind: 'server-crashes' }, { kind: 'hours-pass', hours: 1 }]],
		['of a host that is cut off', [{ kind: 'host-unreachable', host }]],
	] as const)('hours %s leave the agent idle', (_, events) => {
		const story = leaving();
		for (const event of events) story.happen(event);
		expect(story.host).toMatchObject({ group: null, execution: null, doing: { kind: 'idle' } });
		if (story.seen.server === 'down') story.happen({ kind: 'server-returns' });
		expect(story.asks().since()).toEqual(['next', 'start', 'pre 0']);
	});

	test('hours leave an agent idle that was given nothing', () => {
		const story = leaving([A]).happen({ kind: 'hours-pass', hours: 1 });
		expect(story.host).toMatchObject({ group: null, doing: { kind: 'idle' } });
		expect(story.seen.messages).toEqual([]);
	});

	test.each(Design.options)('under %s nobody asks for a restart', (design) => {
		const story = leaving([A], { design });
		expect(story.ends('failed').since()).toEqual(['teardown_group 1']);
		expect(story.host.posted).toBeNull();
		expect(story.ends('failed').doing).toBe('idle');
	});
});

describe('background commands', () => {
	const background = [{ command: 'server', background: true }, { command: 'x' }];
	const at = (block: Block) => ({ block, step: 0, member: null });

	test.each([
		['setup_group', true, true],
		['setup_group', false, false],
		['setup_task', true, true],
		['setup_task', false, false],
	] as const)('of %s are watched until main is over, its switch on: %s', (block, on, fails) => {
		const switches = { [CAN_FAIL[block]]: on, [block]: background };
		const story = hostStory([A], switches).asks().until('main');
		expect(story.host.background).toEqual([at(block)]);
		story.happen({ kind: 'background-fails', host: 'h', position: at(block) });
		expect(story.ends().doing).toBe(fails ? 'teardown_task 0' : 'main 1');
		story.until('teardown_task');
		expect(story.host.background).toEqual([]);
		expect(story.untilIdle().seen.tasks[0]?.status).toBe(fails ? 'failed' : 'success');
	});

	test('of two blocks before main run side by side, and are killed when main is over', () => {
		const story = hostStory([A], { setup_group: background, setup_task: background }).asks();
		expect(story.until('main').host.background).toEqual([at('setup_group'), at('setup_task')]);
		expect(story.until('teardown_task').host.background).toEqual([]);
	});

	test.each(['timeout', 'teardown_task'] as const)(
		'of %s run until the end is sent, processes shared or not, and nobody watches them',
		(block) => {
			const group = { [block]: background, share_processes: true };
			const story = hostStory([A], group).asks().until('main').ends('timed-out-exec');
			expect(story.until(block).host.background).toEqual([at(block)]);
			const fails = { kind: 'background-fails', host: 'h', position: at(block) } as const;
			expect(() => story.happen(fails)).toThrow(RangeError);
			expect(story.until('teardown_task').host.background).toEqual([at(block)]);
			expect(story.untilIdle().host).toMatchObject({ background: [] });
		},
	);
});

describe('a status that is posted in setup_group', () => {
	const stop = {
		kind: 'status-posted',
		host: 'h',
		posted: { status: 'failed', should_continue: false },
	} as const;

	test.each([
		[true, false, 'teardown_task 0'],
		[false, true, 'setup_task 0'],
		[false, false, 'setup_task 0'],
	])('stops the work where a block can, switches %s and %s', (group, task, next) => {
		const story = hostStory([A], {
			setup_group: [{ command: 'x' }],
			setup_group_can_fail_task: group,
			setup_task_can_fail_task: task,
		});
		expect(story.asks().happen(stop).ends().doing).toBe(next);
		if (next === 'setup_task 0') story.ends();
		if (!group) expect(story.doing).toBe(task ? 'teardown_task 0' : 'setup_task 1');
		if (!group && !task) expect(story.until('main').ends().doing).toBe('teardown_task 0');
		expect(story.untilIdle().seen.tasks[0]?.details).toMatchObject({
			status: 'failed',
			type: 'test',
		});
	});
});

describe('a restart by mark', () => {
	test.each(['setup_group', 'setup_task', 'main', 'teardown_task'] as const)(
		'follows on a failure in %s, where the block can fail the task',
		(block) => {
			const on = Object.fromEntries(Object.values(CAN_FAIL).map((key) => [key, true]));
			const policy = { max_automatic_restarts: 1 };
			const story = hostStory([A], on, { policy }).asks().until(block).ends('failed').untilIdle();
			expect(story.seen.tasks[0]).toMatchObject({ execution: 1, automatic_restarts: 1 });
			story.since();
			expect(story.asks().untilIdle().since()).toEqual(['next', ...leave, ...first.slice(1)]);
		},
	);
});
