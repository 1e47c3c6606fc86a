import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import { oneEnd } from './one-end.ts';
import {
	A0,
	crashedAtEnd,
	FAILED,
	restartedA,
	SUCCESS,
	serverReturns,
	until,
} from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
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

const halves = (...scenes: Scene[]) => halvesAt(oneEnd, setup, scenes);
const MONITOR: Event = { kind: 'monitor-runs' };

it('is put to the test by a first end, by a second one and by an abort, and by nothing else', () => {
	expect(halves(...until('callsEnd'))).toEqual([]);
	expect(halves(...until('restarted'))).toEqual(['first']);
	expect(halves(...until('callsEnd'), crashedAtEnd)).toEqual(['first']);
	expect(halves(...ended, ...again())).toEqual(['second']);
	const late: Scene[] = [
		[{ kind: 'call-retried', host: 'h' }, inFlight(request('end', A0, FAILED))],
		[delivered('request', 'end'), answer(200, 'already_ended')],
	];
	expect(halves(...until('idle'), ...late)).toEqual(['second']);
	expect(halves(...ended, [MONITOR, task('a', {})])).toEqual([]);
	expect(halves(...ended, [MONITOR, task('a', restartedA)])).toEqual([]);
	const aborts = (id: string): Scene => [
		{ kind: 'user-aborts', task: id },
		task(id, { aborted: true }),
	];
	expect(halves(...until('runs'), aborts('a'))).toEqual(['aborted']);
	expect(halves(...until('runs'), aborts('b'))).toEqual([]);
	expect(halves(...until('runs'), aborts('a'), [MONITOR, task('a', {})])).toEqual([]);
	expect(halves(...until('runs'), [MONITOR, task('a', {})])).toEqual([]);
});

it('is violated where an end that is committed ends nothing', () => {
	const nothing: Scene = [delivered('request', 'end'), answer(200, 'ok')];
	expect(judgeScenes(oneEnd, setup, [...until('callsEnd'), nothing]).broken).toBe(
		'The end of execution 0 of "a" arrived while it was started, but it has not ended: it is started.',
	);
});

it('is violated where an execution is gone that left nothing in the archive', () => {
	const gone: Scene = [delivered('request', 'end'), task('a', { ...restartedA, history: [] })];
	expect(judgeScenes(oneEnd, setup, [...until('callsEnd'), gone]).broken).toContain(
		'without the details and the time of it',
	);
});
