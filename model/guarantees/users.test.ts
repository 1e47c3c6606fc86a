import { expect, test } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { archivedAs, begun, pairOf } from './testing/pair.ts';
import { type Change, displays, resting, setupToJudge, task } from './testing/seen.ts';
import { type Unit, unitOfTask } from './units.ts';
import {
	askingOf,
	asks,
	executionNamed,
	hasRun,
	isAbort,
	isAborting,
	isAsked,
	isCancelled,
	isUsersInPart,
	isUsersRestart,
	unasked,
} from './users.ts';

/** "a" and "b" are the display task "d"; "c" is a plain task. */
const pair = pairOf();
const at = (...changes: Change[]) =>
	changes.reduce((state, change) => change(state), resting(pair));
const ran = [task('a', { status: 'started' }), task('b', { status: 'failed' })];
const moment = (event: Event, changes: readonly Change[] = ran, setup: Setup = pair) => ({
	setup,
	before: at(...changes),
	event,
	after: at(...changes),
});
/** Units by the place of a member: which is asked at each moment anew. */
const D = 0;
const C = 2;
const unit = (place: number): Unit => unitOfTask(pair, place);
const whenFinished = (
	id: string,
	how: { abort?: true; failed_only?: true; execution?: number } = {},
): Event => ({ kind: 'user-restarts-when-finished', task: id, execution: 0, ...how });
const ofVersion = (how: { abort?: true; failed_only?: true; version?: string } = {}): Event => ({
	kind: 'user-restarts-version',
	...how,
});
const restarts = (id: string, failed_only?: true): Event => ({
	kind: 'user-restarts',
	task: id,
	execution: 0,
	...(failed_only === undefined ? {} : { failed_only }),
});
const aborts = (id: string): Event => ({ kind: 'user-aborts', task: id });
const VERSION: Event = { kind: 'user-aborts-version' };
const MONITOR: Event = { kind: 'monitor-runs' };

test('a name stands for the live execution of a task or a display task', () => {
	const state = at(task('b', { execution: 2 }), displays('started', 3));
	expect(['a', 'b', 'd', 'x'].map((id) => executionNamed(state, id))).toEqual([0, 2, 3, -1]);
});

test('a user asks for a restart when finished of what he names and has run', () => {
	const asked = (event: Event, place = D, changes?: readonly Change[], setup: Setup = pair) =>
		askingOf(moment(event, changes, setup), unitOfTask(setup, place));
	const plainly = { failedOnly: false, abort: false };
	expect(asked(whenFinished('d'))).toEqual(plainly);
	expect(asked(whenFinished('a'))).toEqual(plainly);
	expect(asked(whenFinished('c'))).toBeNull();
	expect(asked(whenFinished('d', { abort: true }))).toEqual({ ...plainly, abort: true });
	expect(asked(whenFinished('d', { failed_only: true }))).toEqual({ ...plainly, failedOnly: true });
	expect(asked(ofVersion({ failed_only: true, abort: true }))).toEqual({
		failedOnly: true,
		abort: true,
	});
	expect(asked(ofVersion())).toEqual(plainly);
	expect(asked(whenFinished('d'), D, [])).toBeNull();
	expect(asked(ofVersion(), C)).toBeNull();
	const cRan = [task('c', { status: 'failed' })];
	expect(asked(ofVersion({ failed_only: true }), C, cRan)).toEqual(plainly);
	expect(asked(whenFinished('c', { failed_only: true }), C, cRan)).toEqual(plainly);
	expect(asked(whenFinished('d'), D, [...ran, displays('started', 1)])).toBeNull();
	expect(asked(whenFinished('d', { execution: 1 }), D, [...ran, displays('started', 1)])).toEqual(
		plainly,
	);
	const merge: Setup = { ...pair, requester: 'github_merge_request' };
	expect(asked(whenFinished('d'), D, ran, merge)).toBeNull();
	expect(asked(ofVersion(), D, ran, merge)).toBeNull();
	for (const other of [aborts('d'), restarts('d'), VERSION, MONITOR])
		expect(asked(other)).toBeNull();
});

test('of a version a handler asks one unit after the other', () => {
	const both = [...ran, task('c', { status: 'failed' })];
	const part = { ...moment(ofVersion(), both), part: unit(C) };
	expect(askingOf(part, unit(C))).not.toBeNull();
	expect(askingOf(part, unit(D))).toBeNull();
	const abortsC = { ...moment(VERSION, both), part: unit(C) };
	expect(isCancelled(abortsC, unit(C))).toBe(true);
	expect(isCancelled(abortsC, unit(D))).toBe(false);
	const [a, , c] = abortsC.before.tasks;
	expect(c !== undefined && isAborting(abortsC, c)).toBe(true);
	expect(a !== undefined && isAborting(abortsC, a)).toBe(false);
});

test('of several versions a user means the first, unless he names one', () => {
	const two: Setup = {
		...setupToJudge(),
		tasks: setupToJudge().tasks.map((one) => (one.id === 'b' ? { ...one, version: 'v' } : one)),
		other_versions: [{ id: 'v' }],
	};
	const state = [task('a', { status: 'started' }), task('b', { status: 'started' })].reduce(
		(seen, change) => change(seen),
		resting(two),
	);
	const reaches = (event: Event, place: number) =>
		askingOf({ setup: two, before: state, event, after: state }, unitOfTask(two, place)) !== null;
	expect([0, 1].map((place) => reaches(ofVersion(), place))).toEqual([true, false]);
	expect([0, 1].map((place) => reaches(ofVersion({ version: 'v' }), place))).toEqual([false, true]);
});

