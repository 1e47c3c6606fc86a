import { expect, test } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Details } from '../vocabulary/message.ts';
import type { TaskObservation } from '../vocabulary/observation.ts';
import { granted, isGivenUp, restartedFrom, standing } from './lists.ts';
import {
	A0,
	archivedA0,
	FAILED,
	granted as GRANTED,
	restartedA,
	SUCCESS,
} from './testing/flaky.ts';
import { archivedAs, begun, pairOf } from './testing/pair.ts';
import { type Change, delivered, inFlight, request, resting, task } from './testing/seen.ts';

/** "a" and "b" are the display task "d" and run; "c" is a plain task. */
const setup = pairOf();
const A = 0;
const B = 1;
const at = (...changes: Change[]) =>
	changes.reduce(
		(state, change) => change(state),
		[task('a', { status: 'started' }), task('b', { status: 'started' }), ...changes].reduce(
			(state, change) => change(state),
			resting(setup),
		),
	);
const MONITOR: Event = { kind: 'monitor-runs' };
const moment = (event: Event, before = at(), after = before) => ({ setup, before, event, after });
const only = (state = at(), place = A): TaskObservation => {
	const one = state.tasks[place];
	if (one === undefined) throw new Error('there is no task');
	return one;
};
const asks: Details & { retryable: true } = { ...FAILED, retryable: true };
const END = delivered('request', 'end');
const aborts = (id: string): Event => ({ kind: 'user-aborts', task: id });

test('a mark is granted once, also one that comes with the end that restarts its task', () => {
	const now = (event: Event, before = at(), after = before) =>
		granted(moment(event, before, after), only(before), only(after));
	const marked = at(task('a', GRANTED));
	expect(now(MONITOR)).toBeNull();
	expect(now(MONITOR, at(), marked)).toBe(0);
	expect(now(MONITOR, marked, marked)).toBeNull();
	expect(now(MONITOR, at(), at(task('a', { mark: 'refused_budget' })))).toBeNull();
	const arrives = at(inFlight(request('end', A0, asks)));
	expect(now(END, arrives, at(task('a', restartedA)))).toBe(0);
	const refused = { ...restartedA, history: [{ ...archivedA0, mark: 'refused_cap' as const }] };
	expect(now(END, arrives, at(task('a', refused)))).toBeNull();
	expect(now(MONITOR, at(), at(task('a', restartedA)))).toBeNull();
	expect(now(MONITOR, at(), at(task('a', { ...restartedA, mark: 'granted' })))).toBe(1);
});

test('a mark is given up by an abort, a success or a restart by a user, and by no other end', () => {
	const gives = (event: Event, before = at(), after = before) =>
		isGivenUp(moment(event, before, after), only(before), only(after));
	const marked = at(task('a', GRANTED));
	const then = (change: Partial<TaskObservation>) => at(task('a', { ...GRANTED, ...change }));
	expect(gives(MONITOR, marked)).toBe(false);
	expect(gives(MONITOR, marked, then({ aborted: true }))).toBe(true);
	expect(gives(MONITOR, then({ aborted: true }), then({ aborted: true }))).toBe(false);
	expect(gives(MONITOR, marked, then({ status: 'success', details: SUCCESS }))).toBe(true);
	expect(gives(MONITOR, marked, then({ status: 'failed', details: FAILED }))).toBe(false);
	const well = then({ status: 'success' });
	expect(gives(MONITOR, well, well)).toBe(false);
	expect(gives(aborts('a'), marked)).toBe(true);
	expect(gives(aborts('d'), marked)).toBe(true);
	expect(gives(aborts('b'), marked)).toBe(false);
	expect(gives(MONITOR, marked, at(task('a', restartedA)))).toBe(false);
	const ended = (change: Partial<typeof archivedA0>) =>
		at(task('a', { ...restartedA, history: [{ ...archivedA0, ...change }] }));
	expect(gives(MONITOR, marked, ended({ details: SUCCESS }))).toBe(true);
	expect(gives(MONITOR, marked, ended({ aborted: true }))).toBe(true);
	const user: Event = { kind: 'user-restarts', task: 'd', execution: 0 };
	expect(gives(user, marked, at(task('a', restartedA)))).toBe(true);
});

test('a list holds those whose grants stand, in order, and is the same where nothing changed', () => {
	const stands = (list: readonly number[] | null, event: Event, before = at(), after = before) =>
		standing(list, moment(event, before, after));
	const marked = (...ids: string[]) => at(...ids.map((id) => task(id, GRANTED)));
	expect(stands(null, MONITOR)).toBeNull();
	expect(stands(null, MONITOR, at(), marked('a'))).toEqual([A]);
	expect(stands([B], MONITOR, marked('b'), marked('a', 'b'))).toEqual([A, B]);
	expect(stands([A], MONITOR, marked('a'), marked('a', 'b'))).toEqual([A, B]);
	const list = [A, B];
	expect(stands(list, MONITOR, marked('a', 'b'))).toBe(list);
	expect(
		stands(
			list,
			MONITOR,
			marked('a', 'b'),
			at(task('a', GRANTED), task('b', GRANTED), task('c', { held: null })),
		),
	).toBe(list);
	expect(stands(list, aborts('a'), marked('a', 'b'))).toEqual([B]);
	expect(stands(list, aborts('d'), marked('a', 'b'))).toBeNull();
	expect(stands(null, aborts('d'), at())).toBeNull();
	expect(
		stands(
			list,
			MONITOR,
			marked('a', 'b'),
			at(task('a', GRANTED), task('b', { ...GRANTED, aborted: true })),
		),
	).toEqual([A]);
	expect(stands([A], MONITOR, marked('a'), at(task('a', { status: 'success' })))).toBeNull();
	expect(stands(null, MONITOR, at(), at(task('a', { aborted: true })))).toBeNull();
});

test('what was restarted is on the list no more', () => {
	const before = at(task('a', GRANTED), task('b', GRANTED));
	const again = begun(archivedAs('h', { mark: 'granted' }));
	const left = (list: readonly number[] | null, ...changes: Change[]) =>
		restartedFrom(
			list,
			moment(
				MONITOR,
				before,
				[...changes].reduce((one, change) => change(one), before),
			),
		);
	expect(left(null, task('a', again))).toBeNull();
	expect(left([A, B], task('a', again))).toEqual([B]);
	expect(left([A, B], task('a', again), task('b', again))).toBeNull();
	const list = [B];
	expect(left(list, task('a', again))).toBe(list);
	expect(left(list, task('b', { aborted: true }))).toBe(list);
});

test('a mark that is shown as granted again is on the list once', () => {
	const marked = at(task('a', GRANTED));
	const list = standing(null, moment(MONITOR, at(), marked));
	expect(list).toEqual([A]);
	expect(standing(list, moment(MONITOR, at(), marked))).toBe(list);
	expect(standing(list, moment(MONITOR, at(), at(task('b', GRANTED))))).toEqual([A, B]);
});
