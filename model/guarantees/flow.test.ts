import { describe, expect, it, test } from 'vitest';
import type { CommandOutcome } from '../vocabulary/command.ts';
import type { Event } from '../vocabulary/events/event.ts';
import type { Observation } from '../vocabulary/observation.ts';
import type { Block } from '../vocabulary/project.ts';
import { turnAt, wrongTurn } from './flow.ts';
import { A0, calling, running } from './testing/flaky.ts';
import {
	type Change,
	delivered,
	groupOf,
	host,
	inFlight,
	reply,
	resting,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge({
	project: {
		id: 'p',
		pre: [{ command: 'fetch' }, { command: 'log', background: true }, { command: 'list' }],
		tasks: [{ name: 'test', commands: [{ command: 'test' }, { command: 'more' }] }],
		post: [{ command: 'pack' }, { command: 'mac', variants: ['mac'] }, { command: 'clean' }],
	},
});
const B0 = { task: 'b', execution: 0 };
const at = (...changes: Change[]) =>
	changes.reduce((state, change) => change(state), resting(setup));
const RUNS = task('a', { status: 'started', host: 'h' });
const on = (block: Block, step = 0) => host('h', { execution: A0, doing: running(block, step) });
const moment = (before: Observation, event: Event, after: Observation, judged = setup) => ({
	setup: judged,
	before,
	event,
	after,
});

describe('after the end of a command', () => {
	const ends = (outcome: CommandOutcome): Event => ({ kind: 'command-ends', host: 'h', outcome });
	const turn = (was: Change, outcome: CommandOutcome, is: Change) => {
		const now = moment(at(RUNS, was), ends(outcome), at(RUNS, was, is));
		return [turnAt(now), wrongTurn(now)];
	};

	test.each<[string, ...Parameters<typeof turn>, ReturnType<typeof turnAt>]>([
		['the next command of its block', on('pre'), 'failed', on('pre', 2), 'goes-on'],
		['main after the last one of pre', on('pre', 2), 'failed', on('main'), 'goes-on'],
		['the next that is listed for the variant', on('post'), 'failed', on('post', 2), 'goes-on'],
		[
			'nothing after the last one',
			on('post', 2),
			'failed',
			host('h', { doing: calling('end') }),
			'goes-on',
		],
		['main, where the time of pre ran out', on('pre'), 'timed-out-block', on('main'), 'stops'],
		[
			'the end, where the time of post ran out',
			on('post'),
			'timed-out-block',
			host('h', { doing: calling('end') }),
			'stops',
		],
		['post, where the task fails', on('main'), 'failed', on('post'), 'fails'],
		[
			'a call, where the task fails',
			on('main'),
			'failed',
			host('h', { doing: calling('mark') }),
			'fails',
		],
		['post, where the time of a command ran out', on('pre'), 'timed-out-exec', on('post'), 'fails'],
		['whatever comes, where it succeeds', on('pre'), 'succeeded', on('post'), 'succeeds'],
	])('comes %s', (_, was, outcome, is, due) => {
		expect(turn(was, outcome, is)).toEqual([due, null]);
	});

	test.each<[...Parameters<typeof turn>, string]>([
		[
			on('pre'),
			'failed',
			on('main'),
			'"fetch" (pre command 0) of execution 0 of "a" ended as failed, which does not fail the task: "list" (pre command 2) should run next, but it does not.',
		],
		[on('pre'), 'failed', host('h', { doing: calling('end') }), 'should run next'],
		[on('pre', 2), 'failed', on('main', 1), '"test" (main command 0) should run next'],
		[
			on('pre'),
			'timed-out-block',
			on('pre', 2),
			'"fetch" (pre command 0) of execution 0 of "a" ended as timed-out-block, which stops its block, but its agent went on to pre command 2.',
		],
		[
			on('main'),
			'failed',
			on('main', 1),
			'"test" (main command 0) of execution 0 of "a" ended as failed, which fails the task, but its agent went on to main command 1.',
		],
		[
			on('pre'),
			'timed-out-idle',
			on('main'),
			'which fails the task, but its agent went on to main command 0',
		],
	])('is seen to be wrong', (was, outcome, is, sentence) => {
		expect(turn(was, outcome, is)[1]).toContain(sentence);
	});

	it('is not over while its script asks for a restart', () => {
		const asks = (position: boolean) =>
			host('h', {
				doing: {
					...calling('mark'),
					...(position ? { for: { block: 'pre', step: 0, member: null } } : {}),
				},
			});
		expect(turn(on('pre'), 'failed', asks(true))[1]).toBeNull();
		expect(turn(on('pre'), 'failed', asks(false))[1]).toContain('should run next');
	});

	it('ends the clean-up that can fail the task', () => {
		const strict = groupOf({
			teardown_task: [{ command: 'pack' }, { command: 'clean' }],
			teardown_task_can_fail_task: true,
		});
		const then = (is: Change) => {
			const was = at(RUNS, on('teardown_task'));
			return wrongTurn(moment(was, ends('failed'), is(was), strict));
		};
		expect(then(host('h', { doing: calling('end') }))).toBeNull();
		expect(then(on('teardown_task', 1))).toContain('which fails the task, but its agent went on');
		expect(then(on('teardown_group'))).toBeNull();
	});
});

describe('when an agent hears of an abort', () => {
	const ABORTED = task('a', { aborted: true });
	const beat = (hostId = 'h', outcome: 'abort' | 'ok' = 'abort') =>
		inFlight({ ...reply('heartbeat', A0, 200, outcome), host: hostId });
	const HEARS = delivered('reply', 'heartbeat');
	const hears = (was: Change, is: Change, ...changes: Change[]) => {
		const before = at(RUNS, ABORTED, was, beat(), ...changes);
		const now = moment(before, HEARS, is(inFlight()(before)));
		return [turnAt(now), wrongTurn(now)];
	};
	const same: Change = (state) => state;

	it('cancels what can fail the task, and nothing else', () => {
		expect(hears(on('main'), on('post'))).toEqual(['cut-short', null]);
		expect(hears(on('main'), same)).toEqual([
			'cut-short',
			'The agent on host "h" heard that execution 0 of "a" was aborted, but it works on: it did not cancel main command 0.',
		]);
		expect(hears(on('main'), on('main', 1))[1]).toContain('it did not cancel main command 0');
		expect(hears(on('post'), same)).toEqual(['no-effect', null]);
		expect(hears(on('post'), on('post', 2))).toEqual([
			'no-effect',
			'The agent on host "h" heard of an abort, which has no effect on post, but it broke off post command 0 of execution 0 of "a".',
		]);
		expect(hears(host('h', { execution: A0, doing: calling('mark') }), same)).toEqual([null, null]);
	});

	it('hears by an answer to its own heartbeat', () => {
		expect(hears(on('main'), same, beat('g'))).toEqual([null, null]);
		expect(hears(on('main'), same, beat('h', 'ok'))).toEqual([null, null]);
	});

	const passes = (was: readonly Change[], ...is: Change[]) => {
		const before = at(RUNS, ...was);
		const after = [seen({ minute: 1 }), ...is].reduce((state, change) => change(state), before);
		const now = moment(before, { kind: 'minutes-pass', minutes: 1 }, after);
		return [turnAt(now), wrongTurn(now)];
	};

	it('hears while time passes, of the execution that it holds', () => {
		expect(passes([ABORTED, on('main')], on('post'))).toEqual(['cut-short', null]);
		expect(passes([ABORTED, on('main')])[1]).toContain('it works on');
		expect(passes([on('main')])).toEqual([null, null]);
		const later = task('a', { execution: 1 });
		expect(passes([ABORTED, on('main'), later])).toEqual([null, null]);
		expect(passes([ABORTED, on('main')], later)).toEqual([null, null]);
		expect(passes([ABORTED, on('main')], task('a', { status: 'failed' }))).toEqual([null, null]);
		expect(passes([ABORTED, on('main')], seen({ server: 'down' }))).toEqual([null, null]);
		expect(passes([ABORTED, host('h', { doing: running('teardown_group') })])).toEqual([
			null,
			null,
		]);
	});

	it('tells the rarer of several turns, and what is wrong on any host', () => {
		const both = [
			ABORTED,
			task('b', { status: 'started', host: 'g', aborted: true }),
			on('main'),
			host('g', { execution: B0, doing: running('post') }),
		];
		expect(passes(both, on('post'))).toEqual(['no-effect', null]);
		expect(passes(both, on('post'), host('g', { doing: calling('end') }))[1]).toContain(
			'The agent on host "g" heard of an abort, which has no effect on post',
		);
	});
});