test('something of a unit ran that is not undispatched, and is asked for that shows it', () => {
	expect(hasRun(at(...ran), unit(D))).toBe(true);
	expect(hasRun(at(), unit(D))).toBe(false);
	expect(hasRun(at(task('b', { status: 'dispatched' })), unit(D))).toBe(true);
	expect(isAsked(at(), unit(D))).toBe(false);
	expect(isAsked(at(task('b', { restart_asked: 'failed' })), unit(D))).toBe(true);
	expect(isAsked(at(task('c', { restart_asked: 'whole' })), unit(D))).toBe(false);
});

test('an event may abort where a user says so', () => {
	expect([whenFinished('d'), ofVersion(), aborts('d'), restarts('d'), MONITOR].map(asks)).toEqual([
		true,
		true,
		false,
		false,
		false,
	]);
	const may = [
		aborts('d'),
		VERSION,
		whenFinished('d', { abort: true }),
		ofVersion({ abort: true }),
	];
	expect(may.map(isAbort)).toEqual([true, true, true, true]);
	const may_not = [whenFinished('d'), ofVersion(), restarts('d'), MONITOR];
	expect(may_not.map(isAbort)).toEqual([false, false, false, false]);
});

test('an abort reaches a task in progress by its name, and all of a display task or a version', () => {
	const reaches = (event: Event, changes: readonly Change[] = ran) => {
		const now = moment(event, changes);
		return now.before.tasks.filter((one) => isAborting(now, one)).map(({ id }) => id);
	};
	expect(reaches(aborts('a'))).toEqual(['a']);
	expect(reaches(aborts('b'))).toEqual([]);
	expect(reaches(aborts('d'))).toEqual(['a', 'b']);
	expect(reaches(VERSION)).toEqual(['a', 'b', 'c']);
	expect(reaches(whenFinished('d', { abort: true }))).toEqual(['a']);
	expect(
		reaches(whenFinished('c', { abort: true }), [...ran, task('c', { status: 'started' })]),
	).toEqual(['c']);
	expect(reaches(ofVersion({ abort: true }))).toEqual(['a']);
	expect(reaches(whenFinished('d'))).toEqual([]);
	expect(reaches(MONITOR)).toEqual([]);
});

test('an abort of the whole unit takes a request back', () => {
	const cancels = (event: Event, place: number) => isCancelled(moment(event), unit(place));
	expect(cancels(aborts('d'), D)).toBe(true);
	expect(cancels(aborts('a'), D)).toBe(false);
	expect(cancels(aborts('d'), C)).toBe(false);
	expect(cancels(aborts('c'), C)).toBe(true);
	expect(cancels(VERSION, D)).toBe(true);
	expect(cancels(whenFinished('d', { abort: true }), D)).toBe(false);
});

test('a restart is the user’s where he named the task, its display task, or asked before', () => {
	const isHis = (event: Event, id = 'a', changes: readonly Change[] = ran) => {
		const now = moment(event, changes);
		const one = now.before.tasks.find((each) => each.id === id);
		return one !== undefined && isUsersRestart(now, one);
	};
	expect(isHis(restarts('a'))).toBe(true);
	expect(isHis(restarts('d'))).toBe(true);
	expect(isHis(restarts('b'))).toBe(true);
	expect(isHis(restarts('c'))).toBe(false);
	expect(isHis(restarts('x'))).toBe(false);
	expect(isHis(restarts('d'), 'c')).toBe(false);
	expect(isHis(whenFinished('d'))).toBe(true);
	expect(isHis(whenFinished('c'))).toBe(false);
	expect(isHis(ofVersion())).toBe(true);
	expect(isHis(ofVersion(), 'a', [])).toBe(false);
	expect(isHis(MONITOR)).toBe(false);
	expect(isHis(aborts('a'))).toBe(false);
	expect(isHis(MONITOR, 'a', [...ran, task('a', { restart_asked: 'whole' })])).toBe(true);
});

test('it is one of failed members where he said so, now or before; the wider request counts', () => {
	const inPart = (event: Event, ...more: Change[]) =>
		isUsersInPart(moment(event, [...ran, ...more]), unit(D));
	const askedFor = (what: 'whole' | 'failed') => task('a', { restart_asked: what });
	expect(inPart(restarts('d', true))).toBe(true);
	expect(inPart(restarts('d'))).toBe(false);
	expect(inPart(whenFinished('d', { failed_only: true }))).toBe(true);
	expect(inPart(whenFinished('d'))).toBe(false);
	expect(inPart(whenFinished('d', { failed_only: true }), askedFor('whole'))).toBe(false);
	expect(inPart(whenFinished('d', { failed_only: true }), askedFor('failed'))).toBe(true);
	expect(inPart(MONITOR, askedFor('failed'))).toBe(true);
	expect(inPart(MONITOR, askedFor('whole'))).toBe(false);
	expect(inPart(MONITOR)).toBe(false);
});

test('what a user asked of a unit is left out, and nothing else', () => {
	const [plain] = at(task('a', begun(archivedAs('h')))).tasks;
	if (plain === undefined) throw new Error('there is no task');
	expect(unasked({ ...plain, restart_asked: 'whole', awaits_restart: true })).toEqual(plain);
});
