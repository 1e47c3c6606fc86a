import { expect, it } from 'vitest';
import { oneRestartPerEnd } from './one-restart-per-end.ts';
import { A0, crashedAtEnd, FAILED, restartedA, serverReturns, until } from './testing/flaky.ts';
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
