import { expect, it } from 'vitest';
import type { Details } from '../vocabulary/message.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { mergeQueueExcluded } from './merge-queue-excluded.ts';
import { A0, FAILED, granted, restartedA, running, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import {
	answer,
	delivered,
	host,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge({ requester: 'github_merge_request' });
const forged: Scene[0] = {
	kind: 'request-forged',
	route: 'mark',
	task: 'a',
	host: 'h',
	credentials: 'right',
};

it('holds when neither the agent nor the app server restarts a task of the merge queue', () => {
	const goesOn: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'failed' },
		host('h', { doing: running('post') }),
	];
	const refused: Scene = [
		forged,
		task('a', { mark: 'refused_merge_queue' }),
		answer(400, 'refused_merge_queue'),
	];
	const judged = judgeScenes(mergeQueueExcluded, setup, [...until('runs'), goesOn, refused]);
	expect(judged).toMatchObject({ broken: null, exercised: 2 });
});

it('has nothing to say of other versions', () => {
	expect(judgeScenes(mergeQueueExcluded, setupToJudge(), until('idle'))).toMatchObject({
		broken: null,
		exercised: 0,
	});
});

it('is violated when the agent asks, the app server grants, or the task is restarted', () => {
	expect(judgeScenes(mergeQueueExcluded, setup, until('fails')).broken).toBe(
		'The agent on host "h" asked to restart execution 0 of "a", which belongs to the merge queue.',
	);
	const grants: Scene = [forged, task('a', granted), answer(200, 'granted')];
	expect(judgeScenes(mergeQueueExcluded, setup, [...until('runs'), grants]).broken).toContain(
		'its mark was granted',
	);
	const restarts: Scene = [{ kind: 'monitor-runs' }, task('a', restartedA)];
	expect(judgeScenes(mergeQueueExcluded, setup, [...until('runs'), restarts]).broken).toContain(
		'started by an automatic restart',
	);
});

it.each([
	['granted', { mark: 'granted' }],
	['withdrawn', { mark: 'withdrawn' }],
	['a restart that is pending', { restart_pending: true }],
] as const)('is violated by a mark that was granted at some time: %s', (_, change) => {
	const scene: Scene = [{ kind: 'monitor-runs' }, task('a', change)];
	expect(judgeScenes(mergeQueueExcluded, setup, [...until('runs'), scene]).broken).toContain(
		'its mark was granted',
	);
});

const repairing = setupToJudge({
	requester: 'github_merge_request',
	policy: { restart_system_failed: true },
});
const asks: Details & { retryable: true } = { ...FAILED, retryable: true };

it('is put to the test by a failure, a mark and an execution that is lost', () => {
	const halves = (judged: Setup, ...scenes: Scene[]) =>
		halvesAt(mergeQueueExcluded, judged, scenes);
	const goesOn: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'failed' },
		host('h', { doing: running('post') }),
	];
	expect(halves(setup, ...until('runs'), goesOn)).toEqual(['failed']);
	expect(halves(setup, ...until('runs'), [forged])).toEqual(['arrived']);
	const carries: Scene = [{ kind: 'monitor-runs' }, inFlight(request('end', A0, asks))];
	const ends: Scene = [
		delivered('request', 'end'),
		task('a', { status: 'failed', details: FAILED }),
	];
	expect(halves(setup, ...until('runs'), carries, ends)).toEqual(['arrived', 'ended']);
	const nothing: Scene = [delivered('request', 'end')];
	expect(halves(setup, ...until('runs'), carries, nothing)).toEqual(['arrived']);

	const lose = (execution = 0): Scene => [
		{ kind: 'monitor-runs' },
		task('a', {
			status: 'failed',
			execution,
			details: { ...FAILED, type: 'system', description: 'heartbeat' },
		}),
	];
	expect(halves(repairing, ...until('runs'), lose())).toEqual(['lost', 'ended']);
	expect(halves(setup, ...until('runs'), lose())).toEqual(['ended']);
	const later = task('a', { execution: 1 });
	expect(halves(repairing, ...until('runs'), [{ kind: 'monitor-runs' }, later], lose(1))).toEqual([
		'ended',
	]);
});
