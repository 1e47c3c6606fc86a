import { expect, test } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { commandAt, type PlannedCommand, planOf } from './commands.ts';
import {
	isAbortedMeanwhile,
	isMergeQueue,
	markCaller,
	markIsCalled,
	reasonToRefuse,
} from './marks.ts';
import { A0, calling, FAILED, running } from './testing/flaky.ts';
import { pairOf } from './testing/pair.ts';
import { type Change, host, resting, seen, setupToJudge, task } from './testing/seen.ts';

const setup = setupToJudge();
const queue = setupToJudge({ requester: 'github_merge_request' });
const MONITOR = { kind: 'monitor-runs' } as const satisfies Event;
const RUNS = { status: 'started' } as const;
const of = (state: Setup, ...changes: Change[]) =>
	changes.reduce((one, change) => change(one), resting(state));

test('nothing speaks against the first mark of what runs, but cap, budget and quota, and joins of a list', () => {
	const reason = (changes: readonly Change[], policy: Partial<Setup['policy']> = {}) => {
		const pair = pairOf(policy);
		const state = of(pair, task('a', RUNS), ...changes);
		const [one] = state.tasks;
		return one === undefined ? '' : reasonToRefuse(pair, state, one);
	};
	expect(reason([])).toBeNull();
	expect(reason([task('a', { status: 'dispatched' })])).toBeNull();
	expect(reason([task('a', { status: 'failed' })])).toBe('not running');
	expect(reason([task('a', { mark: 'refused_quota' })])).toBe('decided before');
	expect(reason([task('a', { aborted: true })])).toBe('aborted');
	expect(reason([task('b', { execution: 9 })])).toBe('cap');
	expect(reason([task('b', { execution: 8 })])).toBeNull();
	expect(reason([task('c', { execution: 9 })])).toBeNull();
	expect(reason([task('a', { automatic_restarts: 1 })])).toBe('budget');
	expect(reason([task('a', { automatic_restarts: 1 })], { max_automatic_restarts: 2 })).toBeNull();
	expect(reason([seen({ quota_used: 200 })])).toBe('quota');
	expect(reason([seen({ quota_used: 199 })])).toBeNull();
	expect(reason([seen({ quota_used: 200 })], { daily_limit: 0 })).toBeNull();
	const listed = task('b', { restart_pending: true });
	expect(
		reason([listed, task('a', { automatic_restarts: 1 }), seen({ quota_used: 200 })]),
	).toBeNull();
	expect(reason([listed, task('b', { execution: 9 })])).toBe('cap');
	const state = of(queue, task('a', RUNS));
	expect(state.tasks[0] && reasonToRefuse(queue, state, state.tasks[0])).toBe('merge queue');
	expect([queue, setup].map(isMergeQueue)).toEqual([true, false]);
});

test('the monitor aborts in the merge queue what it ends after the first failure, of that version', () => {
	const meanwhile = (
		state: Setup,
		place: number,
		before: readonly Change[],
		after: readonly Change[],
		event: Event = MONITOR,
	) => {
		const was = of(state, ...before);
		const is = of(state, ...before, ...after);
		const [then, now] = [was.tasks[place], is.tasks[place]];
		if (then === undefined || now === undefined) throw new Error('there is no task');
		return isAbortedMeanwhile({ setup: state, before: was, event, after: is }, then, now);
	};
	const run = [task('a', RUNS), task('b', RUNS)];
	const a = task('a', { status: 'failed', details: FAILED });
	const b = task('b', { status: 'failed', aborted: true });
	expect(meanwhile(queue, 1, run, [a, b])).toBe(true);
	expect(meanwhile(queue, 0, run, [a, b])).toBe(false);
	expect(meanwhile(queue, 0, run, [task('a', { status: 'failed', aborted: true }), b])).toBe(false);
	expect(meanwhile(queue, 1, run, [a, task('b', { status: 'failed' })])).toBe(false);
	expect(meanwhile(queue, 1, run, [task('a', { status: 'success' }), b])).toBe(false);
	expect(meanwhile(queue, 1, run, [task('a', { status: 'failed', aborted: true }), b])).toBe(false);
	expect(
		meanwhile(
			queue,
			1,
			[task('a', { ...RUNS, aborted: true }), task('b', RUNS)],
			[task('a', { status: 'failed' }), b],
		),
	).toBe(false);
	expect(meanwhile(queue, 1, [a, task('b', RUNS)], [b])).toBe(false);
	expect(meanwhile(setup, 1, run, [a, b])).toBe(false);
	expect(meanwhile(queue, 1, run, [a, b], { kind: 'user-aborts', task: 'b' })).toBe(false);
	const two: Setup = {
		...queue,
		tasks: queue.tasks.map((one) => (one.id === 'a' ? { ...one, version: 'v' } : one)),
		other_versions: [{ id: 'v' }],
	};
	expect(meanwhile(two, 1, run, [a, b])).toBe(false);
});

test('a mark begins where an agent calls for one that did not', () => {
	const begins = (before: readonly Change[], after: readonly Change[]) =>
		markCaller({
			setup,
			before: of(setup, ...before),
			event: MONITOR,
			after: of(setup, ...before, ...after),
		})?.id;
	const marks = (id: 'h' | 'g') => host(id, { execution: A0, doing: calling('mark') });
	expect(begins([], [])).toBeUndefined();
	expect(begins([host('h', { execution: A0 })], [marks('h')])).toBe('h');
	expect(begins([], [marks('g')])).toBe('g');
	expect(begins([marks('g')], [host('g', { doing: calling('mark', 2) })])).toBeUndefined();
});

test('an agent has to mark what a flagged command failed, where nothing speaks against it', () => {
	const ends: Event = { kind: 'command-ends', host: 'h', outcome: 'failed' };
	const at = (block: 'main' | 'post'): PlannedCommand => {
		const plan = planOf(setup, 'a');
		const command = plan && commandAt(plan, { block, step: 0, member: null });
		if (command == null) throw new Error('there is no command');
		return command;
	};
	const called = (
		after: readonly Change[],
		{ event = ends as Event, failed = at('main'), before = [] as readonly Change[] } = {},
	) => {
		const start = [
			task('a', RUNS),
			host('h', { execution: A0, doing: running('main') }),
			...before,
		];
		return markIsCalled(
			{ setup, before: of(setup, ...start), event, after: of(setup, ...start, ...after) },
			failed,
		);
	};
	const goesOn = [host('h', { doing: running('post') })];
	expect(called([host('h', { doing: calling('mark') })])).toBe(true);
	expect(called(goesOn)).toBe(
		'The flagged command "integration" (main command 0) failed execution 0 of "a" on host "h" and nothing speaks against a restart, but the agent asked for none.',
	);
	const posts = { status: 'failed', should_continue: true } as const;
	expect(called([host('h', { posted: { ...posts, retryable: true } })])).toBe(true);
	expect(called([host('h', { posted: posts })])).toContain('but the agent asked for none');
	expect(called(goesOn, { failed: at('post') })).toBe(false);
	expect(called(goesOn, { event: MONITOR })).toBe(false);
	expect(called(goesOn, { before: [task('a', { aborted: true })] })).toBe(false);
	expect(called(goesOn, { before: [task('a', { execution: 1 })] })).toBe(false);
	expect(called(goesOn, { before: [host('h', { execution: null })] })).toBe(false);
});
