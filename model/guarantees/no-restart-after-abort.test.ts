import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import { noRestartAfterAbort } from './no-restart-after-abort.ts';
import { FAILED, restartedA, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { pairOf } from './testing/pair.ts';
import {
	answer,
	delivered,
	judgeScenes,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const aborts: Scene = [
	{ kind: 'user-aborts', task: 'a' },
	task('a', { aborted: true, mark: 'withdrawn', restart_pending: false, automatic_restarts: 0 }),
	seen({ quota_used: 0 }),
];
const abortsEarly: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];
const setup = setupToJudge();

it('holds when an abort withdraws a granted mark', () => {
	const judged = judgeScenes(noRestartAfterAbort, setup, [...until('granted'), aborts]);
	expect(judged).toMatchObject({ broken: null, exercised: 1 });
});

it('holds when a mark after an abort is answered 200 and changes nothing', () => {
	const ignored: Scene = [delivered('request', 'mark'), answer(200, 'ignored_aborted')];
	const judged = judgeScenes(noRestartAfterAbort, setup, [...until('fails'), abortsEarly, ignored]);
	expect(judged).toMatchObject({ broken: null, exercised: 2 });
});

it('is violated when an abort leaves the restart pending', () => {
	const leaves: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];
	const judged = judgeScenes(noRestartAfterAbort, setup, [...until('granted'), leaves]);
	expect(judged.broken).toBe(
		'execution 0 of "a" was aborted, but its automatic restart is still pending.',
	);
});

it('is violated when an abort leaves the mark granted', () => {
	const leaves: Scene = [aborts[0], task('a', { aborted: true, restart_pending: false })];
	expect(judgeScenes(noRestartAfterAbort, setup, [...until('granted'), leaves]).broken).toContain(
		'still counts as granted',
	);
});

it('is violated when an aborted execution is restarted', () => {
	const restarts: Scene = [delivered('request', 'end'), task('a', restartedA)];
	const judged = judgeScenes(noRestartAfterAbort, setup, [
		...until('fails'),
		abortsEarly,
		restarts,
	]);
	expect(judged.broken).toContain('it was restarted automatically');
});

it('is violated when a mark after an abort takes quota or is an error', () => {
	const takes: Scene = [
		delivered('request', 'mark'),
		seen({ quota_used: 1 }),
		answer(200, 'granted'),
	];
	const error: Scene = [delivered('request', 'mark'), answer(500, 'refused_not_running')];
	const early = [...until('fails'), abortsEarly];
	expect(judgeScenes(noRestartAfterAbort, setup, [...early, takes]).broken).toContain(
		'should change nothing',
	);
	expect(judgeScenes(noRestartAfterAbort, setup, [...early, error]).broken).toContain(
		'the answer was 500',
	);
});

const halves = (scenes: readonly Scene[], judged = setup) =>
	halvesAt(noRestartAfterAbort, judged, scenes);
const over = task('a', { status: 'failed', ended_minute: 0, details: FAILED });

it('is put to the test by an abort and by the end of what was aborted, not by what happens in between or else', () => {
	expect(halves([...until('granted'), aborts])).toEqual(['aborted', 'withdrawn']);
	expect(halves([...until('runs'), abortsEarly])).toEqual(['aborted']);
	const between: Scene = [{ kind: 'monitor-runs' }, task('a', {})];
	expect(halves([...until('runs'), abortsEarly, between])).toEqual([]);
	const ends: Scene = [delivered('request', 'end'), over];
	expect(halves([...until('runs'), abortsEarly, ends])).toEqual(['ended', 'not-listed']);
	expect(halves(until('restarted'))).toEqual([]);
	const nothing: Scene = [{ kind: 'user-aborts', task: 'b' }];
	expect(halves([...until('runs'), nothing])).toEqual([]);
	const restarts: Scene = [
		{ kind: 'user-restarts', task: 'a', execution: 0 },
		task('a', { ...restartedA, started_by: { by: 'user' } }),
	];
	expect(halves([...until('runs'), ends, restarts])).toEqual([]);
});

it('is put to the test by the abort of a display task where something of it runs or is on the list', () => {
	const aborted: Scene = [{ kind: 'user-aborts', task: 'd' }];
	const bothOver: Scene = [
		{ kind: 'monitor-runs' },
		over,
		task('b', { status: 'failed', ended_minute: 0, details: FAILED }),
	];
	expect(halves([bothOver, aborted], pairOf())).toEqual([]);
	const listed: Scene = [...bothOver, task('a', { restart_pending: true })];
	const off: Scene = [...aborted, task('a', { restart_pending: false })];
	expect(halves([listed, off], pairOf())).toEqual(['withdrawn']);
});

it.each<[Event, string]>([
	[{ kind: 'user-aborts', task: 'd' }, 'The display task of execution 0 of "a" was aborted'],
	[{ kind: 'user-aborts-version' }, 'The version of execution 0 of "a" was aborted'],
])('says what was aborted: %j', (event, said) => {
	const listed: Scene = [{ kind: 'monitor-runs' }, over, task('a', { restart_pending: true })];
	expect(judgeScenes(noRestartAfterAbort, pairOf(), [listed, [event]]).broken).toBe(
		`${said}, but the restart for its sake is still pending.`,
	);
});

it('is violated where an abort does not reach what runs', () => {
	const runs: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'started' })];
	const broken = (event: Event) =>
		judgeScenes(noRestartAfterAbort, pairOf(), [runs, [event]]).broken;
	expect(broken({ kind: 'user-aborts', task: 'a' })).toBe(
		'A user aborted execution 0 of "a", which was started, but it was not aborted.',
	);
	expect(broken({ kind: 'user-aborts', task: 'd' })).toContain(
		'A user aborted the display task of execution 0 of "a"',
	);
	expect(broken({ kind: 'user-aborts-version' })).toContain(
		'A user aborted the version of execution 0 of "a"',
	);
	expect(
		broken({ kind: 'user-restarts-when-finished', task: 'a', execution: 0, abort: true }),
	).toContain('A user aborted execution 0 of "a"');
});

it('is violated where a late mark is not answered', () => {
	const silent: Scene = [delivered('request', 'mark')];
	expect(
		judgeScenes(noRestartAfterAbort, setup, [...until('fails'), abortsEarly, silent]).broken,
	).toContain('should be answered 200');
});
