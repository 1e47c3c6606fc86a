import { describe, expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Details } from '../vocabulary/message.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { promisedRepair } from './promised-repair.ts';
import { type Case, judgeCases } from './testing/cases.ts';
import { FAILED, SUCCESS, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { archivedAs, begun, pairOf, pairUntil } from './testing/pair.ts';
import { groupOf, host, judgeScenes, type Scene, setupToJudge, task } from './testing/seen.ts';

const repairs = { policy: { ...setupToJudge().policy, restart_system_failed: true } } as const;
const plain = setupToJudge(repairs);
const pair = pairOf(repairs.policy);
const single = { ...groupOf({}), ...repairs };

const HEARTBEAT: Details = {
	status: 'failed',
	type: 'system',
	description: 'heartbeat',
	timed_out: null,
};
const MONITOR: Event = { kind: 'monitor-runs' };
const bySystem = { by: 'system' } as const;
const gone = { status: 'failed', ended_minute: 0, details: HEARTBEAT } as const;
const lost = (id: string) => task(id, { ...gone, repair_pending: true });
const lostAt = archivedAs('h', { details: HEARTBEAT });
const endsB: Scene = [MONITOR, task('b', { status: 'success', ended_minute: 0, details: SUCCESS })];
const again = (id: string, entry = lostAt) => task(id, begun(entry, bySystem));
const wellB = archivedAs('g', { details: SUCCESS });
const dead = host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } });
const aLost: Scene = [MONITOR, lost('a'), dead];
const bRuns: Scene = [MONITOR, task('b', { status: 'started', host: 'g', dispatched_minute: 0 })];
const aborted: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];

const cases: Record<string, Case> = {
	'L6: an execution 0 that is lost': {
		guarantee: promisedRepair,
		setup: pair,
		story: pairUntil('bRuns'),
		event: MONITOR,
		right: [lost('a')],
		wrong: [
			'was lost with its agent and is to be repaired, but no repair is pending',
			task('a', gone),
		],
	},
	'L6: one that is lost, where the policy repairs nothing': {
		guarantee: promisedRepair,
		story: until('runs'),
		event: MONITOR,
		right: [task('a', gone)],
		wrong: ['is to be repaired, though it is not', lost('a')],
	},
	'L6: one that was aborted and is lost': {
		guarantee: promisedRepair,
		setup: plain,
		story: [...until('runs'), aborted],
		event: MONITOR,
		right: [task('a', { ...gone, details: { ...FAILED, description: 'aborted' } })],
		wrong: ['is to be repaired, though it is not', lost('a')],
	},
	'L6: an execution 1 that is lost': {
		guarantee: promisedRepair,
		setup: plain,
		story: [
			...until('runs'),
			[MONITOR, again('a')],
			[MONITOR, task('a', { status: 'started', host: 'h' })],
		],
		event: MONITOR,
		right: [task('a', gone)],
		wrong: ['is to be repaired, though it is not', lost('a')],
	},
	'L6: a repair that is pending': {
		guarantee: promisedRepair,
		setup: pair,
		story: [...pairUntil('bRuns'), aLost],
		event: { kind: 'server-returns' },
		right: [],
		wrong: ['but no repair is pending', task('a', { repair_pending: false })],
	},
	'L6: the failed members of a display task': {
		guarantee: promisedRepair,
		setup: pair,
		story: [...pairUntil('bRuns'), aLost, endsB],
		event: MONITOR,
		right: [again('a')],
		wrong: [
			'A repair restarts the failed members of a display task, but execution 0 of "b", which ended in success, was restarted.',
			again('a'),
			again('b', wellB),
		],
	},
	'L6: all of a single-host group that ended': {
		guarantee: promisedRepair,
		setup: single,
		story: [
			...until('runs'),
			[MONITOR, task('a', { status: 'success', ended_minute: 0, details: SUCCESS })],
			bRuns,
			[MONITOR, lost('b')],
		],
		event: MONITOR,
		right: [again('a', archivedAs('h', { details: SUCCESS })), again('b')],
		wrong: [
			'all that ended of what restarts together, but execution 0 of "a", which ended in success, was not restarted',
			again('b'),
		],
	},
	'L6: nothing that was lost': {
		guarantee: promisedRepair,
		setup: plain,
		story: [
			...until('runs'),
			[MONITOR, task('a', { status: 'failed', ended_minute: 0, details: FAILED })],
		],
		event: MONITOR,
		right: [],
		wrong: ['was restarted by the system, but nothing of it was lost', again('a', archivedAs('h'))],
	},
	'L6: what a mark or a user restarts': {
		guarantee: promisedRepair,
		setup: plain,
		story: [...until('runs'), aLost],
		event: { kind: 'user-restarts', task: 'a', execution: 0 },
		right: [task('a', begun(lostAt, { by: 'user' }))],
	},
};

