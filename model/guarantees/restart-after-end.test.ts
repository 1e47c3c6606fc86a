import { expect, it } from 'vitest';
import { restartAfterEnd } from './restart-after-end.ts';
import { FAILED, restartedA, until } from './testing/flaky.ts';
import { delivered, host, judgeScenes, type Scene, setupToJudge, task } from './testing/seen.ts';

const setup = setupToJudge();

it('holds when the restart follows the end', () => {
	expect(judgeScenes(restartAfterEnd, setup, until('idle'))).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it('is violated when the task is restarted at the mark', () => {
	const early: Scene = [delivered('request', 'mark'), task('a', restartedA)];
	expect(judgeScenes(restartAfterEnd, setup, [...until('fails'), early]).broken).toBe(
		'execution 0 of "a" was restarted while it was started; it had not ended.',
	);
});

it('is violated when commands of an execution that is over still run', () => {
	const ended: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'failed', details: FAILED })];
	expect(judgeScenes(restartAfterEnd, setup, [...until('cleansUp'), ended]).broken).toBe(
		'Host "h" still runs a command of execution 0 of "a", but that is failed.',
	);
	const restarted: Scene = [{ kind: 'monitor-runs' }, task('a', restartedA)];
	expect(judgeScenes(restartAfterEnd, setup, [...until('cleansUp'), restarted]).broken).toContain(
		'execution 1 is the live one',
	);
});

it('is violated when a command runs on a host that the task was not dispatched to', () => {
	const moved: Scene = [{ kind: 'monitor-runs' }, task('a', { host: 'g' })];
	expect(judgeScenes(restartAfterEnd, setup, [...until('runs'), moved]).broken).toContain(
		'dispatched to g',
	);
	const empty: Scene = [{ kind: 'monitor-runs' }, host('h', { execution: null })];
	expect(judgeScenes(restartAfterEnd, setup, [...until('runs'), empty]).broken).toContain(
		'holds no execution',
	);
});
