import { expect, test } from 'vitest';
import type { Details } from '../vocabulary/message.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { A0, archivedA0, FAILED, granted, restartedA, SUCCESS } from './testing/flaky.ts';
import { archivedAs, begun, pairOf } from './testing/pair.ts';
import {
	type Change,
	delivered,
	groupOf,
	inFlight,
	request,
	resting,
	setupToJudge,
	task,
} from './testing/seen.ts';
import {
	automaticRestarts,
	causesAt,
	hasList,
	isOfVersion,
	isPending,
	isReached,
	mayBeRepaired,
	membersOf,
	policyOfUnit,
	projectOfUnit,
	shows,
	statusAtEnd,
	structureOf,
	unitNamed,
	unitOfTask,
	upstreamOf,
} from './units.ts';

/** "a" and "b" are the display task "d", and "c" waits for "b". */
const pair = pairOf();
const at = (...changes: Change[]) =>
	changes.reduce((state, change) => change(state), resting(pair));
const END = delivered('request', 'end');
const D = [0, 1];

test('what restarts as one is a display task, a single-host group, or a plain task', () => {
	expect(structureOf(pair)).toMatchObject({
		units: [[0, 1], [2]],
		unitOf: [0, 0, 1],
		divisible: [true, false],
		joined: [true, false],
		projectOf: [0, 0],
		versionOf: [0, 0],
	});
	expect(structureOf(groupOf({ max_hosts: 1 }))).toMatchObject({
		units: [[0, 1]],
		divisible: [false],
		joined: [true],
	});
	expect(structureOf(groupOf({ max_hosts: 2 }))).toMatchObject({
		units: [[0], [1]],
		divisible: [false, false],
		joined: [false, false],
	});
	const displayed = setupToJudge({ display_tasks: [{ id: 'd', execution_tasks: ['a'] }] });
	expect(structureOf(displayed)).toMatchObject({
		units: [[0], [1]],
		divisible: [true, false],
		joined: [true, false],
	});
	const both: Setup = {
		...groupOf({ max_hosts: 1 }),
		display_tasks: [{ id: 'd', execution_tasks: ['a'] }],
	};
	expect(structureOf(both)).toMatchObject({ units: [[0, 1]], divisible: [false], joined: [true] });
	// A group on several hosts does not restart as one, so it keeps no display task together.
	const onSeveral: Setup = {
		...groupOf({ max_hosts: 2 }),
		display_tasks: [{ id: 'd', execution_tasks: ['a', 'b'] }],
	};
	expect(structureOf(onSeveral)).toMatchObject({ units: [[0, 1]], divisible: [true] });
});

test('each version and each project has its own units', () => {
	const two: Setup = {
		...setupToJudge(),
		tasks: setupToJudge().tasks.map((one) => (one.id === 'b' ? { ...one, version: 'v' } : one)),
		other_versions: [
			{ id: 'v', project: { id: 'q', policy: { ...setupToJudge().policy, daily_limit: 7 } } },
		],
	};
	expect(structureOf(two)).toMatchObject({ projectOf: [0, 1], versionOf: [0, 1] });
	expect([[0], [1]].map((unit) => projectOfUnit(two, unit))).toEqual([0, 1]);
	expect(policyOfUnit(two, resting(two), [1]).daily_limit).toBe(7);
	expect(policyOfUnit(two, resting(two), [0]).daily_limit).toBe(200);
	expect([0, 1].map((place) => isOfVersion(two, undefined, place))).toEqual([true, false]);
	expect([0, 1].map((place) => isOfVersion(two, 'v', place))).toEqual([false, true]);
	const state = resting(two);
	const moment = (part?: number[]) => ({
		setup: two,
		before: state,
		event: { kind: 'user-aborts-version' } as const,
		after: state,
		...(part === undefined ? {} : { part }),
	});
	expect(isReached(moment(), undefined, 0)).toBe(true);
	expect(isReached(moment(), undefined, 1)).toBe(false);
	expect(isReached(moment([0]), undefined, 0)).toBe(true);
	expect(isReached(moment([]), undefined, 0)).toBe(false);
	expect(isReached(moment([0, 1]), 'v', 1)).toBe(true);
});

test('a user names a unit by a task or a display task', () => {
	expect(['a', 'b', 'd', 'c', 'x'].map((id) => unitNamed(pair, at(), id))).toEqual([
		D,
		D,
		D,
		[2],
		[],
	]);
	expect(unitOfTask(pair, 1)).toEqual(D);
	expect(unitOfTask(pair, -1)).toEqual([]);
	expect([shows(pair, 'd', 'a'), shows(pair, 'd', 'c'), shows(pair, 'x', 'a')]).toEqual([
		true,
		false,
		false,
	]);
	expect(shows(setupToJudge(), 'd', 'a')).toBe(false);
	expect([...membersOf(at(), [0, 2])].map(({ id }) => id)).toEqual(['a', 'c']);
});

