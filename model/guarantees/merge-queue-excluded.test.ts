import { expect, it } from 'vitest';
import { mergeQueueExcluded } from './merge-queue-excluded.ts';
import { granted, restartedA, running, until } from './testing/flaky.ts';
import { answer, host, judgeScenes, type Scene, setupToJudge, task } from './testing/seen.ts';

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
