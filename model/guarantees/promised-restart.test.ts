import { expect, it } from 'vitest';
import type { Details } from '../vocabulary/message.ts';
import { promisedRestart } from './promised-restart.ts';
import {
	A0,
	archivedA0,
	calling,
	crashedAtEnd,
	FAILED,
	granted,
	restartedA,
	running,
	SUCCESS,
	serverReturns,
	until,
} from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import {
	answer,
	type Change,
	delivered,
	host,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge();
const ended = [...until('callsEnd'), crashedAtEnd, serverReturns];
const fails: Scene = [
	{ kind: 'command-ends', host: 'h', outcome: 'timed-out-exec' },
	host('h', { doing: running('post') }),
];

it('holds when a cause is marked, granted and restarted', () => {
	expect(judgeScenes(promisedRestart, setup, until('idle'))).toMatchObject({
		broken: null,
		owed: null,
		exercised: 2,
	});
});

it('owes a restart that is pending, until the monitor makes good for a crash', () => {
	expect(judgeScenes(promisedRestart, setup, ended).owed).toBe(
		'The mark of execution 0 of "a" was granted, but it was never restarted (it is failed).',
	);
	const repaired: Scene = [{ kind: 'monitor-runs' }, task('a', restartedA)];
	expect(judgeScenes(promisedRestart, setup, [...ended, repaired]).owed).toBeNull();
	expect(judgeScenes(promisedRestart, setup, until('cleansUp')).owed).toBeNull();
});

it('is violated when a granted restart is dropped, or never pending', () => {
	const dropped: Scene = [{ kind: 'monitor-runs' }, task('a', { restart_pending: false })];
	expect(judgeScenes(promisedRestart, setup, [...ended, dropped]).broken).toContain(
		'but it was dropped',
	);
	const empty: Scene = [
		delivered('request', 'mark'),
		task('a', { ...granted, restart_pending: false }),
		answer(200, 'granted'),
	];
	expect(judgeScenes(promisedRestart, setup, [...until('fails'), empty]).broken).toContain(
		'no restart is pending',
	);
});

it('is violated when the system restarts it for another reason while a restart is pending', () => {
	const repaired: Scene = [
		{ kind: 'monitor-runs' },
		task('a', { ...restartedA, started_by: { by: 'system' } }),
	];
	expect(judgeScenes(promisedRestart, setup, [...ended, repaired]).broken).toContain(
		'but it was restarted for another reason, by the system',
	);
});

it('holds when the marked execution ends in success, by which others of its unit are repaired', () => {
	const endsAs = (details: typeof FAILED): Scene => [
		delivered('request', 'end'),
		task('a', {
			...restartedA,
			started_by: { by: 'system' },
			history: restartedA.history?.map((entry) => ({ ...entry, details })) ?? [],
		}),
	];
	const judged = (details: typeof FAILED) =>
		judgeScenes(promisedRestart, setup, [...until('callsEnd'), endsAs(details)]).broken;
	expect(judged(SUCCESS)).toBeNull();
	expect(judged(FAILED)).toContain('but it was restarted for another reason, by the system');
});

it('lets a success or an abort drop a restart that is pending', () => {
	const dropped = { restart_pending: false } as const;
	const succeeds: Scene = [{ kind: 'monitor-runs' }, task('a', { ...dropped, status: 'success' })];
	const aborts: Scene = [
		{ kind: 'user-aborts', task: 'a' },
		task('a', { ...dropped, aborted: true }),
	];
	const grants: Scene = [delivered('request', 'mark'), task('a', granted), answer(200, 'granted')];
	for (const [before, scene] of [
		[ended, succeeds],
		[[...until('fails'), grants], aborts],
	] as const) {
		const { exercised } = judgeScenes(promisedRestart, setup, before);
		expect(judgeScenes(promisedRestart, setup, [...before, scene])).toMatchObject({
			broken: null,
			exercised,
		});
	}
});

it('is violated when a cause is not marked, unless something speaks against it', () => {
	expect(judgeScenes(promisedRestart, setup, [...until('runs'), fails]).broken).toBe(
		'The flagged command "integration" (main command 0) failed execution 0 of "a" on host "h" and nothing speaks against a restart, but the agent asked for none.',
	);
	const aborts: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];
	expect(judgeScenes(promisedRestart, setup, [...until('runs'), aborts, fails]).broken).toBeNull();
	for (const excused of [
		setupToJudge({ requester: 'github_merge_request' }),
		setupToJudge({ policy: { execution_cap: 0 } }),
		setupToJudge({ policy: { max_automatic_restarts: 0 } }),
	])
		expect(judgeScenes(promisedRestart, excused, [...until('runs'), fails]).broken).toBeNull();
});

it('is violated when a mark that comes in time is refused for no reason', () => {
	const refused: Scene = [
		delivered('request', 'mark'),
		task('a', { mark: 'refused_cap' }),
		answer(400, 'refused_cap'),
	];
	expect(judgeScenes(promisedRestart, setup, [...until('fails'), refused]).broken).toContain(
		'the answer was 400 refused_cap',
	);
	const capped = setupToJudge({ policy: { execution_cap: 0 } });
	expect(judgeScenes(promisedRestart, capped, [...until('fails'), refused]).broken).toBeNull();
});

const asks: Details & { retryable: true } = { ...FAILED, retryable: true };

/** The script of the command posted that it be restarted; the end carries that (the answer to an end says nothing of it). */
const carries: Scene = [
	{ kind: 'command-ends', host: 'h', outcome: 'failed' },
	host('h', {
		doing: calling('end'),
		posted: { status: 'failed', should_continue: false, retryable: true },
	}),
	inFlight(request('end', A0, asks)),
];

it('holds when an end that asks is granted and restarted at once, and is violated when it is not', () => {
	const ends = (...changes: Change[]): Scene => [
		delivered('request', 'end'),
		answer(200, 'ok'),
		...changes,
	];
	const scenes = [...until('runs'), carries];
	expect(halvesAt(promisedRestart, setup, [...scenes, ends(task('a', restartedA))])).toEqual([
		'granted',
	]);
	const over = { status: 'failed', details: FAILED } as const;
	const refused = ends(task('a', { ...over, mark: 'refused_quota' }));
	expect(judgeScenes(promisedRestart, setup, [...scenes, refused]).broken).toContain(
		'came in time and nothing speaks against it, but the answer was 200 ok and its mark is refused_quota',
	);
});

it('is put to the test by failures and grants, not where a repair or a success comes first', () => {
	const halves = (...scenes: Scene[]) => halvesAt(promisedRestart, setup, scenes);
	expect(halves(...until('fails'))).toEqual(['failed']);
	expect(halves(...until('granted'))).toEqual(['granted']);
	expect(halves(...until('restarted'))).toEqual([]);
	const repaired = task('a', {
		...restartedA,
		started_by: { by: 'system' },
		history: [{ ...archivedA0, details: SUCCESS }],
	});
	expect(halves(...until('callsEnd'), [delivered('request', 'end'), repaired])).toEqual([]);
});

it('is violated where the archive does not tell of the execution that was restarted for another reason', () => {
	const unkept = task('a', { ...restartedA, started_by: { by: 'system' }, history: [] });
	expect(
		judgeScenes(promisedRestart, setup, [...ended, [{ kind: 'monitor-runs' }, unkept]]).broken,
	).toContain('restarted for another reason');
});
