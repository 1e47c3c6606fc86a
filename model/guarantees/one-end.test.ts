import { expect, it } from 'vitest';
import { oneEnd } from './one-end.ts';
import { A0, crashedAtEnd, FAILED, SUCCESS, serverReturns, until } from './testing/flaky.ts';
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
const ended = [...until('callsEnd'), crashedAtEnd, serverReturns];
const again = (...changes: Change[]): Scene[] => [
	[{ kind: 'call-retried', host: 'h' }, inFlight(request('end', A0, SUCCESS))],
	[delivered('request', 'end'), answer(200, 'already_ended'), ...changes],
];

it('holds when a second end changes nothing', () => {
	expect(judgeScenes(oneEnd, setup, [...ended, ...again()])).toMatchObject({
		broken: null,
		exercised: 2,
	});
});

it('is violated when a second end changes status, details or time', () => {
	const status = again(task('a', { status: 'success', details: SUCCESS }));
	expect(judgeScenes(oneEnd, setup, [...ended, ...status]).broken).toBe(
		'execution 0 of "a" had ended as failed, but it is success now.',
	);
	const details = again(task('a', { details: { ...FAILED, type: 'system' } }));
	expect(judgeScenes(oneEnd, setup, [...ended, ...details]).broken).toContain(
		'its details or times changed',
	);
	expect(
		judgeScenes(oneEnd, setup, [...ended, ...again(task('a', { ended_minute: 240 }))]).broken,
	).toContain('its details or times changed');
});

it('is violated when an execution ends by itself, or without having run', () => {
	const over = { status: 'failed', details: FAILED, ended_minute: 0 } as const;
	const alone: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', over)];
	expect(judgeScenes(oneEnd, setup, [...until('runs'), alone]).broken).toContain(
		'ended at user-aborts',
	);
	const never: Scene = [{ kind: 'monitor-runs' }, task('b', over)];
	expect(judgeScenes(oneEnd, setup, [...until('runs'), never]).broken).toBe(
		'execution 0 of "b" was never dispatched, but it ended.',
	);
});

it('is violated when an end leaves no details, or details come without an end', () => {
	const bare: Scene = [
		delivered('request', 'end'),
		task('a', { status: 'failed', ended_minute: 0 }),
	];
	expect(judgeScenes(oneEnd, setup, [...until('callsEnd'), bare]).broken).toContain(
		'without the details',
	);
	const early: Scene = [{ kind: 'monitor-runs' }, task('a', { details: FAILED })];
	expect(judgeScenes(oneEnd, setup, [...until('runs'), early]).broken).toContain(
		'is started, but it has the details',
	);
});
