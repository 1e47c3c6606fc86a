import { expect, it } from 'vitest';
import { budgetsAreSeparate } from './budgets-are-separate.ts';
import {
	crashedAtEnd,
	FAILED,
	restartedA,
	SUCCESS,
	serverReturns,
	until,
} from './testing/flaky.ts';
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
