import { describe, expect, it, test } from 'vitest';
import { readyWorkRuns } from './ready-work-runs.ts';
import { after, FAILED, SUCCESS, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { pairOf } from './testing/pair.ts';
import {
	type Change,
	delivered,
	groupOf,
	host,
	inFlight,
	judgeScenes,
	request,
	resting,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const owed = (setup: ReturnType<typeof setupToJudge>, ...changes: Change[]) =>
	readyWorkRuns.owed?.(
		null,
		setup,
		changes.reduce((was, change) => change(was), resting(setup)),
	);

const ended = (id: string, change = {}) =>
	task(id, { status: 'failed', host: 'h', ended_minute: 0, details: FAILED, ...change });
const started = (id: string, on = 'h') => task(id, { status: 'started', host: on });
const waits = pairOf();
const single = groupOf({});
const double = groupOf({ max_hosts: 2 });

it('is put to the test when a host asks while something is ready for it', () => {
	const asked: Scene = [delivered('request', 'next')];
	expect(judgeScenes(readyWorkRuns, setupToJudge(), until('dispatched')).exercised).toBe(1);
	const none = [
		...until('asks'),
		[delivered('reply', 'next'), started('a'), started('b', 'g')],
		[{ kind: 'host-asks', host: 'h' }, inFlight(request('next', null))],
		asked,
	] as const satisfies Scene[];
	expect(judgeScenes(readyWorkRuns, setupToJudge(), none).exercised).toBe(0);
});

it('owes a restarted task its run', () => {
	const scenes = [...until('restarted'), ...after('restarted')];
	const b = task('b', { status: 'success' });
	const { owed: sentence } = judgeScenes(readyWorkRuns, setupToJudge(), [
		...scenes,
		[{ kind: 'server-returns' }, b],
	]);
	expect(sentence).toBe(
		'execution 1 of "a" is ready, and host "h" asks for work again and again, but it is never dispatched.',
	);
});

describe('owes nothing', () => {
	const b = task('b', { status: 'success', host: 'g', ended_minute: 0, details: SUCCESS });
	test.each<[string, ReturnType<typeof setupToJudge>, Change[]]>([
		['where everything has ended or runs', setupToJudge(), [ended('a'), started('b')]],
		[
			'where no agent is left',
			setupToJudge(),
			[b, host('h', { agent: 'dead' }), host('g', { agent: 'dead' })],
		],
		[
			'to who is not scheduled',
			setupToJudge({ tasks: [{ id: 'a', task: 'test', variant: 'linux', activated: false }] }),
			[task('a', { held: 'inactive' })],
		],
		['to who waits', waits, [ended('a'), started('b')]],
		['to who is blocked', waits, [ended('a'), ended('b'), task('c', { held: 'blocked' })]],
		[
			'to who waits for one that is about to restart',
			waits,
			[ended('a'), task('b', { status: 'failed', restart_pending: true })],
		],
		[
			'to a member of a group that is kept for a host that is gone',
			single,
			[
				task('a', { status: 'success', host: 'h', ended_minute: 0, details: SUCCESS }),
				host('h', { agent: 'dead' }),
			],
		],
	])('%s', (_, setup, changes) => {
		expect(owed(setup, ...changes)).toBeNull();
	});
});

describe('owes', () => {
	const done = task('a', { status: 'success', host: 'h', ended_minute: 0, details: SUCCESS });
	const dead = host('h', { agent: 'dead' });
	test.each<[string, ReturnType<typeof setupToJudge>, Change[], string]>([
		['the host of a group the next member', single, [done], '"b" is ready, and host "h"'],
		[
			'any host a member, when an hour has passed',
			single,
			[done, dead, seen({ minute: 60 })],
			'"b" is ready, and host "g"',
		],
		['a host a member of a group with room', double, [started('a')], '"b" is ready, and host "h"'],
		[
			'who waited, when that succeeded',
			waits,
			[ended('a'), task('b', { status: 'success' })],
			'"c" is ready',
		],
		[
			'who is shown as held, and is not',
			setupToJudge(),
			[ended('a'), task('b', { held: 'waiting' })],
			'"b" is ready',
		],
	])('%s', (_, setup, changes, sentence) => {
		expect(owed(setup, ...changes)).toContain(sentence);
	});
	test('nobody a member of a group that has no room', () => {
		const { project } = double;
		const third: typeof double = {
			...double,
			project: {
				...project,
				tasks: [...project.tasks, { name: 'third', commands: [] }],
				task_groups: [{ name: 'grp', tasks: ['test', 'other', 'third'], max_hosts: 2 }],
			},
			tasks: [...double.tasks, { id: 'c', task: 'third', variant: 'linux', group: 'grp' }],
		};
		expect(owed(third, started('a'), started('b', 'g'))).toBeNull();
	});
});

describe('is put to the test', () => {
	const done = task('a', { status: 'success', host: 'h', ended_minute: 0, details: SUCCESS });
	const asks = (id: 'h' | 'g', ...changes: Change[]): Scene[] => [
		[{ kind: 'host-asks', host: id }, ...changes, inFlight({ ...request('next', null), host: id })],
		[delivered('request', 'next')],
	];
	test.each<[string, ReturnType<typeof setupToJudge>, 'h' | 'g', string[], Change[]]>([
		['by who asks first', setupToJudge(), 'h', ['first'], []],
		[
			'by a task that was restarted',
			setupToJudge(),
			'h',
			['restarted'],
			[task('a', { execution: 1 })],
		],
		[
			'by no host that has something',
			setupToJudge(),
			'h',
			[],
			[host('h', { assigned: { task: 'a', execution: 0 } })],
		],
		['by another host of a group that runs', single, 'g', [], [started('a')]],
		['by the host of a group that is done there', single, 'h', ['first'], [done]],
		['by another host for an hour', single, 'g', [], [done, seen({ minute: 59 })]],
		['by any host then', single, 'g', ['first'], [done, seen({ minute: 60 })]],
		[
			'by the hour after the end',
			single,
			'g',
			[],
			[
				task('a', { status: 'success', host: 'h', ended_minute: 100, details: SUCCESS }),
				seen({ minute: 130 }),
			],
		],
	])('%s', (_, setup, id, halves, changes) => {
		expect(halvesAt(readyWorkRuns, setup, asks(id, ...changes))).toEqual(halves);
	});

	test('by the host on which a group ended last', () => {
		const { project, tasks } = single;
		const three = setupToJudge({
			project: {
				...project,
				tasks: [...project.tasks, { name: 'third', commands: [] }],
				task_groups: [{ name: 'grp', tasks: ['test', 'other', 'third'] }],
			},
			tasks: [...tasks, { id: 'c', task: 'third', variant: 'linux', group: 'grp' }],
		});
		const over = [
			task('a', { status: 'success', host: 'h', ended_minute: 9, details: SUCCESS }),
			task('b', { status: 'success', host: 'g', ended_minute: 3, details: SUCCESS }),
			seen({ minute: 10 }),
		];
		expect(halvesAt(readyWorkRuns, three, asks('h', ...over))).toEqual(['first']);
		expect(halvesAt(readyWorkRuns, three, asks('g', ...over))).toEqual([]);
	});
});

it('lets be off the schedule what was never on it', () => {
	const off = setupToJudge({
		tasks: [{ id: 'a', task: 'test', variant: 'linux', activated: false }],
	});
	const scene = (id: string): Scene => [{ kind: 'monitor-runs' }, task(id, { held: 'inactive' })];
	expect(judgeScenes(readyWorkRuns, off, [scene('a')])).toMatchObject({
		broken: null,
		exercised: 0,
	});
	expect(judgeScenes(readyWorkRuns, setupToJudge(), [scene('b')]).broken).toBe(
		'execution 0 of "b" is scheduled and has yet to run, but it was taken off the schedule, so that it never will.',
	);
	const queue = setupToJudge({ requester: 'github_merge_request' });
	expect(judgeScenes(readyWorkRuns, queue, [scene('b')]).broken).toBeNull();
});
