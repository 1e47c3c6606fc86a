import { describe, expect, it } from 'vitest';
import type { StartedBy } from '../vocabulary/observation.ts';
import { attributed } from './attributed.ts';
import { archivedA0, FAILED, restartedA, SUCCESS, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { archivedAs, begun, pairOf, pairUntil } from './testing/pair.ts';
import { delivered, judgeScenes, type Scene, seen, setupToJudge, task } from './testing/seen.ts';

const setup = setupToJudge();
const restarts = (change: Parameters<typeof task>[1]): Scene => [
	delivered('request', 'end'),
	task('a', { ...restartedA, ...change }),
];
const judgeEnd = (scene: Scene) => judgeScenes(attributed, setup, [...until('callsEnd'), scene]);

it('holds when an automatic restart names the mark that caused it', () => {
	expect(judgeScenes(attributed, setup, until('idle'))).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it('is violated when a restart is attributed to somebody else', () => {
	expect(judgeEnd(restarts({ started_by: { by: 'user' } })).broken).toBe(
		'execution 1 of "a" was started by the mark of execution 0 of "a", but it says by the user.',
	);
	const other = restarts({ started_by: { by: 'mark', task: 'b', execution: 0 } });
	expect(judgeEnd(other).broken).toContain('by the mark of execution 0 of "b"');
	const over: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'failed', details: FAILED })];
	const user: Scene = [{ kind: 'user-restarts', task: 'a', execution: 0 }, task('a', restartedA)];
	expect(judgeScenes(attributed, setup, [...until('runs'), over, user]).broken).toContain(
		'was started by the user',
	);
});

it('is violated when the named mark was not granted by the history', () => {
	const history = [{ ...archivedA0, mark: 'none' as const }];
	expect(judgeEnd(restarts({ history })).broken).toContain('does not say that it was granted');
});

it('is violated when who started an execution changes later', () => {
	const changes: Scene = [{ kind: 'monitor-runs' }, task('a', { started_by: { by: 'user' } })];
	expect(judgeScenes(attributed, setup, [...until('idle'), changes]).broken).toContain(
		'now it says by the user',
	);
});

it('is violated when the quota cannot be counted from the history', () => {
	const scene: Scene = [...restarts({}), seen({ quota_used: 3 })];
	expect(judgeEnd(scene).broken).toBe(
		'By the history 1 slots are in use at minute 0, but the app server counts 3.',
	);
});

describe('of what restarts together', () => {
	const pair = pairOf();
	const again = (a: StartedBy, b: StartedBy, mark: 'granted' | 'none' = 'granted'): Scene => [
		delivered('request', 'end'),
		task('a', begun(archivedAs('h', { mark }), a)),
		task('b', begun(archivedAs('g', { details: SUCCESS }), b)),
	];
	const broken = (scene: Scene, setup = pair, story = pairUntil('bCallsEnd')) =>
		judgeScenes(attributed, setup, [...story, scene]).broken;
	const byMark = (id: string, execution = 0): StartedBy => ({ by: 'mark', task: id, execution });
	const bySystem: StartedBy = { by: 'system' };

	it('each names a mark that was granted in it', () => {
		expect(broken(again(byMark('a'), byMark('a')))).toBeNull();
		expect(broken(again(byMark('a'), byMark('c')))).toContain('by the mark of execution 0 of "c"');
		expect(broken(again(byMark('a'), byMark('a', 1)))).toContain('execution 1 of "a"');
		expect(broken(again(byMark('a'), byMark('b')))).toContain(
			'names the mark of execution 0 of "b", but the history does not say that it was granted',
		);
		expect(broken(again(byMark('a'), byMark('a'), 'none'))).toContain(
			'the history does not say that it was granted',
		);
	});

	it('is a repair only where the policy has it so', () => {
		const repairs = pairOf({ restart_system_failed: true });
		const story = pairUntil('bRuns');
		const nothing = (scene: Scene): Scene => [...scene, seen({ quota_used: 0 })];
		expect(broken(nothing(again(bySystem, bySystem, 'none')), repairs, story)).toBeNull();
		expect(broken(nothing(again(bySystem, bySystem, 'none')), pair, story)).toContain(
			'but it says by the system',
		);
		expect(broken(nothing(again({ by: 'schedule' }, bySystem, 'none')), repairs, story)).toContain(
			'but it says by the schedule',
		);
	});
});

