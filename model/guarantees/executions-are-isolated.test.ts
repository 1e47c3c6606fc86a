import { expect, it } from 'vitest';
import { executionsAreIsolated } from './executions-are-isolated.ts';
import { A0, FAILED, granted, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	delivered,
	displays,
	host,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge();
const late = (route: 'mark' | 'end'): Scene => [
	{ kind: 'message-repeated', message: { leg: 'request', route } },
	inFlight(request(route, A0)),
];

it('holds when a late request changes nothing', () => {
	const refused: Scene = [delivered('request', 'mark'), answer(400, 'refused_not_running')];
	const judged = judgeScenes(executionsAreIsolated, setup, [
		...until('idle'),
		late('mark'),
		refused,
	]);
	expect(judged).toMatchObject({ broken: null, exercised: 1 });
});

it('is violated when a late request reaches the next execution', () => {
	const grants: Scene = [delivered('request', 'mark'), task('a', granted)];
	expect(
		judgeScenes(executionsAreIsolated, setup, [...until('idle'), late('mark'), grants]).broken,
	).toBe(
		'The mark sent on behalf of execution 0 of "a" came late and should change nothing, but it changed execution 1 of "a".',
	);
	const takes: Scene = [delivered('request', 'mark'), seen({ quota_used: 5 })];
	expect(
		judgeScenes(executionsAreIsolated, setup, [...until('idle'), late('mark'), takes]).broken,
	).toContain('quota');
});

it('is violated when a request changes another task', () => {
	const strays: Scene = [delivered('request', 'mark'), task('b', { aborted: true })];
	expect(judgeScenes(executionsAreIsolated, setup, [...until('fails'), strays]).broken).toContain(
		'it changed execution 0 of "b"',
	);
});

it('is violated when a secret of another execution changes a task', () => {
	const event: Scene[0] = {
		kind: 'request-forged',
		route: 'end',
		task: 'a',
		host: 'h',
		credentials: 'previous-execution',
	};
	const quiet: Scene = [event, answer(200, 'already_ended')];
	expect(judgeScenes(executionsAreIsolated, setup, [...until('idle'), quiet])).toMatchObject({
		broken: null,
		exercised: 1,
	});
	const loud: Scene = [event, task('a', { status: 'failed' })];
	expect(judgeScenes(executionsAreIsolated, setup, [...until('idle'), loud]).broken).toContain(
		'should affect no execution',
	);
});

it('is violated when a host is given what another one has', () => {
	const given: Scene = [delivered('request', 'next'), task('a', { host: 'other' })];
	const asks: Scene = [{ kind: 'host-asks', host: 'h' }, inFlight(request('next', null))];
	expect(
		judgeScenes(executionsAreIsolated, setup, [...until('started'), asks, given]).broken,
	).toContain('was given it too');
});

const B0 = { task: 'b', execution: 0 };
const onG: Scene = [
	{ kind: 'heartbeat-sent', host: 'g' },
	task('b', { status: 'started', host: 'g' }),
	host('g', { assigned: B0 }),
];
const ended = task('a', { status: 'failed', ended_minute: 0, details: FAILED });

it('lets the first failure of a merge-queue version abort that version, an end only, and no other version', () => {
	const one = { ...setup, requester: 'github_merge_request' } as const;
	const two = {
		...one,
		tasks: one.tasks.map((each) => (each.id === 'b' ? { ...each, version: 'v' } : each)),
		other_versions: [{ id: 'v' }],
	};
	const aborted = task('b', {
		aborted: true,
		mark: 'withdrawn',
		restart_pending: false,
		automatic_restarts: 0,
	});
	const marked = task('b', granted);
	const story: Scene[] = [...until('callsEnd'), onG, [{ kind: 'monitor-runs' }, marked]];
	const end: Scene = [delivered('request', 'end'), ended, aborted];
	expect(judgeScenes(executionsAreIsolated, one, [...story, end]).broken).toBeNull();
	expect(judgeScenes(executionsAreIsolated, two, [...story, end]).broken).toContain(
		'it changed execution 0 of "b"',
	);
	expect(judgeScenes(executionsAreIsolated, setup, [...story, end]).broken).toContain(
		'it changed execution 0 of "b"',
	);
	const mark: Scene = [delivered('request', 'mark'), task('b', { aborted: true })];
	expect(judgeScenes(executionsAreIsolated, one, [...until('fails'), onG, mark]).broken).toContain(
		'it changed execution 0 of "b"',
	);
});

it('lets a display task be shown otherwise whose members are concerned, by dependents too', () => {
	const dependent = setupToJudge({
		tasks: [
			{ id: 'a', task: 'test', variant: 'linux' },
			{ id: 'b', task: 'test', variant: 'linux', depends_on: ['a'] },
		],
		display_tasks: [{ id: 'd', execution_tasks: ['b'] }],
	});
	const released: Scene = [delivered('request', 'end'), ended, displays('failed')];
	expect(
		judgeScenes(executionsAreIsolated, dependent, [...until('callsEnd'), released]).broken,
	).toBeNull();
	const alone = setupToJudge({ display_tasks: [{ id: 'd', execution_tasks: ['b'] }] });
	expect(
		judgeScenes(executionsAreIsolated, alone, [...until('callsEnd'), released]).broken,
	).toContain('display task "d" is shown otherwise');
});

it('is violated when what a host has is given to another one that asks for work', () => {
	const asks: Scene = [{ kind: 'host-asks', host: 'h' }, inFlight(request('next', null))];
	const gives = (change: Parameters<typeof task>[1]): Scene => [
		delivered('request', 'next'),
		task('b', change),
	];
	const judged = (change: Parameters<typeof task>[1]) =>
		judgeScenes(executionsAreIsolated, setup, [onG, asks, gives(change)]).broken;
	expect(judged({ host: 'h' })).toContain('was given to host "g", but host "h"');
	expect(judged({ status: 'dispatched' })).toBeNull();
	expect(judged({ execution: 1, status: 'dispatched', host: 'h' })).toBeNull();
});

it('tells apart what puts it to the test', () => {
	const at = (...scenes: Scene[]) => halvesAt(executionsAreIsolated, setup, scenes);
	const refused: Scene = [delivered('request', 'mark'), answer(400, 'refused_not_running')];
	expect(at(...until('idle'), late('mark'), refused)).toEqual(['late']);
	expect(at(...until('granted'))).toEqual([]);
	expect(at(...until('fails'), onG, [delivered('request', 'mark')])).toEqual(['live']);
	const forges = (credentials: 'previous-execution' | 'other-task' | 'none' | 'right'): Scene => [
		{ kind: 'request-forged', route: 'end', task: 'a', host: 'h', credentials },
	];
	expect(at(...until('runs'), forges('previous-execution'))).toEqual(['late']);
	expect(at(...until('runs'), forges('other-task'))).toEqual(['late']);
	expect(at(...until('runs'), forges('none'))).toEqual([]);
	expect(at(...until('runs'), forges('right'))).toEqual([]);
	expect(at(...until('runs'), [{ kind: 'monitor-runs' }])).toEqual([]);
	expect(halvesAt(executionsAreIsolated, pairOf(), pairUntil('aGranted'))).toEqual(['live']);
});
