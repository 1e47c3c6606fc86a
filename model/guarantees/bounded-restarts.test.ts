import { expect, it } from 'vitest';
import { boundedRestarts } from './bounded-restarts.ts';
import { archivedA0, granted, restartedA, until } from './testing/flaky.ts';
import {
	answer,
	delivered,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	setupToJudge,
	task,
} from './testing/seen.ts';

const A1 = { task: 'a', execution: 1 };
/** Execution 1 runs, and its mark arrives. */
const secondMark = (
	change: Scene[1],
	status: number,
	outcome: 'granted' | 'refused_budget',
): Scene[] => [
	[
		{ kind: 'heartbeat-sent', host: 'h' },
		task('a', { status: 'started', host: 'h' }),
		inFlight(request('mark', A1)),
	],
	[delivered('request', 'mark'), change, answer(status, outcome)],
];

it('holds when the second mark of a task is refused', () => {
	const refused = secondMark(task('a', { mark: 'refused_budget' }), 400, 'refused_budget');
	const judged = judgeScenes(boundedRestarts, setupToJudge(), [...until('idle'), ...refused]);
	expect(judged).toMatchObject({ broken: null, exercised: 3 });
});

it('is violated when more restarts are granted than max', () => {
	const again = secondMark(task('a', { ...granted, automatic_restarts: 2 }), 200, 'granted');
	const judged = judgeScenes(boundedRestarts, setupToJudge(), [...until('idle'), ...again]);
	expect(judged.broken).toBe(
		'Task "a" may be restarted automatically 1 time in its whole life, but 2 restarts were granted.',
	);
});

it('is violated when a mark is granted from the execution cap on', () => {
	const setup = setupToJudge({ policy: { max_automatic_restarts: 2, execution_cap: 1 } });
	const beyond = secondMark(task('a', { ...granted, automatic_restarts: 2 }), 200, 'granted');
	expect(judgeScenes(boundedRestarts, setup, [...until('idle'), ...beyond]).broken).toBe(
		'From execution 1 on no execution is restarted automatically, but the mark of execution 1 of "a" was granted.',
	);
});

it('is violated when the count hides an automatic execution', () => {
	const history = [
		archivedA0,
		{ ...archivedA0, execution: 1, started_by: { by: 'mark' as const, task: 'a', execution: 0 } },
	];
	const hidden: Scene = [
		{ kind: 'monitor-runs' },
		task('a', { ...restartedA, execution: 2, history, started_by: { by: 'mark', ...A1 } }),
	];
	const judged = judgeScenes(boundedRestarts, setupToJudge(), [...until('idle'), hidden]);
	expect(judged.broken).toContain('2 of its executions were started by a mark');
	const uncounted: Scene = [{ kind: 'monitor-runs' }, task('a', { automatic_restarts: 0 })];
	expect(
		judgeScenes(boundedRestarts, setupToJudge(), [...until('idle'), uncounted]).broken,
	).toContain('counts 0');
});
