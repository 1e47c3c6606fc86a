import { describe, expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import { attributed } from './attributed.ts';
import { boundedRestarts } from './bounded-restarts.ts';
import { budgetsAreSeparate } from './budgets-are-separate.ts';
import { dependentsSeeFinalStatus } from './dependents-see-final-status.ts';
import { displayTaskRestart } from './display-task-restart.ts';
import { exactQuota } from './exact-quota.ts';
import { executionsAreIsolated } from './executions-are-isolated.ts';
import type { Guarantee } from './guarantee.ts';
import { guarantees } from './index.ts';
import { noRestartAfterAbort } from './no-restart-after-abort.ts';
import { oneRestartPerEnd } from './one-restart-per-end.ts';
import { promisedRestart } from './promised-restart.ts';
import { restartAfterEnd } from './restart-after-end.ts';
import { restartHasCause } from './restart-has-cause.ts';
import { statusPrecedence } from './status-precedence.ts';
import { FAILED, SUCCESS } from './testing/flaky.ts';
import { archivedAs, begun, but, pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	delivered,
	judgeScenes,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const broken = (guarantee: Guarantee, scenes: readonly Scene[], setup = pairOf()): string | null =>
	judgeScenes(guarantee, setup, scenes).broken;

describe('a display task that is restarted because one of its members failed', () => {
	it.each(guarantees.map((guarantee) => [guarantee.id, guarantee] as const))(
		'breaks nothing: %s',
		(_, guarantee) => {
			expect(broken(guarantee, pairUntil('restarted'))).toBeNull();
		},
	);

	it('matters to what is promised of units', () => {
		const exercised = (guarantee: Guarantee) =>
			judgeScenes(guarantee, pairOf(), pairUntil('restarted')).exercised;
		for (const guarantee of [displayTaskRestart, restartAfterEnd, restartHasCause, exactQuota])
			expect(exercised(guarantee)).toBeGreaterThan(0);
	});
});

describe('what a unit must not do', () => {
	const both = [
		task('a', begun(archivedAs('h', { mark: 'granted' }))),
		task('b', begun(archivedAs('g'))),
	] as const;

	it('restart while a member runs (S5)', () => {
		const early = but('aEnds', task('a', begun(archivedAs('h', { mark: 'granted' }))));
		expect(broken(restartAfterEnd, pairUntil('aEnds', early))).toContain(
			'before execution 0 of "b", which restarts together with it',
		);
	});

	/** A display task of "a", which failed, and "b", which is blocked by "c"; a user restarts the version, in this order of units. */
	const versionRestarts = (...order: readonly ('a' | 'b' | 'c')[]): string | null => {
		const setup = setupToJudge({
			tasks: order.map((id) => ({
				id,
				task: 'test',
				variant: 'linux',
				...(id === 'b' ? { depends_on: ['c'] } : {}),
			})),
			display_tasks: [{ id: 'd', execution_tasks: ['a', 'b'] }],
		});
		const failed = { status: 'failed', details: FAILED } as const;
		return broken(
			restartAfterEnd,
			[
				[
					{ kind: 'monitor-runs' },
					task('a', failed),
					task('b', { held: 'blocked' }),
					task('c', failed),
				],
				[
					{ kind: 'user-restarts-version' },
					task('a', begun(archivedAs('h'), { by: 'user' })),
					task('b', { held: 'waiting' }),
					task('c', begun(archivedAs('g'), { by: 'user' })),
				],
			],
			setup,
		);
	};

	it('restart, in a version that is restarted, before who was set free by a unit before it (S5)', () => {
		expect(versionRestarts('c', 'a', 'b')).toContain('"a" was restarted before execution 0 of "b"');
		expect(versionRestarts('a', 'b', 'c')).toBeNull();
	});

	it('leave a member that ended behind (C4)', () => {
		const alone = but('restarted', task('b', { execution: 0, status: 'success', history: [] }));
		expect(broken(displayTaskRestart, pairUntil('restarted', alone))).toContain(
			'"b" had ended in success, but it was not restarted',
		);
	});

	it('restart successful members when only failed ones were asked for (C4)', () => {
		const asked: Event = { kind: 'user-restarts', task: 'd', execution: 0, failed_only: true };
		const scenes: Scene[] = [
			...pairUntil('bCallsEnd'),
			[delivered('request', 'end'), task('b', { status: 'success', details: SUCCESS })],
			[asked, both[0], task('b', begun(archivedAs('g', { details: SUCCESS })))],
		];
		expect(broken(displayTaskRestart, scenes)).toContain('where only failed members are');
	});

	it('restart its only member, which was successful, when only failed ones were asked for (C4)', () => {
		const setup = setupToJudge({ display_tasks: [{ id: 'd', execution_tasks: ['b'] }] });
		const scenes: Scene[] = [
			[{ kind: 'monitor-runs' }, task('b', { status: 'success', details: SUCCESS })],
			[
				{ kind: 'user-restarts', task: 'd', execution: 0, failed_only: true },
				task('b', begun(archivedAs('g', { details: SUCCESS }))),
			],
		];
		expect(broken(displayTaskRestart, scenes, setup)).toContain('where only failed members are');
	});

	it('restart without a mark that stands (S2), or for one that was aborted (S3)', () => {
		const aborted: Scene = [
			{ kind: 'user-aborts', task: 'a' },
			task('a', { aborted: true, mark: 'withdrawn', restart_pending: false }),
		];
		const scenes: Scene[] = [
			...pairUntil('aGranted'),
			aborted,
			[
				delivered('request', 'end'),
				task('a', begun(archivedAs('h', { mark: 'withdrawn', aborted: true }))),
				task('b', begun(archivedAs('g'))),
			],
		];
		expect(broken(restartHasCause, scenes)).toContain('nothing that restarts together with it');
		expect(broken(noRestartAfterAbort, scenes)).toContain('was aborted, but it was restarted');
	});

	it('have more restarts than its budget, whoever asked (S1)', () => {
		const again = { by: 'mark', task: 'b', execution: 1 } as const;
		const twice: Scene = [
			delivered('request', 'end'),
			task('a', {
				execution: 2,
				started_by: again,
				history: [
					archivedAs('h', { mark: 'granted' }),
					archivedAs('h', { execution: 1, started_by: { by: 'mark', task: 'a', execution: 0 } }),
				],
			}),
		];
		expect(broken(boundedRestarts, [...pairUntil('restarted'), twice])).toContain(
			'may be restarted automatically 1 time in its whole life, but 2 marks restarted it',
		);
	});

	it('be granted a restart that takes a member beyond the cap (S1)', () => {
		const setup = pairOf({ execution_cap: 1 });
		const far: Scene = [
			{ kind: 'server-returns' },
			task('b', { execution: 1, history: [archivedAs('g')], started_by: { by: 'user' } }),
		];
		expect(broken(boundedRestarts, [far, ...pairUntil('aGranted')], setup)).toContain(
			'"b" is at it',
		);
	});

	it('take a second slot for a second mark (S7)', () => {
		const joins = (quota: number): Scene => [
			delivered('request', 'mark'),
			task('b', { mark: 'granted', restart_pending: true }),
			seen({ quota_used: quota }),
			answer(200, 'granted'),
		];
		const scenes = pairUntil('aGranted');
		expect(broken(exactQuota, [...scenes, joins(1)])).toBeNull();
		expect(broken(exactQuota, [...scenes, joins(2)])).toContain(
			"1 slots of the project's quota are in use at minute 0, but the app server counts 2",
		);
	});

	it('keep the slot when the last mark is withdrawn, or lose it before (S7)', () => {
		const joins: Scene = [
			delivered('request', 'mark'),
			task('b', { mark: 'granted', restart_pending: true }),
			answer(200, 'granted'),
		];
		const abort = (id: string, quota: number): Scene => [
			{ kind: 'user-aborts', task: id },
			task(id, { aborted: true, mark: 'withdrawn', restart_pending: false }),
			seen({ quota_used: quota }),
		];
		const scenes = [...pairUntil('aGranted'), joins];
		expect(broken(exactQuota, [...scenes, abort('a', 1), abort('b', 0)])).toBeNull();
		expect(broken(exactQuota, [...scenes, abort('a', 0)])).toContain('1 slots');
		expect(broken(exactQuota, [...scenes, abort('a', 1), abort('b', 1)])).toContain('0 slots');
	});

	it('lose the slot because a member whose mark stood too ended well (S7)', () => {
		const joins: Scene = [
			delivered('request', 'mark'),
			task('b', { mark: 'granted', restart_pending: true }),
			answer(200, 'granted'),
		];
		const restarts: Scene = [
			delivered('request', 'end'),
			task('a', begun(archivedAs('h', { mark: 'granted' }))),
			task('b', begun(archivedAs('g', { mark: 'granted', details: SUCCESS }))),
		];
		expect(broken(exactQuota, [...pairUntil('aGranted'), joins, restarts])).toBeNull();
	});

	it('count a budget that came to nothing (S13)', () => {
		const keeps: Scene = [
			{ kind: 'user-aborts', task: 'a' },
			task('a', { aborted: true, mark: 'withdrawn', restart_pending: false }),
		];
		expect(broken(budgetsAreSeparate, [...pairUntil('aGranted'), keeps])).toContain(
			'one that came to nothing was not given back',
		);
	});

	it('drop a promise (L1), unless its display task is aborted while a member runs', () => {
		const drops = (event: Event): Scene => [event, task('a', { restart_pending: false })];
		const scenes = pairUntil('aEnds');
		expect(broken(promisedRestart, [...scenes, drops({ kind: 'monitor-runs' })])).toContain(
			'it was dropped',
		);
		expect(
			broken(promisedRestart, [...scenes, drops({ kind: 'user-aborts', task: 'd' })]),
		).toBeNull();
	});

	it('keep a member that ended on the list of a display task that is aborted (S3)', () => {
		const aborts = (pending: boolean): Scene => [
			{ kind: 'user-aborts', task: 'd' },
			task('b', { aborted: true }),
			task('a', { restart_pending: pending }),
		];
		const scenes = pairUntil('aEnds');
		expect(broken(noRestartAfterAbort, [...scenes, aborts(false)])).toBeNull();
		expect(broken(noRestartAfterAbort, [...scenes, aborts(true)])).toContain(
			'The display task of execution 0 of "a" was aborted',
		);
	});

	it('owe a restart for ever (L1)', () => {
		const ends = but('restarted');
		const left: Scene = [
			ends[0],
			task('b', { status: 'success', details: SUCCESS, ended_minute: 0 }),
		];
		const setup = pairOf();
		expect(judgeScenes(promisedRestart, setup, pairUntil('aEnds')).owed).toBeNull();
		expect(judgeScenes(promisedRestart, setup, [...pairUntil('bCallsEnd'), left]).owed).toContain(
			'but it was never restarted',
		);
	});

	it('be restarted for a mark that was not granted (S19)', () => {
		const other = but(
			'restarted',
			task('b', { started_by: { by: 'mark', task: 'c', execution: 0 } }),
		);
		expect(broken(attributed, pairUntil('restarted', other))).toContain('but it says by');
	});

	it('change a task outside, by anything but what it sees of it (S9)', () => {
		const reaches = but('restarted', task('c', { mark: 'granted' }));
		expect(broken(executionsAreIsolated, pairUntil('restarted', reaches))).toContain(
			'it changed execution 0 of "c"',
		);
		const marks = but('aGranted', task('b', { mark: 'granted' }));
		expect(broken(executionsAreIsolated, pairUntil('aGranted', marks))).toContain(
			'it changed execution 0 of "b"',
		);
	});

	it('be restarted by nobody (S17), or by a user who names one that runs', () => {
		const nobody: Scene = [{ kind: 'monitor-runs' }, ...both];
		const ended = pairUntil('bCallsEnd').concat([
			[
				delivered('request', 'end'),
				task('a', { restart_pending: false }),
				task('b', { status: 'failed', details: FAILED, ended_minute: 0 }),
			],
		]);
		expect(broken(oneRestartPerEnd, [...ended, nobody])).toContain('no restart was pending');
		const user = { by: 'user' } as const;
		const hasty: Scene = [
			{ kind: 'user-restarts', task: 'd', execution: 0 },
			task('a', begun(archivedAs('h', { mark: 'granted' }), user)),
		];
		const scenes = [
			...pairUntil('aEnds').slice(0, -1),
			but(
				'aEnds',
				seen({
					display_tasks: [{ id: 'd', status: 'started', execution: 0 }],
				}),
			),
			hasty,
		];
		expect(broken(oneRestartPerEnd, scenes)).toContain('should do nothing');
	});
});

describe('the merge queue (S15)', () => {
	const setup = setupToJudge({ requester: 'github_merge_request' });
	const runs: Scene = [
		{ kind: 'server-returns' },
		task('a', { status: 'started', host: 'h' }),
		task('b', { status: 'started', host: 'g' }),
	];
	const lost = { status: 'failed', type: 'system', description: 'heartbeat' } as const;
	const aborted = { status: 'failed', type: null, description: 'aborted' } as const;
	const ends = (a: object, b: object): Scene => [
		{ kind: 'monitor-runs' },
		task('a', { status: 'failed', details: { ...FAILED, ...lost }, ended_minute: 60, ...a }),
		task('b', { status: 'failed', details: { ...FAILED, ...aborted }, ended_minute: 60, ...b }),
	];

	it('may abort a task between two ends of one run of the monitor, in their order only', () => {
		expect(broken(statusPrecedence, [runs, ends({}, { aborted: true })], setup)).toBeNull();
		const both = { details: { ...FAILED, ...aborted }, aborted: true };
		expect(broken(statusPrecedence, [runs, ends(both, both)], setup)).toContain(
			'execution 0 of "a" should end as failed / system / heartbeat',
		);
	});
});

describe('a dependent (S16)', () => {
	const bEnds = (held: 'blocked' | 'waiting' | null, status: 'success' | 'failed'): Scene => [
		delivered('request', 'end'),
		task('b', { status, details: status === 'success' ? SUCCESS : FAILED, ended_minute: 0 }),
		task('c', { held }),
	];
	const pending = pairUntil('bCallsEnd');

	it('sees nothing of an execution that is about to restart', () => {
		expect(broken(dependentsSeeFinalStatus, [...pending, bEnds('waiting', 'success')])).toBeNull();
		expect(
			judgeScenes(dependentsSeeFinalStatus, pairOf(), [...pending, bEnds('waiting', 'failed')]),
		).toMatchObject({
			broken: null,
			exercised: 1,
		});
		expect(broken(dependentsSeeFinalStatus, [...pending, bEnds(null, 'success')])).toContain(
			'should be held back as waiting',
		);
		expect(broken(dependentsSeeFinalStatus, [...pending, bEnds('blocked', 'failed')])).toContain(
			'but it is held back as blocked',
		);
	});

	it('is put to the test once, however often it is looked at', () => {
		const again: Scene = [{ kind: 'server-returns' }, task('c', { held: 'waiting' })];
		const scenes = [...pending, bEnds('waiting', 'failed'), again, again];
		expect(judgeScenes(dependentsSeeFinalStatus, pairOf(), scenes).exercised).toBe(1);
	});

	it('is not dispatched meanwhile', () => {
		const hasty: Scene = [delivered('request', 'next'), task('c', { status: 'dispatched' })];
		expect(
			broken(dependentsSeeFinalStatus, [...pending, bEnds('waiting', 'success'), hasty]),
		).toContain('was dispatched, but it should have been held back as waiting');
	});

	it('sees a status that is final', () => {
		const scenes = pairUntil('bRuns');
		expect(broken(dependentsSeeFinalStatus, [...scenes, bEnds(null, 'success')])).toBeNull();
		expect(broken(dependentsSeeFinalStatus, [...scenes, bEnds('blocked', 'failed')])).toBeNull();
		expect(broken(dependentsSeeFinalStatus, [...scenes, bEnds('waiting', 'success')])).toContain(
			'should be free to be dispatched',
		);
	});
});