it('is violated when what it says changes afterwards', () => {
	const changes = (started_by: StartedBy): Scene => [
		{ kind: 'heartbeat-sent', host: 'h' },
		task('a', { started_by }),
	];
	const judged = (started_by: StartedBy) =>
		judgeScenes(attributed, setup, [...until('runs'), changes(started_by)]);
	expect(judged({ by: 'user' }).broken).toBe(
		'execution 0 of "a" was started by the schedule, but now it says by the user.',
	);
	expect(judged({ by: 'schedule' })).toMatchObject({ broken: null, exercised: 0 });
	const other: Scene = [{ kind: 'heartbeat-sent', host: 'h' }, task('a', { aborted: true })];
	expect(judgeScenes(attributed, setup, [...until('runs'), other]).exercised).toBe(0);
});

describe('the slots in use by the history', () => {
	/** "a" is restarted at the end that comes at this minute, dispatched then, and so many slots are told. */
	const restartedAt = (dispatched: number, ended: number, used: number): Scene[] => [
		...until('callsEnd').map(
			(scene): Scene => [...scene, seen({ minute: ended, quota_used: used })],
		),
		[
			delivered('request', 'end'),
			task('a', {
				...restartedA,
				history: [{ ...archivedA0, dispatched_minute: dispatched, ended_minute: ended }],
			}),
		],
	];
	const told = (...scenes: Scene[]) => judgeScenes(attributed, setup, scenes).broken;

	it('are those of a day, from the dispatch to the end of what was marked', () => {
		expect(told(...restartedAt(0, 0, 1))).toBeNull();
		expect(told(...restartedAt(0, 0, 0))).toContain(
			'By the history 1 slots are in use at minute 0, but the app server counts 0.',
		);
		expect(told(...restartedAt(0, 0, 2))).toContain('By the history 1 slots');
		expect(told(...restartedAt(0, 1439, 0))).toContain('By the history 1 slots');
		expect(told(...restartedAt(0, 1440, 0))).toBeNull();
		expect(told(...restartedAt(0, 1440, 1))).toBeNull();
		expect(told(...restartedAt(0, 1440, 2))).toContain('By the history 0 to 1 slots');
	});

	it('are counted from whatever minute it is', () => {
		expect(told(...restartedAt(10, 1450, 0))).toBeNull();
		expect(told(...restartedAt(10, 1449, 0))).toContain('By the history 1 slots');
	});

	it('are of the member that was marked, whenever the others ended', () => {
		const pair = pairOf();
		const scenes = (ended: number, used: number): Scene[] => [
			...pairUntil('bCallsEnd'),
			[
				delivered('request', 'end'),
				seen({ minute: ended, quota_used: used }),
				task('a', begun(archivedAs('h', { mark: 'granted' }))),
				task('b', begun(archivedAs('g', { details: SUCCESS, ended_minute: ended }))),
			],
		];
		const of = (ended: number, used: number) =>
			judgeScenes(attributed, pair, scenes(ended, used)).broken;
		expect(of(1439, 1)).toBeNull();
		expect(of(1440, 0)).toBeNull();
		// It was taken at the earliest when the first of them was dispatched.
		const [, ...changes] = scenes(1440, 0).at(-1) ?? [];
		const late = task('b', begun(archivedAs('g', { dispatched_minute: 10, ended_minute: 1440 })));
		const last: Scene = [delivered('request', 'end'), ...changes, late];
		const story = [...pairUntil('bCallsEnd'), last];
		expect(judgeScenes(attributed, pair, story).broken).toBeNull();
		expect(of(1440, 1)).toContain('By the history 0 slots');
	});

	it('may run out while a mark stands', () => {
		const later = (minute: number, used: number, ...changes: ReturnType<typeof task>[]) => {
			const scenes: Scene[] = [
				...pairUntil('aGranted'),
				[
					{ kind: 'user-restarts', task: 'c', execution: 0 },
					seen({ minute, quota_used: used }),
					...changes,
					task('c', begun(archivedAs('h'), { by: 'user' })),
				],
			];
			return judgeScenes(attributed, pairOf(), scenes).broken;
		};
		const at = task('a', { dispatched_minute: 10 });
		const none = task('b', { status: 'undispatched', dispatched_minute: null });
		expect(later(1449, 0, at, none)).toContain('By the history 1 slots');
		expect(later(1450, 0, at, none)).toBeNull();
		expect(later(1450, 1, at, none)).toBeNull();
		expect(later(1450, 2, at, none)).toContain('By the history 0 to 1 slots');
		const over = task('a', { status: 'failed', ended_minute: 20, details: FAILED });
		expect(later(1459, 1, at, over)).toBeNull();
		expect(later(1460, 0, at, over)).toBeNull();
		expect(later(1460, 1, at, over, task('b', { dispatched_minute: 10 }))).toContain(
			'By the history 0 slots',
		);
	});

	it('are those of older marks too, as long as their day lasts', () => {
		const again = (minute: number, used: number): Scene[] => [
			...until('idle'),
			[
				{ kind: 'monitor-runs' },
				seen({ minute, quota_used: used }),
				task('a', { status: 'failed', details: FAILED }),
			],
			[
				{ kind: 'user-restarts', task: 'a', execution: 1 },
				task('a', {
					execution: 2,
					started_by: { by: 'user' },
					history: [
						archivedA0,
						{
							...archivedA0,
							execution: 1,
							started_by: restartedA.started_by ?? { by: 'user' },
							mark: 'none',
							dispatched_minute: minute,
							ended_minute: minute,
						},
					],
				}),
			],
		];
		expect(told(...again(1439, 1))).toBeNull();
		expect(told(...again(1439, 0))).toContain('By the history 1 slots');
		expect(told(...again(1440, 0))).toBeNull();
		expect(told(...again(1440, 1))).toContain('By the history 0 slots');
	});

	it('are one while a mark stands', () => {
		const story = (used: number, ...changes: Scene[]): Scene[] => [
			...until('granted'),
			...changes,
			[
				{ kind: 'user-restarts', task: 'b', execution: 0 },
				task('b', { ...begun(archivedAs('g'), { by: 'user' }) }),
				seen({ quota_used: used }),
			],
		];
		expect(told(...story(1))).toBeNull();
		expect(told(...story(0))).toContain('By the history 1 slots');
		expect(told(...story(2))).toContain('By the history 1 slots');
	});
});

it('tells apart what puts it to the test', () => {
	const at = (...scenes: Scene[]) => halvesAt(attributed, setup, scenes);
	expect(at(...until('callsEnd'))).toEqual([]);
	expect(at(...until('restarted'))).toEqual(['mark']);
	const user: Scene = [
		{ kind: 'user-restarts', task: 'b', execution: 0 },
		task('b', begun(archivedAs('g'), { by: 'user' })),
	];
	expect(at(user)).toEqual(['user']);
	const repaired: Scene = [
		{ kind: 'monitor-runs' },
		task('b', begun(archivedAs('g'), { by: 'system' })),
	];
	const repairs = setupToJudge({
		policy: { ...setup.policy, restart_system_failed: true },
	});
	expect(halvesAt(attributed, repairs, [repaired])).toEqual(['repair']);
});
