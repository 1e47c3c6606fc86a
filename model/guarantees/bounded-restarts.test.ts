import { describe, expect, it } from 'vitest';
import type { Setup } from '../vocabulary/setup.ts';
import { boundedRestarts } from './bounded-restarts.ts';
import { archivedA0, granted, restartedA, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { archivedAs, begun, but, pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	delivered,
	inFlight,
	judgeScenes,
	request,
	resting,
	type Scene,
	setupToJudge,
	task,
} from './testing/seen.ts';

const A1 = { task: 'a', execution: 1 };
/** Execution 1 runs, and its mark arrives. */
const secondMark = (
	change: Scene[1],
	status: number,
	outcome: 'granted' | 'refused_budget',
): Scene[] => [
	[
		{ kind: 'heartbeat-sent', host: 'h' },
		task('a', { status: 'started', host: 'h' }),
		inFlight(request('mark', A1)),
	],
	[delivered('request', 'mark'), change, answer(status, outcome)],
];

it('holds when the second mark of a task is refused', () => {
	const refused = secondMark(task('a', { mark: 'refused_budget' }), 400, 'refused_budget');
	const judged = judgeScenes(boundedRestarts, setupToJudge(), [...until('idle'), ...refused]);
	expect(judged).toMatchObject({ broken: null, exercised: 3 });
});

it('is violated when more restarts are granted than max', () => {
	const again = secondMark(task('a', { ...granted, automatic_restarts: 2 }), 200, 'granted');
	const judged = judgeScenes(boundedRestarts, setupToJudge(), [...until('idle'), ...again]);
	expect(judged.broken).toBe(
		'Task "a" may be restarted automatically 1 time in its whole life, but 2 restarts were granted.',
	);
});

it('is violated when a mark is granted from the execution cap on', () => {
	const setup = setupToJudge({ policy: { max_automatic_restarts: 2, execution_cap: 1 } });
	const beyond = secondMark(task('a', { ...granted, automatic_restarts: 2 }), 200, 'granted');
	expect(judgeScenes(boundedRestarts, setup, [...until('idle'), ...beyond]).broken).toBe(
		'From execution 1 on no execution is restarted automatically, but the mark of execution 1 of "a" was granted.',
	);
});

it('is violated when the count hides an automatic execution', () => {
	const history = [
		archivedA0,
		{ ...archivedA0, execution: 1, started_by: { by: 'mark' as const, task: 'a', execution: 0 } },
	];
	const hidden: Scene = [
		{ kind: 'monitor-runs' },
		task('a', { ...restartedA, execution: 2, history, started_by: { by: 'mark', ...A1 } }),
	];
	const judged = judgeScenes(boundedRestarts, setupToJudge(), [...until('idle'), hidden]);
	expect(judged.broken).toContain('2 of its executions were started by a mark');
	const uncounted: Scene = [{ kind: 'monitor-runs' }, task('a', { automatic_restarts: 0 })];
	expect(
		judgeScenes(boundedRestarts, setupToJudge(), [...until('idle'), uncounted]).broken,
	).toContain('counts 0');
});

describe('what restarts together', () => {
	const broken = (setup: ReturnType<typeof pairOf>, ...scenes: Scene[]) =>
		judgeScenes(boundedRestarts, setup, scenes).broken;
	const markOfB: Scene = [
		{ kind: 'heartbeat-sent', host: 'g' },
		inFlight(request('mark', { task: 'b', execution: 0 })),
	];
	const joins: Scene = [
		delivered('request', 'mark'),
		task('b', { mark: 'granted', restart_pending: true }),
		answer(200, 'granted'),
	];

	it('has one budget, which a second member does not use', () => {
		expect(broken(pairOf(), ...pairUntil('aGranted'), markOfB, joins)).toBeNull();
		const twice: Scene = [...joins, task('b', { mark: 'granted', automatic_restarts: 2 })];
		expect(broken(pairOf(), ...pairUntil('aGranted'), markOfB, twice)).toContain(
			'Task "b" may be restarted automatically 1 time in its whole life, but 2 restarts were granted.',
		);
		const hidden: Scene[] = [
			...pairUntil('aFails'),
			[
				delivered('request', 'mark'),
				task('a', { mark: 'granted', restart_pending: true, automatic_restarts: 1 }),
			],
		];
		expect(broken(pairOf(), ...hidden)).toContain(
			'Task "b" counts 0 automatic restarts, but it had or awaits 1.',
		);
	});

	it('is not marked where another member is at the cap', () => {
		const capped = pairOf({ execution_cap: 1 });
		const b1 = task('b', { ...begun(archivedAs('g'), { by: 'user' }) });
		const story: Scene[] = [...pairUntil('aFails'), [{ kind: 'heartbeat-sent', host: 'g' }, b1]];
		const grants: Scene = but('aGranted');
		expect(broken(capped, ...story, grants)).toContain(
			'and "b" is at it, but the mark of execution 0 of "a" was granted, which restarts both',
		);
		expect(broken(pairOf({ execution_cap: 2 }), ...story, grants)).toBeNull();
	});

	it('keeps to the largest budget that there was, and at a grant to the one that there is', () => {
		const policy = (max_automatic_restarts: number): Scene => [
			{
				kind: 'policy-changes',
				policy: { ...resting(pairOf()).policy, max_automatic_restarts },
			},
			(before) => ({ ...before, policy: { ...before.policy, max_automatic_restarts } }),
			answer(200, 'ok'),
		];
		expect(broken(pairOf(), ...pairUntil('bCallsEnd'), policy(0), but('restarted'))).toBeNull();
		expect(broken(pairOf(), ...pairUntil('aFails'), policy(0), but('aGranted'))).toContain(
			'may be restarted automatically 0 times in its whole life, but 1 restart was granted',
		);
		const none = pairOf({ max_automatic_restarts: 0 });
		expect(broken(none, policy(1), ...pairUntil('aGranted'))).toBeNull();
		expect(broken(none, policy(1), policy(0), ...pairUntil('aGranted'))).toContain('0 times');
	});
});

it('tells apart what puts it to the test', () => {
	const at = (policy: Partial<Setup['policy']>, ...scenes: Scene[]) => {
		const setup = setupToJudge();
		return halvesAt(boundedRestarts, { ...setup, policy: { ...setup.policy, ...policy } }, scenes);
	};
	const refused = (outcome: 'refused_budget' | 'refused_cap' | 'refused_quota'): Scene => [
		delivered('request', 'mark'),
		task('a', { mark: outcome }),
		answer(400, outcome),
	];
	expect(at({}, ...until('fails'))).toEqual([]);
	expect(at({}, ...until('granted'))).toEqual(['counted']);
	expect(at({}, ...until('restarted'))).toEqual(['counted']);
	expect(at({}, ...until('fails'), refused('refused_quota'))).toEqual([]);
	expect(at({ max_automatic_restarts: 0 }, ...until('fails'), refused('refused_budget'))).toEqual([
		'budget',
	]);
	expect(at({ execution_cap: 0 }, ...until('fails'), refused('refused_cap'))).toEqual(['cap']);
	const ends: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'failed' })];
	const byUser = (automatic_restarts: number): Scene => [
		{ kind: 'user-restarts', task: 'a', execution: 1 },
		task('a', {
			execution: 2,
			started_by: { by: 'user' },
			automatic_restarts,
			history: [
				archivedA0,
				{ ...archivedA0, execution: 1, started_by: { by: 'mark', task: 'a', execution: 0 } },
			],
		}),
	];
	expect(at({}, ...until('idle'), ends, byUser(1))).toEqual(['user']);
	expect(at({}, ...until('idle'), ends)).toEqual([]);
	const first: Scene = [
		{ kind: 'user-restarts', task: 'a', execution: 0 },
		task('a', { ...restartedA, started_by: { by: 'user' }, automatic_restarts: 0 }),
	];
	expect(at({}, ...until('runs'), ends, first)).toEqual([]);
});
