import { expect, it } from 'vitest';
import { exactQuota } from './exact-quota.ts';
import { granted, SUCCESS, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	delivered,
	inFlight,
	judgeScenes,
	request,
	resting,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const restingAt = (minute: number) => seen({ minute })(resting(setupToJudge()));
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

it('is violated when a member is refused that joins a slot, by its mark or by its answer', () => {
	const pair = pairOf({ daily_limit: 1 });
	const story = [...pairUntil('aGranted'), markOfB];
	const broken = (...changes: Scene[]) =>
		judgeScenes(exactQuota, pair, [...story, ...changes]).broken;
	const joins: Scene = [
		delivered('request', 'mark'),
		task('b', { mark: 'granted', restart_pending: true }),
		answer(200, 'granted'),
	];
	const sentence = 'the slot of what restarts together with it was taken already';
	expect(broken(joins)).toBeNull();
	expect(broken(refused)).toContain(sentence);
	expect(broken([delivered('request', 'mark'), answer(429, 'refused_quota')])).toContain(sentence);
	expect(broken([delivered('request', 'mark'), task('b', { mark: 'refused_quota' })])).toContain(
		sentence,
	);
	const overtaken: Scene = [
		{ kind: 'user-aborts', task: 'd' },
		task('a', { mark: 'withdrawn', restart_pending: false, automatic_restarts: 0, aborted: true }),
		task('b', { automatic_restarts: 0 }),
		seen({ quota_used: 0 }),
	];
	expect(broken(overtaken, refused)).toContain('only 0 of 1 slots were in use');
});

it('lets each slot run out by itself, and of a list that stands keeps the list', () => {
	const second: Scene = [
		delivered('request', 'mark'),
		task('b', granted),
		seen({ quota_used: 2 }),
		answer(200, 'granted'),
	];
	const broken = (...scenes: Scene[]) =>
		judgeScenes(exactQuota, setupToJudge(), [...until('idle'), ...scenes]).broken;
	expect(broken(hours(10, 1), markOfB, second, hours(14, 1))).toBeNull();
	expect(broken(hours(10, 1), markOfB, second, hours(14, 0))).toContain('1 slots');
	expect(broken(hours(10, 1), markOfB, second, hours(14, 1), hours(10, 0))).toBeNull();
	expect(broken(hours(10, 1), markOfB, second, hours(13, 1))).toContain('2 slots');
	const aborts: Scene = [
		{ kind: 'user-aborts', task: 'b' },
		task('b', { aborted: true, mark: 'withdrawn', restart_pending: false }),
	];
	expect(broken(hours(10, 1), markOfB, second, hours(14, 1), hours(10, 0), aborts)).toBeNull();
});

it('moves with the time of which a story is told anew', () => {
	const story = until('granted').map((scene): Scene => [...scene, seen({ minute: 100 })]);
	let memory = exactQuota.begin(setupToJudge(), restingAt(100));
	let before = restingAt(100);
	for (const [event, ...changes] of story) {
		const after = changes.reduce((state, change) => change(state), seen({ answer: null })(before));
		const ruling = exactQuota.step(memory, { setup: setupToJudge(), before, event, after });
		if (ruling !== null) memory = ruling.memory;
		before = after;
	}
	expect(exactQuota.rebase?.(memory, 100)).toEqual([{ unit: 0, minute: 0, list: [0] }]);
	expect(exactQuota.rebase?.([{ unit: 0, minute: null, list: [0] }], 100)).toEqual([
		{ unit: 0, minute: null, list: [0] },
	]);
});

it('tells apart what puts it to the test', () => {
	const at = (setup: ReturnType<typeof limited>, ...scenes: Scene[]) =>
		halvesAt(exactQuota, setup, scenes);
	expect(at(limited(1), ...until('fails'))).toEqual([]);
	expect(at(limited(1), ...until('granted'))).toEqual(['taken']);
	const other: Scene = [
		delivered('request', 'mark'),
		task('b', granted),
		seen({ quota_used: 2 }),
		answer(200, 'granted'),
	];
	expect(at(limited(2), ...until('granted'), markOfB, other)).toEqual(['taken']);
	expect(at(limited(1), ...until('idle'), markOfB, refused)).toEqual(['none-free']);
	expect(
		at(limited(0), ...until('fails'), [
			delivered('request', 'mark'),
			answer(400, 'refused_budget'),
		]),
	).toEqual([]);
	expect(
		at(limited(2), ...until('fails'), [
			delivered('request', 'mark'),
			answer(400, 'refused_budget'),
		]),
	).toEqual([]);
	expect(at(limited(1), ...until('idle'), hours(24, 0))).toEqual(['ran-out']);
	expect(at(limited(1), ...until('idle'), hours(1, 1))).toEqual([]);
	const aborts: Scene = [
		{ kind: 'user-aborts', task: 'a' },
		task('a', { aborted: true, mark: 'withdrawn' }),
		seen({ quota_used: 0 }),
	];
	expect(at(limited(1), ...until('granted'), aborts)).toEqual(['given-back']);
	const joins: Scene = [
		delivered('request', 'mark'),
		task('b', { mark: 'granted', restart_pending: true }),
	];
	expect(halvesAt(exactQuota, pairOf(), [...pairUntil('aGranted'), markOfB, joins])).toEqual([
		'joined',
	]);
	const policy: Scene = [
		{ kind: 'policy-changes', policy: { ...restingAt(0).policy, daily_limit: 5 } },
		(before) => ({ ...before, policy: { ...before.policy, daily_limit: 5 } }),
		answer(200, 'ok'),
	];
	expect(at(limited(1), policy)).toEqual(['policy']);
});

it('has no mark that finds none free where there is no limit', () => {
	const at = (...scenes: Scene[]) => halvesAt(exactQuota, limited(0), scenes);
	expect(at(...until('granted'))).toEqual(['taken']);
	expect(at(...until('fails'), [delivered('request', 'mark')])).toEqual([]);
});

it('counts one slot for all of a unit, wherever that stands', () => {
	const { tasks, ...pair } = pairOf();
	const later = {
		...pair,
		tasks: tasks.map(({ id, task, variant }) => ({ id, task, variant })),
		display_tasks: [{ id: 'd', execution_tasks: ['b', 'c'] }],
	};
	const marks = (id: string, used: number): Scene[] => [
		[
			{ kind: 'heartbeat-sent', host: 'h' },
			task(id, { status: 'started', host: 'h' }),
			inFlight(request('mark', { task: id, execution: 0 })),
		],
		[
			delivered('request', 'mark'),
			task(id, granted),
			seen({ quota_used: used }),
			answer(200, 'granted'),
		],
	];
	expect(halvesAt(exactQuota, later, [...marks('b', 1), ...marks('c', 1)])).toEqual(['joined']);
	expect(judgeScenes(exactQuota, later, [...marks('b', 1), ...marks('c', 2)]).broken).toContain(
		"1 slots of the project's quota are in use",
	);
	expect(halvesAt(exactQuota, later, [...marks('a', 1), ...marks('b', 2)])).toEqual(['taken']);
});

it('tells of each project what is given back and what is free', () => {
	const two: ReturnType<typeof setupToJudge> = {
		...limited(1),
		tasks: limited(1).tasks.map((one) => (one.id === 'b' ? { ...one, version: 'v' } : one)),
		other_versions: [
			{
				id: 'v',
				project: {
					id: 'q',
					policy: { max_automatic_restarts: 1, daily_limit: 2, execution_cap: 9 },
				},
			},
		],
	};
	const at = (...scenes: Scene[]) => halvesAt(exactQuota, two, scenes);
	const aborts: Scene = [
		{ kind: 'user-aborts', task: 'a' },
		task('a', { aborted: true, mark: 'withdrawn', restart_pending: false }),
		seen({ quota_used: 0 }),
	];
	expect(at(...until('granted'), aborts)).toEqual(['given-back']);
	expect(at(...until('idle'), hours(24, 0))).toEqual(['ran-out']);
	expect(at(...until('idle'), markOfB, [delivered('request', 'mark')])).toEqual([]);
});
