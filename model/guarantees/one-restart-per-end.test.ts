import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import { oneRestartPerEnd } from './one-restart-per-end.ts';
import { A0, crashedAtEnd, FAILED, restartedA, serverReturns, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { archivedAs, begun, pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	type Change,
	delivered,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge();
const user = (execution: number): Scene[0] => ({ kind: 'user-restarts', task: 'a', execution });
const ended = [...until('callsEnd'), crashedAtEnd, serverReturns];

it("holds when a user's restart overtakes the automatic one and is the user's", () => {
	const overtakes: Scene = [
		user(0),
		task('a', { ...restartedA, started_by: { by: 'user' } }),
		answer(200, 'ok'),
	];
	expect(judgeScenes(oneRestartPerEnd, setup, [...ended, overtakes])).toMatchObject({
		broken: null,
		exercised: 1,
	});
	const taken: Scene = [user(0), task('a', restartedA), answer(200, 'ok')];
	expect(judgeScenes(oneRestartPerEnd, setup, [...ended, taken]).broken).toContain(
		"is not the user's",
	);
});

it('holds when a restart of an older execution does nothing, and is violated when it does', () => {
	const older: Scene = [user(0), answer(200, 'older')];
	expect(judgeScenes(oneRestartPerEnd, setup, [...until('idle'), older])).toMatchObject({
		broken: null,
		exercised: 1,
	});
	const acts: Scene = [user(0), task('a', { aborted: true }), answer(200, 'ok')];
	expect(judgeScenes(oneRestartPerEnd, setup, [...until('idle'), acts]).broken).toContain(
		'should do nothing',
	);
	const says: Scene = [user(0), answer(200, 'ok')];
	expect(judgeScenes(oneRestartPerEnd, setup, [...until('idle'), says]).broken).toContain(
		'the answer was 200 ok',
	);
});

it('is violated when an unfinished execution is touched by a restart', () => {
	const acts: Scene = [user(0), task('a', { aborted: true })];
	expect(judgeScenes(oneRestartPerEnd, setup, [...until('runs'), acts]).broken).toContain(
		'has not ended',
	);
});

it('is violated when an end is followed by two executions', () => {
	const twice: Scene = [delivered('request', 'end'), task('a', { ...restartedA, execution: 2 })];
	expect(judgeScenes(oneRestartPerEnd, setup, [...until('callsEnd'), twice]).broken).toContain(
		'2 new executions at once',
	);
	const again: Scene = [{ kind: 'monitor-runs' }, task('a', { execution: 2 })];
	expect(judgeScenes(oneRestartPerEnd, setup, [...until('idle'), again]).broken).toContain(
		'not even been dispatched',
	);
});

it('is violated when a finished execution is restarted though nothing was pending', () => {
	const rests: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'failed', details: FAILED })];
	const restarts: Scene = [{ kind: 'monitor-runs' }, task('a', restartedA)];
	expect(
		judgeScenes(oneRestartPerEnd, setup, [...until('runs'), rests, restarts]).broken,
	).toContain('no restart was pending');
});

it('matters when an end comes again after the restart', () => {
	const late: Scene[] = [
		[
			{ kind: 'message-repeated', message: { leg: 'request', route: 'end' } },
			inFlight(request('end', A0, FAILED)),
		],
		[delivered('request', 'end'), answer(200, 'already_ended')],
	];
	expect(judgeScenes(oneRestartPerEnd, setup, [...until('idle'), ...late])).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

const MONITOR: Event = { kind: 'monitor-runs' };
const byUser = { ...restartedA, started_by: { by: 'user' } } as const;
const halves = (...scenes: Scene[]) => halvesAt(oneRestartPerEnd, setup, scenes);
const late: Scene[] = [
	[
		{ kind: 'message-repeated', message: { leg: 'request', route: 'end' } },
		inFlight(request('end', A0, FAILED)),
	],
	[delivered('request', 'end'), answer(200, 'already_ended')],
];

it('is put to the test where somebody asks for more than is due, or comes first', () => {
	expect(halves(...until('restarted'))).toEqual([]);
	expect(halvesAt(oneRestartPerEnd, pairOf(), pairUntil('restarted'))).toEqual([]);
	expect(halves(...until('idle'), ...late)).toEqual(['end-again']);
	expect(halves(...until('idle'), [user(0), answer(200, 'older')])).toEqual(['not-finished']);
	expect(halves(...until('granted'), [user(0), answer(409, 'refused_not_running')])).toEqual([
		'not-finished',
	]);
	expect(halves(...ended, [user(0), task('a', byUser), answer(200, 'ok')])).toEqual(['overtaken']);
	const over: Scene = [MONITOR, task('a', { status: 'failed', details: FAILED })];
	expect(halves(...until('runs'), over, [user(0), task('a', byUser), answer(200, 'ok')])).toEqual(
		[],
	);
	const unknown: Event = { kind: 'user-restarts', task: 'x', execution: 0 };
	expect(halves(...until('runs'), [unknown, answer(404, 'nothing')])).toEqual([]);
});

it('is violated where an older execution is named and nothing is answered', () => {
	expect(judgeScenes(oneRestartPerEnd, setup, [...until('idle'), [user(0)]]).broken).toContain(
		'names an older one, since execution 1 of "a" is the live one',
	);
});

it('says how many executions followed at once', () => {
	const over: Scene = [MONITOR, task('a', { status: 'failed', details: FAILED })];
	const thrice: Scene = [MONITOR, task('a', { ...restartedA, execution: 4 })];
	expect(judgeScenes(oneRestartPerEnd, setup, [...until('idle'), over, thrice]).broken).toContain(
		'3 new executions at once',
	);
});

/** "a" has failed with no mark; "b", of the same display task, is in progress. */
const bRuns: Scene = [
	MONITOR,
	task('a', { status: 'failed', details: FAILED }),
	task('b', { status: 'started' }),
];
const marked = { by: 'mark', task: 'b', execution: 0 } as const;
const aAgain = task('a', begun(archivedAs('h'), marked));
const bAgain = task('b', begun(archivedAs('g', { mark: 'granted' }), marked));

it('lets one that has ended restart with the last of its unit, whose end brings its own reason', () => {
	const scenes = (...changes: Change[]): Scene[] => [
		bRuns,
		[delivered('request', 'end'), ...changes],
	];
	expect(halvesAt(oneRestartPerEnd, pairOf(), scenes(aAgain, bAgain))).toEqual([]);
	expect(judgeScenes(oneRestartPerEnd, pairOf(), scenes(aAgain)).broken).toBe(
		'execution 0 of "a" had ended and no restart was pending, but it was restarted.',
	);
	expect(
		judgeScenes(oneRestartPerEnd, pairOf(), [
			bRuns,
			[MONITOR, task('b', { status: 'failed', details: FAILED })],
			[delivered('request', 'end'), aAgain, bAgain],
		]).broken,
	).toContain('had ended and no restart was pending');
});

it('says nothing of what had not ended: that a number falls is another promise', () => {
	const falls: Scene = [MONITOR, task('a', { execution: 0, status: 'started' })];
	const runs: Scene = [MONITOR, task('a', { status: 'started' })];
	expect(judgeScenes(oneRestartPerEnd, setup, [...until('idle'), runs, falls]).broken).toBeNull();
});