test('upstream is what a unit waits for, in other units, through others too', () => {
	const chain: Setup = {
		...pair,
		tasks: [...pair.tasks, { id: 'e', task: 'test', variant: 'linux', depends_on: ['c'] }],
	};
	expect(upstreamOf(chain, [3]).toSorted()).toEqual([0, 1, 2]);
	expect(upstreamOf(chain, [2]).toSorted()).toEqual([0, 1]);
	expect(upstreamOf(chain, D)).toEqual([]);
});

test('a restart is pending for a list, a repair or a user; a list is of marks only', () => {
	expect(isPending(at(), D)).toBe(false);
	for (const change of [
		{ restart_pending: true },
		{ repair_pending: true },
		{ restart_asked: 'failed' as const },
	]) {
		expect(isPending(at(task('b', change)), D)).toBe(true);
		expect(isPending(at(task('c', change)), D)).toBe(false);
	}
	expect(hasList(at(task('b', { restart_pending: true })), D)).toBe(true);
	expect(hasList(at(task('b', { repair_pending: true })), D)).toBe(false);
});

test('an execution has ended with what it shows, or with what is archived of it', () => {
	const ends = (was: Change, is: Change) => {
		const [one] = at(was).tasks;
		const [other] = at(was, is).tasks;
		if (one === undefined || other === undefined) throw new Error('there is no task');
		return statusAtEnd(one, other);
	};
	const runs = task('a', { status: 'started' });
	expect(ends(runs, task('a', { status: 'failed' }))).toBe('failed');
	expect(ends(runs, task('a', { status: 'success' }))).toBe('success');
	expect(ends(runs, task('a', { aborted: true }))).toBeNull();
	expect(ends(runs, task('a', restartedA))).toBe('failed');
	expect(
		ends(runs, task('a', { ...restartedA, history: [{ ...archivedA0, details: SUCCESS }] })),
	).toBe('success');
	expect(ends(runs, task('a', { ...restartedA, history: [] }))).toBeNull();
	expect(
		ends(
			task('a', { status: 'failed', details: FAILED }),
			task('a', { ...restartedA, history: [] }),
		),
	).toBe('failed');
});

test('a cause is a member that was granted a mark, failed, and was not aborted', () => {
	const asks: Details & { retryable: true } = { ...FAILED, retryable: true };
	const causes = (before: readonly Change[], ...after: Change[]) =>
		causesAt({ setup: pair, before: at(...before), event: END, after: at(...before, ...after) }, D);
	const marked = task('a', { status: 'started', ...granted });
	const failed = task('a', { status: 'failed', details: FAILED });
	const again = task('a', begun(archivedAs('h', { mark: 'granted' })));
	expect(causes([marked], failed)).toEqual([0]);
	expect(causes([marked], again)).toEqual([0]);
	expect(causes([marked])).toEqual([]);
	expect(causes([marked], task('a', { status: 'success' }))).toEqual([]);
	expect(causes([task('a', { status: 'started' })], failed)).toEqual([]);
	expect(causes([marked, task('a', { aborted: true })], failed)).toEqual([]);
	expect(causes([marked], failed, task('a', { aborted: true }))).toEqual([]);
	expect(
		causes([marked], task('a', begun(archivedAs('h', { mark: 'granted', aborted: true })))),
	).toEqual([]);
	expect(causes([marked, failed], again)).toEqual([0]);
	expect(causes([marked, failed, task('a', { restart_pending: false })], again)).toEqual([]);
	const carries = [task('a', { status: 'started' }), inFlight(request('end', A0, asks))];
	expect(causes(carries, again)).toEqual([0]);
	expect(
		causes(carries, task('a', { status: 'failed', mark: 'granted', details: FAILED })),
	).toEqual([0]);
	expect(causes(carries, task('a', begun(archivedAs('h', { mark: 'refused_cap' }))))).toEqual([]);
});

test('restarts by marks count once each, however many members they restarted', () => {
	const by = (execution: number, id = 'a') => ({ by: 'mark', task: id, execution }) as const;
	const counted = (...changes: Change[]) => automaticRestarts(at(...changes), D);
	expect(counted()).toBe(0);
	expect(counted(task('a', { started_by: by(0) }), task('b', { started_by: by(0) }))).toBe(1);
	expect(counted(task('a', { started_by: by(0) }), task('b', { started_by: by(0, 'b') }))).toBe(2);
	const older = { history: [archivedAs('h', { started_by: by(0) })] };
	expect(counted(task('a', { ...older, started_by: by(1) }))).toBe(2);
	expect(counted(task('a', { ...older, started_by: { by: 'user' } }))).toBe(1);
	expect(counted(task('c', { started_by: by(0) }))).toBe(0);
});

test('a unit may be repaired where the policy has it so, or had when something was lost', () => {
	const repairs = pairOf({ restart_system_failed: true });
	expect(mayBeRepaired(pair, at(), D)).toBe(false);
	expect(mayBeRepaired(repairs, resting(repairs), D)).toBe(true);
	expect(mayBeRepaired(pair, at(task('b', { repair_pending: true })), D)).toBe(true);
	expect(mayBeRepaired(pair, at(task('c', { repair_pending: true })), D)).toBe(false);
});
