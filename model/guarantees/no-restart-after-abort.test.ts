import { expect, it } from 'vitest';
import { noRestartAfterAbort } from './no-restart-after-abort.ts';
import { restartedA, until } from './testing/flaky.ts';
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
