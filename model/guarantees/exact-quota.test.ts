import { expect, it } from 'vitest';
import { exactQuota } from './exact-quota.ts';
import { granted, SUCCESS, until } from './testing/flaky.ts';
import {
	answer,
	delivered,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const B0 = { task: 'b', execution: 0 };
const limited = (daily_limit: number) => setupToJudge({ policy: { daily_limit } });
const markOfB: Scene = [
	{ kind: 'heartbeat-sent', host: 'h' },
	task('b', { status: 'started', host: 'g' }),
	inFlight(request('mark', B0)),
];
const refused: Scene = [
	delivered('request', 'mark'),
	task('b', { mark: 'refused_quota' }),
	answer(429, 'refused_quota'),
];
const hours = (count: number, used: number): Scene => [
	{ kind: 'hours-pass', hours: count },
	(before) => ({ ...before, minute: before.minute + 60 * count, quota_used: used }),
];

it('holds when a slot is taken, a mark beyond the limit refused, and the slot runs out after 24 hours', () => {
	const scenes = [...until('idle'), markOfB, refused, hours(23, 1), hours(1, 0)];
	expect(judgeScenes(exactQuota, limited(1), scenes)).toMatchObject({ broken: null, exercised: 4 });
});

it.each<[string, Scene]>([
	['a success', [{ kind: 'monitor-runs' }, task('a', { status: 'success', details: SUCCESS })]],
	[
		'an abort',
		[{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true, mark: 'withdrawn' })],
	],
	[
		"a user's restart",
		[
			{ kind: 'user-restarts', task: 'a', execution: 0 },
			task('a', { execution: 1, mark: 'none', started_by: { by: 'user' } }),
		],
	],
])('holds when %s gives the slot back, and is violated when it does not', (_, scene) => {
	const back: Scene = [...scene, seen({ quota_used: 0 })];
	expect(judgeScenes(exactQuota, limited(1), [...until('granted'), back]).broken).toBeNull();
	expect(judgeScenes(exactQuota, limited(1), [...until('granted'), scene]).broken).toBe(
		"0 slots of the project's quota are in use at minute 0, but the app server counts 1.",
	);
});

it('is violated when more slots are granted than the limit', () => {
	const grants: Scene = [delivered('request', 'mark'), task('b', granted), seen({ quota_used: 2 })];
	expect(judgeScenes(exactQuota, limited(1), [...until('idle'), markOfB, grants]).broken).toContain(
		'2 were granted',
	);
	expect(
		judgeScenes(exactQuota, limited(2), [...until('idle'), markOfB, grants]).broken,
	).toBeNull();
	expect(
		judgeScenes(exactQuota, limited(0), [...until('idle'), markOfB, grants]).broken,
	).toBeNull();
});

it('is violated when a first mark is refused while slots are free', () => {
	const judged = judgeScenes(exactQuota, limited(2), [...until('idle'), markOfB, refused]);
	expect(judged.broken).toBe(
		'The first mark of execution 0 of "b" was refused for quota, but only 1 of 2 slots were in use.',
	);
	expect(
		judgeScenes(exactQuota, limited(0), [...until('idle'), markOfB, refused]).broken,
	).toContain('1 of unlimited');
});

it('is violated when a slot is in use for longer or shorter than 24 hours', () => {
	expect(judgeScenes(exactQuota, limited(1), [...until('idle'), hours(24, 1)]).broken).toContain(
		'counts 1',
	);
	expect(judgeScenes(exactQuota, limited(1), [...until('idle'), hours(23, 0)]).broken).toContain(
		'counts 0',
	);
});
