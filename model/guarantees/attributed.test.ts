import { expect, it } from 'vitest';
import { attributed } from './attributed.ts';
import { archivedA0, FAILED, restartedA, until } from './testing/flaky.ts';
import { delivered, judgeScenes, type Scene, seen, setupToJudge, task } from './testing/seen.ts';

const setup = setupToJudge();
const restarts = (change: Parameters<typeof task>[1]): Scene => [
	delivered('request', 'end'),
	task('a', { ...restartedA, ...change }),
];
const judgeEnd = (scene: Scene) => judgeScenes(attributed, setup, [...until('callsEnd'), scene]);

it('holds when an automatic restart names the mark that caused it', () => {
	expect(judgeScenes(attributed, setup, until('idle'))).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it('is violated when a restart is attributed to somebody else', () => {
	expect(judgeEnd(restarts({ started_by: { by: 'user' } })).broken).toBe(
		'execution 1 of "a" was started by the mark of execution 0 of "a", but it says by the user.',
	);
	const other = restarts({ started_by: { by: 'mark', task: 'b', execution: 0 } });
	expect(judgeEnd(other).broken).toContain('by the mark of execution 0 of "b"');
	const over: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'failed', details: FAILED })];
	const user: Scene = [{ kind: 'user-restarts', task: 'a', execution: 0 }, task('a', restartedA)];
	expect(judgeScenes(attributed, setup, [...until('runs'), over, user]).broken).toContain(
		'was started by the user',
	);
});

it('is violated when the named mark was not granted by the history', () => {
	const history = [{ ...archivedA0, mark: 'none' as const }];
	expect(judgeEnd(restarts({ history })).broken).toContain('does not say that it was granted');
});

it('is violated when who started an execution changes later', () => {
	const changes: Scene = [{ kind: 'monitor-runs' }, task('a', { started_by: { by: 'user' } })];
	expect(judgeScenes(attributed, setup, [...until('idle'), changes]).broken).toContain(
		'now it says by the user',
	);
});

it('is violated when the quota cannot be counted from the history', () => {
	const scene: Scene = [...restarts({}), seen({ quota_used: 3 })];
	expect(judgeEnd(scene).broken).toBe(
		'By the history 1 slots are in use at minute 0, but the app server counts 3.',
	);
});
