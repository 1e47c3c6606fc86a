import { expect, it } from 'vitest';
import { everyExecutionEnds } from './every-execution-ends.ts';
import { until } from './testing/flaky.ts';
import { host, judgeScenes, type Scene, setupToJudge, task } from './testing/seen.ts';

const setup = setupToJudge();

it('holds when the execution has ended', () => {
	expect(judgeScenes(everyExecutionEnds, setup, until('idle'))).toMatchObject({
		broken: null,
		owed: null,
		exercised: 2,
	});
});

it('owes the end of an execution whose agent is gone, not of one whose command runs', () => {
	const dies: Scene = [
		{ kind: 'agent-dies', host: 'h' },
		host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } }),
	];
	expect(judgeScenes(everyExecutionEnds, setup, [...until('runs'), dies]).owed).toBe(
		'execution 0 of "a" was dispatched to host "h", but it never ended: it is still started.',
	);
	expect(judgeScenes(everyExecutionEnds, setup, until('runs')).owed).toBeNull();
});

it('is violated when a dispatched execution is undispatched again', () => {
	const undone: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'undispatched' })];
	expect(judgeScenes(everyExecutionEnds, setup, [...until('runs'), undone]).broken).toContain(
		'without having ended',
	);
});
