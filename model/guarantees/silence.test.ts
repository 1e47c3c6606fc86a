import { expect, test } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import { silentAfter, silentFor } from './silence.ts';
import { A0, FAILED, restartedA } from './testing/flaky.ts';
import {
	type Change,
	delivered,
	host,
	inFlight,
	request,
	resting,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

/** "a" runs on "h", whose agent holds it; "b" on "g", whose agent has died; it is minute 100. */
const setup = setupToJudge();
const B0 = { task: 'b', execution: 0 };
const at = (...changes: Change[]) =>
	[
		seen({ minute: 100 }),
		task('a', { status: 'started', host: 'h' }),
		host('h', { execution: A0, assigned: A0 }),
		task('b', { status: 'started', host: 'g' }),
		host('g', { agent: 'dead', assigned: B0 }),
		...changes,
	].reduce((state, change) => change(state), resting(setup));
const moment = (event: Event, before: ReturnType<typeof at>, after: ReturnType<typeof at>) => ({
	setup,
	before,
	event,
	after,
});
const PASS: Event = { kind: 'minutes-pass', minutes: 3 };
const after = (minutes: number, event: Event = PASS, ...changes: Change[]) =>
	moment(event, at(), at(seen({ minute: 100 + minutes }), ...changes));
const unreachable = (id: string): Event => ({ kind: 'host-unreachable', host: id, minutes: 3 });

test('a task is silent while its agent is dead, holds another execution, or cannot reach the server', () => {
	const silent = (event: Event, ...changes: Change[]) =>
		silentFor(null, after(3, event, ...changes), 0);
	expect(silent(PASS)).toBe(0);
	expect(silent(unreachable('h'))).toBe(3);
	expect(silent(unreachable('g'))).toBe(0);
	expect(silent(PASS, seen({ server: 'down' }))).toBe(3);
	expect(silent(PASS, host('h', { agent: 'dead' }))).toBe(3);
	expect(silent(PASS, host('h', { execution: { ...A0, execution: 1 } }))).toBe(3);
	expect(silent(PASS, host('h', { execution: B0 }))).toBe(3);
	expect(silent(PASS, host('h', { execution: null }))).toBe(3);
	expect(silentFor(null, after(3), 1)).toBe(3);
});

test('it is silent for all the minutes together, of which G stands for all that is more', () => {
	expect(silentFor([0, 2], after(3), 1)).toBe(5);
	expect(silentFor([0, 5], after(3), 1)).toBe(7);
	expect(silentFor([0, 5], after(0), 1)).toBe(5);
	expect(silentFor([2, 2], after(3), 0)).toBe(0);
});

test('what was silent is so until it is heard of, and nothing is held against the next execution', () => {
	const now = (silent: readonly number[] | null, event: Event, ...changes: Change[]) =>
		silentAfter(silent, moment(event, at(...changes), at(...changes)), 'at least');
	const beats = (ref: typeof A0, route: 'heartbeat' | 'start' | 'mark' = 'heartbeat') =>
		inFlight({ ...request(route, ref), host: ref.task === 'a' ? 'h' : 'g' });
	const list = [2, 3];
	expect(now(null, { kind: 'monitor-runs' })).toBeNull();
	expect(now(list, { kind: 'monitor-runs' })).toBe(list);
	expect(now(list, delivered('request', 'heartbeat'), beats(A0))).toEqual([0, 3]);
	expect(now(list, delivered('request', 'start'), beats(B0, 'start'))).toEqual([2, 0]);
	expect(now(list, delivered('request', 'mark'), beats(A0, 'mark'))).toBe(list);
	expect(now(list, delivered('request', 'heartbeat'), beats({ ...A0, execution: 1 }))).toBe(list);
	expect(now([2, 0], delivered('request', 'heartbeat'), beats(A0))).toBeNull();
	const crash = (commit: 'before' | 'after'): Event => ({
		kind: 'server-crashes',
		message: { leg: 'request', route: 'heartbeat' },
		...(commit === 'after' ? { commit } : {}),
	});
	expect(now(list, crash('after'), beats(A0))).toEqual([0, 3]);
	expect(now(list, crash('before'), beats(A0))).toBe(list);
	const ends = (...changes: Change[]) =>
		silentAfter(list, moment({ kind: 'monitor-runs' }, at(), at(...changes)), 'at least');
	expect(ends(task('b', { status: 'failed', details: FAILED }))).toEqual([2, 0]);
	expect(ends(task('a', restartedA))).toEqual([0, 3]);
	expect(ends(task('a', { ...restartedA, status: 'started' }))).toEqual([0, 3]);
});

test('while minutes pass what is in progress and not heard of grows silent', () => {
	const grown = (silent: readonly number[] | null, ...changes: Change[]) =>
		silentAfter(silent, after(3, PASS, ...changes), 'at least');
	expect(grown(null)).toEqual([0, 3]);
	expect(grown([2, 2])).toEqual([0, 5]);
	expect(grown(null, task('b', { status: 'failed' }))).toBeNull();
	expect(grown([0, 2], task('b', { ...restartedA, status: 'started' }))).toBeNull();
});

test('where nobody knows when an agent let go, it is silent for at most all of that, and at least for none', () => {
	const lets = (bound: 'at least' | 'at most', event: Event = PASS, ...changes: Change[]) =>
		silentAfter(
			null,
			after(3, event, host('h', { execution: null }), task('b', { status: 'failed' }), ...changes),
			bound,
		);
	expect(lets('at most')).toEqual([3, 0]);
	expect(lets('at least')).toBeNull();
	expect(lets('at least', unreachable('h'))).toEqual([3, 0]);
	expect(lets('at least', { kind: 'hours-pass', hours: 1 })).toEqual([3, 0]);
	expect(lets('at least', PASS, seen({ server: 'down' }))).toEqual([3, 0]);
});
