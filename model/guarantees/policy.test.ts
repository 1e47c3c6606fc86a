import { describe, expect, it, test } from 'vitest';
import { heededOf, type PolicyInForce } from '../vocabulary/setup.ts';
import { attributed } from './attributed.ts';
import { boundedRestarts } from './bounded-restarts.ts';
import { exactQuota } from './exact-quota.ts';
import type { Guarantee } from './guarantee.ts';
import { promisedRepair } from './promised-repair.ts';
import { promisedRestart } from './promised-restart.ts';
import { restartHasCause } from './restart-has-cause.ts';
import { archivedA0, granted, restartedA, until } from './testing/flaky.ts';
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

const setup = setupToJudge({ policy: { daily_limit: 2 } });
const heeded = heededOf(setup.policy);
const B0 = { task: 'b', execution: 0 };

/** An admin changes the policy, and `kept` is in force then. */
const changes = (change: Partial<PolicyInForce>, kept = change): Scene => [
	{ kind: 'policy-changes', policy: { ...heeded, ...change } },
	seen({ policy: { ...heeded, ...kept } }),
	answer(200, 'ok'),
];
const markOfB: Scene = [
	{ kind: 'heartbeat-sent', host: 'h' },
	task('b', { status: 'started', host: 'g' }),
	inFlight(request('mark', B0)),
];
const grantsB = (used: number): Scene => [
	delivered('request', 'mark'),
	task('b', { ...granted }),
	seen({ quota_used: used }),
	answer(200, 'granted'),
];
const refusesB = (mark: 'refused_quota' | 'refused_budget'): Scene => [
	delivered('request', 'mark'),
	task('b', { mark }),
	answer(mark === 'refused_quota' ? 429 : 400, mark),
];
const broken = (guarantee: Guarantee, ...scenes: Scene[]): string | null =>
	judgeScenes(guarantee, setup, [...until('granted'), ...scenes]).broken;

describe('the policy that counts is the one at the grant', () => {
	test('what is in use when the limit is lowered stays so, and the next is refused', () => {
		expect(
			broken(exactQuota, changes({ daily_limit: 1 }), markOfB, refusesB('refused_quota')),
		).toBeNull();
		expect(broken(exactQuota, changes({ daily_limit: 1 }), markOfB, grantsB(2))).toBe(
			'The project may use 1 automatic restarts in 24 hours, but 2 were granted and not given back.',
		);
	});

	test('more may be in use than are allowed by now, as long as no more is granted', () => {
		const lowered = changes({ daily_limit: 1 });
		expect(broken(exactQuota, markOfB, grantsB(2), lowered, [{ kind: 'monitor-runs' }])).toBeNull();
	});

	test('what is refused after the limit was raised, is refused for nothing', () => {
		expect(
			broken(exactQuota, changes({ daily_limit: 3 }), markOfB, refusesB('refused_quota')),
		).toContain('only 1 of 3 slots were in use');
	});

	test('a restart that was granted is one too many for nobody, when fewer are allowed by then', () => {
		const lowered = changes({ max_automatic_restarts: 0 });
		const settled = until('idle').slice(until('granted').length);
		expect(broken(boundedRestarts, lowered, ...settled)).toBeNull();
		expect(broken(promisedRestart, lowered, ...settled)).toBeNull();
		expect(broken(boundedRestarts, lowered, markOfB, grantsB(2))).toContain(
			'may be restarted automatically 0 times in its whole life, but 1 restart was granted',
		);
		expect(broken(boundedRestarts, changes({ execution_cap: 0 }), markOfB, grantsB(2))).toContain(
			'From execution 0 on',
		);
	});

	test('a restart that is granted after max was raised is one of so many, of whichever project', () => {
		const raised = changes({ max_automatic_restarts: 2 });
		const settled = until('idle').slice(until('granted').length);
		const again: Scene[] = [
			[
				{ kind: 'heartbeat-sent', host: 'h' },
				task('a', { status: 'started', host: 'h' }),
				inFlight(request('mark', { task: 'a', execution: 1 })),
			],
			[
				delivered('request', 'mark'),
				task('a', { ...granted, automatic_restarts: 2 }),
				answer(200, 'granted'),
			],
		];
		const third = task('a', {
			...restartedA,
			execution: 2,
			started_by: { by: 'mark', task: 'a', execution: 1 },
			automatic_restarts: 2,
			history: [
				archivedA0,
				{ ...archivedA0, execution: 1, started_by: { by: 'mark', task: 'a', execution: 0 } },
			],
		});
		const restarts: Scene = [{ kind: 'monitor-runs' }, third];
		expect(broken(boundedRestarts, raised, ...settled, ...again, restarts)).toBeNull();
		const lowered = changes({ max_automatic_restarts: 1 });
		expect(broken(boundedRestarts, raised, ...settled, ...again, lowered, restarts)).toBeNull();
		expect(broken(boundedRestarts, ...settled, ...again)).toContain('1 time in its whole life');
	});

	test('a repair that is pending may be made when repairs are switched off, another may not', () => {
		const repaired = (pending: boolean): Scene[] => [
			[{ kind: 'monitor-runs' }, task('b', { status: 'failed', repair_pending: pending })],
			[{ kind: 'monitor-runs' }, task('b', { execution: 1, started_by: { by: 'system' } })],
		];
		expect(broken(attributed, ...repaired(true))).toBeNull();
		expect(broken(attributed, ...repaired(false))).toContain('but it says by the system');
		expect(broken(restartHasCause, ...repaired(true))).toContain('no execution 0 had been lost');
		expect(broken(restartHasCause, ...repaired(false))).toContain(
			'which the policy does not allow',
		);
	});
});

describe.each<[string, Guarantee, keyof PolicyInForce, Partial<PolicyInForce>, string]>([
	['S1', boundedRestarts, 'max_automatic_restarts', { max_automatic_restarts: 2 }, '2, but 1'],
	['S1', boundedRestarts, 'execution_cap', { execution_cap: 3 }, '3, but 9'],
	['S7', exactQuota, 'daily_limit', { daily_limit: 1 }, '1, but 2'],
	[
		'L6',
		promisedRepair,
		'restart_system_failed',
		{ restart_system_failed: true },
		'true, but false',
	],
])('by %s', (_, guarantee, key, change, said) => {
	it(`is what the admins said last that is in force of ${key}`, () => {
		expect(broken(guarantee, changes(change))).toBeNull();
		expect(broken(guarantee, changes(change, {}))).toBe(
			`By what the admins said last ${key} is ${said} is in force.`,
		);
	});

	it(`is changed by nobody else, nor by an admin who is refused: ${key}`, () => {
		const policy = { ...heeded, ...change };
		expect(broken(guarantee, [{ kind: 'monitor-runs' }, seen({ policy })])).toContain('in force');
		const refused: Scene = [{ kind: 'policy-changes', policy }, answer(401, 'refused_credentials')];
		expect(broken(guarantee, refused)).toBeNull();
	});
});
