import { expect, it } from 'vitest';
import type { Details } from '../vocabulary/message.ts';
import type { ArchivedExecution } from '../vocabulary/observation.ts';
import { historyIsKept } from './history-is-kept.ts';
import {
	archivedA0,
	crashedAtEnd,
	FAILED,
	restartedA,
	SUCCESS,
	serverReturns,
	until,
} from './testing/flaky.ts';
import {
	delivered,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge();
const restarts = (change: Partial<ArchivedExecution>): Scene => [
	delivered('request', 'end'),
	task('a', { ...restartedA, history: [{ ...archivedA0, ...change }] }),
];

it('holds when the ended execution is archived as it was', () => {
	expect(judgeScenes(historyIsKept, setup, until('idle'))).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it.each<[string, Partial<ArchivedExecution>]>([
	['who started it', { started_by: { by: 'user' } }],
	['its host', { host: 'g' }],
	['the time of its dispatch', { dispatched_minute: 300 }],
	['the time of its end', { ended_minute: 300 }],
	['its mark', { mark: 'none' }],
	['its abort', { aborted: true }],
])('is violated when the archive forgets %s', (what, change) => {
	expect(judgeScenes(historyIsKept, setup, [...until('callsEnd'), restarts(change)]).broken).toBe(
		`The history of execution 0 of "a" does not show ${what} as it was.`,
	);
});

it('is violated when an execution that had ended is archived with another status or time', () => {
	const ended = [...until('callsEnd'), crashedAtEnd, serverReturns];
	const event = { kind: 'monitor-runs' } as const;
	const archive = (change: Partial<ArchivedExecution>): Scene => [
		event,
		task('a', { ...restartedA, history: [{ ...archivedA0, ...change }] }),
	];
	expect(judgeScenes(historyIsKept, setup, [...ended, archive({})]).broken).toBeNull();
	const said = { remarks: { desc: 'no disk' } };
	expect(judgeScenes(historyIsKept, setup, [...ended, archive(said)]).broken).toContain(
		'what was said in it',
	);
	expect(
		judgeScenes(historyIsKept, setup, [...ended, archive({ details: SUCCESS })]).broken,
	).toContain('status and details');
	expect(
		judgeScenes(historyIsKept, setup, [...ended, archive({ ended_minute: 180 })]).broken,
	).toContain('the time of its end');
});

it('is violated when the history changes, misses an execution, or n does not rise by one', () => {
	const now = (change: Parameters<typeof task>[1]): string | null =>
		judgeScenes(historyIsKept, setup, [
			...until('idle'),
			[{ kind: 'monitor-runs' }, task('a', change)],
		]).broken;
	expect(now({ history: [{ ...archivedA0, aborted: true }] })).toContain(
		'told of execution 0 otherwise before',
	);
	expect(now({ history: [] })).toContain('its history holds 0 executions');
	expect(now({ execution: 0 })).toContain('fell from 1 to 0');
	expect(now({ execution: 3 })).toContain('rose from 1 to 3 at once');
	expect(now({ execution: 2, history: [archivedA0, archivedA0] })).toContain(
		'does not hold execution 1 in its place',
	);
});

it('is violated when the archive tells another status than was shown, or another mark than an end asked for', () => {
	const asks: Details & { retryable: true } = { ...FAILED, retryable: true };
	const asksB = { ...request('end', { task: 'b', execution: 0 }, asks), host: 'g' };
	const bRuns: Scene = [
		{ kind: 'monitor-runs' },
		task('b', { status: 'started', host: 'g' }),
		inFlight(asksB),
	];
	const bEnds: Scene = [
		delivered('request', 'end'),
		task('b', { status: 'failed', details: FAILED }),
		task('a', { ...restartedA, history: [{ ...archivedA0, mark: 'none' }] }),
	];
	expect(judgeScenes(historyIsKept, setup, [...until('granted'), bRuns, bEnds]).broken).toContain(
		'does not show its mark as it was',
	);
	const carries: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'failed' },
		inFlight(request('end', { task: 'a', execution: 0 }, asks)),
	];
	const scenes = [...until('runs'), carries, restarts({})];
	expect(judgeScenes(historyIsKept, setup, scenes).broken).toBeNull();
	const shown: Scene = [
		{ kind: 'monitor-runs' },
		task('a', { status: 'success', mark: 'granted', details: FAILED, ended_minute: 0 }),
	];
	expect(
		judgeScenes(historyIsKept, setup, [...until('callsEnd'), shown, restarts({})]).broken,
	).toContain('its status and details');
});