judgeCases(cases);

describe('at rest', () => {
	it('owes a repair of what has ended', () => {
		expect(judgeScenes(promisedRepair, plain, [...until('runs'), aLost])).toMatchObject({
			exercised: 1,
			owed: 'execution 0 of "a" was lost with its agent and is to be repaired, but it was never restarted.',
		});
	});

	it('owes nothing while the others run, nor after the repair', () => {
		expect(judgeScenes(promisedRepair, pair, [...pairUntil('bRuns'), aLost]).owed).toBeNull();
		const done: Scene = [MONITOR, again('a')];
		expect(judgeScenes(promisedRepair, plain, [...until('runs'), aLost, done]).owed).toBeNull();
	});
});

const broken = (setup: Setup, ...scenes: Scene[]) =>
	judgeScenes(promisedRepair, setup, scenes).broken;

it('is put to the test by what the monitor ends for want of a heartbeat, and by its repair', () => {
	const halves = (setup: Setup, ...scenes: Scene[]) => halvesAt(promisedRepair, setup, scenes);
	expect(halves(plain, ...until('runs'), aLost)).toEqual(['lost']);
	expect(halves(plain, ...until('runs'), aLost, [MONITOR, again('a')])).toEqual(['repaired']);
	const byAgent: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', gone)];
	expect(halves(plain, ...until('runs'), byAgent)).toEqual([]);
	expect(broken(plain, ...until('runs'), byAgent)).toBeNull();
	const marked = task('a', begun(lostAt, { by: 'mark', task: 'a', execution: 0 }));
	expect(halves(plain, ...until('runs'), aLost, [MONITOR, marked])).toEqual([]);
	const noticed: Scene = [MONITOR, task('a', {})];
	expect(halves(plain, ...until('runs'), aLost, noticed)).toEqual([]);
});

it('remembers each that is lost, until that one is restarted', () => {
	const both = [...until('runs'), bRuns, aLost, [MONITOR, lost('b')] as Scene];
	expect(broken(plain, ...both, [MONITOR, again('a')], [MONITOR, task('b', {})])).toBeNull();
	const dropped = task('b', { repair_pending: false });
	expect(broken(plain, ...both, [MONITOR, again('a')], [MONITOR, dropped])).toContain(
		'execution 0 of "b" was lost with its agent and is to be repaired, but no repair is pending',
	);
	const kept = task('a', { repair_pending: true });
	expect(broken(plain, ...both, [MONITOR, again('a')], [MONITOR, kept])).toContain(
		'execution 1 of "a" is to be repaired, though',
	);
});

it('names what was restarted for nothing, wherever it stands', () => {
	const c = task('c', { status: 'failed', ended_minute: 0, details: FAILED });
	expect(broken(pair, [MONITOR, c], [MONITOR, again('c', archivedAs('h'))])).toBe(
		'What restarts together with "c" was restarted by the system, but nothing of it was lost that is still to be repaired.',
	);
});

it('restarts the failed members alone of a display task that comes later, too', () => {
	const { tasks, ...rest } = pair;
	const later = { ...rest, tasks: [...tasks.slice(2), ...tasks.slice(0, 2)] };
	const story = [
		[MONITOR, task('a', { status: 'started', host: 'h' })],
		bRuns,
		aLost,
		endsB,
	] satisfies Scene[];
	expect(broken(later, ...story, [MONITOR, again('a')])).toBeNull();
	expect(broken(later, ...story, [MONITOR, again('a'), again('b', wellB)])).toContain(
		'A repair restarts the failed members of a display task',
	);
});

it('leaves alone what has not ended of a single-host group', () => {
	const story = [...until('runs'), [MONITOR, lost('a')] as Scene];
	expect(broken(single, ...story, [MONITOR, again('a')])).toBeNull();
	const unkept = task('b', { ...begun(lostAt, bySystem), history: [] });
	expect(broken(single, ...story, [MONITOR, again('a'), unkept])).toContain(
		'execution 0 of "b", which had not ended, was restarted',
	);
});
