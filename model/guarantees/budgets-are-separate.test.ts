import { expect, it } from 'vitest';
import type { TaskObservation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { budgetsAreSeparate } from './budgets-are-separate.ts';
import {
	crashedAtEnd,
	FAILED,
	restartedA,
	SUCCESS,
	serverReturns,
	until,
} from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { archivedAs, begun, pairOf } from './testing/pair.ts';
import {
	answer,
	type Change,
	judgeScenes,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge();
const ended = [...until('callsEnd'), crashedAtEnd, serverReturns];
const user = { by: 'user' } as const;
const restarts = (...changes: Change[]): Scene => [
	{ kind: 'user-restarts', task: 'a', execution: 0 },
	task('a', { ...restartedA, started_by: user, automatic_restarts: 0 }),
	seen({ quota_used: 0 }),
	answer(200, 'ok'),
	...changes,
];

it("holds when a user's restart overtakes a pending one and gives its budget back", () => {
	expect(judgeScenes(budgetsAreSeparate, setup, [...ended, restarts()])).toMatchObject({
		broken: null,
		exercised: 2,
	});
});

it("is violated when a user's restart is refused, or uses budget or quota", () => {
	const refused: Scene = [
		{ kind: 'user-restarts', task: 'a', execution: 0 },
		answer(400, 'refused_budget'),
	];
	expect(judgeScenes(budgetsAreSeparate, setup, [...ended, refused]).broken).toContain(
		'the answer was 400 refused_budget',
	);
	const budget = restarts(task('a', { automatic_restarts: 2 }));
	expect(judgeScenes(budgetsAreSeparate, setup, [...ended, budget]).broken).toContain(
		'should use no automatic budget',
	);
	const quota = restarts(seen({ quota_used: 2 }));
	expect(judgeScenes(budgetsAreSeparate, setup, [...ended, quota]).broken).toContain(
		'should use no quota',
	);
});

it('is violated when a restart that came to nothing stays counted', () => {
	const kept = restarts(task('a', { automatic_restarts: 1 }));
	expect(judgeScenes(budgetsAreSeparate, setup, [...ended, kept]).broken).toContain(
		'was not given back',
	);
	const succeeds = (automatic_restarts: number): Scene => [
		{ kind: 'monitor-runs' },
		task('a', { status: 'success', details: SUCCESS, restart_pending: false, automatic_restarts }),
	];
	expect(
		judgeScenes(budgetsAreSeparate, setup, [...until('granted'), succeeds(1)]).broken,
	).toContain('was not given back');
	expect(judgeScenes(budgetsAreSeparate, setup, [...until('granted'), succeeds(0)])).toMatchObject({
		broken: null,
		exercised: 2,
	});
});

it('lets a task of the merge queue be refused', () => {
	const queue = setupToJudge({ requester: 'github_merge_request' });
	const over: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'failed', details: FAILED })];
	const refused: Scene = [
		{ kind: 'user-restarts', task: 'a', execution: 0 },
		answer(400, 'refused_merge_queue'),
	];
	expect(
		judgeScenes(budgetsAreSeparate, queue, [...until('runs'), over, refused]).broken,
	).toBeNull();
});

it('is put to the test by what is counted, given back or repaired, and by users', () => {
	const halves = (judged: Setup, ...scenes: Scene[]) =>
		halvesAt(budgetsAreSeparate, judged, scenes);
	expect(halves(setup, ...until('granted'))).toEqual(['counted']);
	expect(halves(setup, ...until('restarted'))).toEqual(['counted']);
	expect(halves(setup, ...ended, restarts())).toEqual(['user', 'came-to-nothing']);
	const off: Scene = [
		{ kind: 'monitor-runs' },
		task('a', { restart_pending: false, automatic_restarts: 0 }),
	];
	expect(halves(setup, ...ended, off)).toEqual(['came-to-nothing']);
	const repaired: Scene = [
		{ kind: 'monitor-runs' },
		task('a', { ...restartedA, started_by: { by: 'system' }, automatic_restarts: 0 }),
	];
	expect(halves(setup, ...ended, off, repaired)).toEqual(['repair']);
	const listed: Scene = [{ kind: 'monitor-runs' }, task('a', { restart_pending: false })];
	const pending: Scene = [{ kind: 'monitor-runs' }, task('a', { restart_pending: true })];
	expect(halves(setup, ...ended, off, pending)).toEqual([]);
	expect(judgeScenes(budgetsAreSeparate, setup, [...ended, listed]).broken).toContain(
		'was not given back',
	);
});

it('reads budget and quota of the unit that the user named', () => {
	const pair = pairOf();
	const over = (id: string): Scene => [
		{ kind: 'monitor-runs' },
		task(id, { status: 'failed', details: FAILED }),
	];
	const c = (change: Partial<TaskObservation>): Scene => [
		{ kind: 'user-restarts', task: 'c', execution: 0 },
		task('c', { ...begun(archivedAs('h'), { by: 'user' }), ...change }),
		answer(200, 'ok'),
	];
	expect(judgeScenes(budgetsAreSeparate, pair, [over('c'), c({})]).broken).toBeNull();
	expect(
		judgeScenes(budgetsAreSeparate, pair, [over('c'), c({ automatic_restarts: 1 })]).broken,
	).toContain('should use no automatic budget');
	const unanswered: Scene = [
		{ kind: 'user-restarts', task: 'c', execution: 0 },
		task('c', begun(archivedAs('h'), { by: 'user' })),
	];
	expect(judgeScenes(budgetsAreSeparate, pair, [over('c'), unanswered]).broken).toContain(
		'the answer was nothing and something was restarted',
	);
	const nothing: Scene = [{ kind: 'user-restarts', task: 'c', execution: 0, failed_only: true }];
	expect(judgeScenes(budgetsAreSeparate, pair, [over('c'), nothing]).broken).toContain(
		'the answer was nothing and nothing was restarted',
	);
});
