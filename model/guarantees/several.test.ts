import { describe, expect, test } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Observation } from '../vocabulary/observation.ts';
import { heededOf, OtherPolicy, type Setup } from '../vocabulary/setup.ts';
import { abortReachesAll } from './abort-reaches-all.ts';
import { attributed } from './attributed.ts';
import { boundedRestarts } from './bounded-restarts.ts';
import { exactQuota } from './exact-quota.ts';
import type { Guarantee } from './guarantee.ts';
import { noFlapping } from './no-flapping.ts';
import { promisedRestart } from './promised-restart.ts';
import { restartWhenFinished } from './restart-when-finished.ts';
import { granted, until } from './testing/flaky.ts';
import {
	answer,
	type Change,
	delivered,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

/** What judges make of it when there is more than one project, or version: "a" is of the first, "b" of the other. */

const heeded = (policy: Partial<OtherPolicy> = {}) => heededOf(OtherPolicy.parse(policy));

function severalOf(project: NonNullable<Setup['other_versions']>[number]['project']): Setup {
	const one = setupToJudge({ policy: { daily_limit: 1 } });
	return {
		...one,
		tasks: one.tasks.map((each) => (each.id === 'b' ? { ...each, version: 'second' } : each)),
		other_versions: [{ id: 'second', ...(project === undefined ? {} : { project }) }],
	};
}
const LIMIT: OtherPolicy = OtherPolicy.parse({ daily_limit: 1 });
const projects = severalOf({ id: 'other', policy: LIMIT });
const versions = severalOf(undefined);

const others = (quota_used: number, policy: Partial<OtherPolicy> = LIMIT) =>
	seen({ other_projects: [{ policy: heeded(policy), quota_used }] });
const B0 = { task: 'b', execution: 0 };
const markOfB: Scene = [
	{ kind: 'heartbeat-sent', host: 'h' },
	task('b', { status: 'started', host: 'g' }),
	inFlight(request('mark', B0)),
];

const judged = (judge: Guarantee, setup: Setup, scenes: readonly Scene[]): string | null =>
	judgeScenes(judge, setup, scenes).broken;

describe('the slots of a project', () => {
	const grantsB = (own: number, other: number): Scene[] => [
		...until('granted'),
		markOfB,
		[delivered('request', 'mark'), task('b', granted), seen({ quota_used: own }), others(other)],
	];

	test('are counted by themselves: each may have its limit in use', () => {
		expect(judged(exactQuota, projects, grantsB(1, 1))).toBeNull();
		expect(judged(exactQuota, versions, grantsB(2, 0))).toContain(
			'The project may use 1 automatic restarts in 24 hours, but 2 were granted',
		);
	});

	test('are not those of another one', () => {
		expect(judged(exactQuota, projects, grantsB(2, 0))).toContain(
			'1 slots of the project "p"\'s quota are in use at minute 0, but the app server counts 2.',
		);
		const refused: Scene[] = [
			...until('granted'),
			markOfB,
			[
				delivered('request', 'mark'),
				task('b', { mark: 'refused_quota' }),
				answer(429, 'refused_quota'),
			],
		];
		expect(judged(exactQuota, projects, refused)).toContain('but only 0 of 1 slots were in use');
		expect(judged(exactQuota, versions, refused)).toBeNull();
	});

	test('are counted by its own history', () => {
		const restarted = until('idle');
		expect(judged(attributed, projects, restarted)).toBeNull();
		const moved: Scene[] = restarted.map((scene) => [...scene, seen({ quota_used: 0 }), others(1)]);
		expect(judged(attributed, projects, moved)).toContain('By the history');
	});
});

describe('the policy of a project', () => {
	const changes = (project: string | undefined, now: Change[]): Scene => [
		{
			kind: 'policy-changes',
			...(project === undefined ? {} : { project }),
			policy: heeded({ max_automatic_restarts: 0, daily_limit: 1 }),
		},
		answer(200, 'ok'),
		...now,
	];
	const none = { max_automatic_restarts: 0, daily_limit: 1 };

	test('changes alone', () => {
		expect(judged(boundedRestarts, projects, [changes('other', [others(0, none)])])).toBeNull();
		expect(
			judged(boundedRestarts, projects, [
				changes('other', [others(0, none), seen({ policy: heeded(none) })]),
			]),
		).toContain('max_automatic_restarts of project "p" is 1, but 0 is in force');
		expect(
			judged(boundedRestarts, projects, [changes('other', [seen({ policy: heeded(none) })])]),
		).toContain('but 0 is in force');
	});

	test('decides the marks of its tasks', () => {
		const refuses: Scene[] = [
			[{ kind: 'heartbeat-sent', host: 'h' }, others(0, none)],
			...until('granted').slice(0, -1),
			markOfB,
			[
				delivered('request', 'mark'),
				task('b', { mark: 'refused_budget' }),
				answer(400, 'refused_budget'),
			],
		];
		expect(judged(promisedRestart, projects, refuses)).toBeNull();
	});
});

describe('a version', () => {
	const runsB: Scene = [
		{ kind: 'monitor-runs' },
		task('b', { status: 'started', host: 'g' }),
		seen({ other_versions: ['started'] }),
	];
	const told = (event: Event, ...changes: Change[]): Scene => [
		event,
		answer(200, 'ok'),
		...changes,
	];

	test('is aborted by itself', () => {
		const abort: Event = { kind: 'user-aborts-version' };
		expect(judged(abortReachesAll, versions, [runsB, told(abort)])).toBeNull();
		expect(
			judged(abortReachesAll, versions, [runsB, told(abort, task('b', { aborted: true }))]),
		).toContain('no user and no failure of its version had asked for it');
		expect(
			judged(abortReachesAll, versions, [runsB, told({ ...abort, version: 'second' })]),
		).toContain('should reach execution 0 of "b"');
	});

	test('is restarted by itself', () => {
		const restart: Event = { kind: 'user-restarts-version' };
		const asked = task('b', { restart_asked: 'whole' });
		expect(judged(restartWhenFinished, versions, [runsB, told(restart)])).toBeNull();
		expect(judged(restartWhenFinished, versions, [runsB, told(restart, asked)])).toContain(
			'Nobody asks any more',
		);
		const named = { ...restart, version: 'second' };
		expect(judged(restartWhenFinished, versions, [runsB, told(named, asked)])).toBeNull();
		expect(judged(restartWhenFinished, versions, [runsB, told(named)])).toContain('was forgotten');
	});

	test('is shown by its own tasks', () => {
		expect(judged(noFlapping, versions, [runsB])).toBeNull();
		const shown: Scene = [...runsB, seen({ version: 'started' } satisfies Partial<Observation>)];
		expect(judged(noFlapping, versions, [shown])).toContain(
			'The version should be shown as created, but it is shown as started.',
		);
		const hidden: Scene = [...runsB, seen({ other_versions: ['created'] })];
		expect(judged(noFlapping, versions, [hidden])).toContain(
			'The version "second" should be shown as started',
		);
	});
});
