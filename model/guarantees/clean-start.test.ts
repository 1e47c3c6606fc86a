import { expect, it } from 'vitest';
import type { TaskObservation } from '../vocabulary/observation.ts';
import { cleanStart } from './clean-start.ts';
import { A0, FAILED, restartedA, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { delivered, host, judgeScenes, type Scene, setupToJudge, task } from './testing/seen.ts';

const setup = setupToJudge();

it('holds when nothing is left of the execution before', () => {
	expect(judgeScenes(cleanStart, setup, until('idle'))).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it.each<[string, Partial<TaskObservation>]>([
	['the status failed', { status: 'failed' }],
	['the mark granted', { mark: 'granted' }],
	['a pending restart', { restart_pending: true }],
	['an abort', { aborted: true }],
	['details', { details: FAILED }],
	['what was said in it', { remarks: { tags: ['disk'] } }],
	['the host "h"', { host: 'h' }],
	['times', { ended_minute: 0 }],
])('is violated when %s is left', (what, change) => {
	const restarts: Scene = [
		delivered('request', 'end'),
		task('a', { ...restartedA, ...change }),
		host('h', { assigned: null }),
	];
	expect(judgeScenes(cleanStart, setup, [...until('callsEnd'), restarts]).broken).toBe(
		`execution 1 of "a" should start clean, but it starts with ${what}.`,
	);
});

it('is violated when the secret is an old one, or the host is not free', () => {
	const old: Scene = [
		delivered('request', 'end'),
		task('a', { ...restartedA, secret: 0 }),
		host('h', { assigned: null }),
	];
	expect(judgeScenes(cleanStart, setup, [...until('callsEnd'), old]).broken).toContain(
		'should have a new secret',
	);
	const taken: Scene = [
		delivered('request', 'end'),
		task('a', restartedA),
		host('h', { assigned: A0 }),
	];
	expect(judgeScenes(cleanStart, setup, [...until('callsEnd'), taken]).broken).toContain(
		'still taken by execution 0',
	);
});

it('is put to the test by a restart, not while the execution waits', () => {
	expect(halvesAt(cleanStart, setup, until('restarted'))).toEqual(['whole']);
	const waits: Scene = [{ kind: 'monitor-runs' }, task('a', { held: 'waiting' })];
	expect(halvesAt(cleanStart, setup, [...until('idle'), waits])).toEqual([]);
});
