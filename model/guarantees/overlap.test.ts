import { expect, test } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { InHand } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { inOrder, monitorActs } from './overlap.ts';
import { A0, FAILED } from './testing/flaky.ts';
import { archivedAs, begun, pairOf } from './testing/pair.ts';
import { answer, type Change, inFlight, request, resting, seen, task } from './testing/seen.ts';

/** "a" and "b" are the display task "d", "c" waits for "b": handlers are held, and each counts when it makes its first change. */
const setup = pairOf();

const held = (of: Partial<InHand>): InHand => ({
	route: 'mark',
	host: null,
	task: null,
	execution: null,
	details: null,
	failed_only: false,
	awaited: true,
	commits: 0,
	...of,
});
const agents = (of: Partial<InHand> = {}): InHand => held({ host: 'h', ...A0, ...of });
const holding = (...in_hand: InHand[]): Change => seen({ in_hand });
const at = (...changes: Change[]) =>
	changes.reduce((state, change) => change(state), resting(setup));
const goesOn = (route: InHand['route'], of: Partial<InHand> = {}): Event => ({
	kind: 'goes-on',
	handler: { route, ...of },
});
const ordered = (event: Event, before: Change[], after: Change[], of: Setup = setup) =>
	inOrder({ setup: of, before: at(...before), event, after: at(...after) });
const eventOf = (one: InHand, ...after: Change[]) =>
	ordered(goesOn(one.route), [holding(one)], after).event;

test('where nothing is held all is as it happens', () => {
	const moment = { setup, before: at(), event: goesOn('mark'), after: at() };
	expect(inOrder(moment)).toBe(moment);
});

test('what is held of an agent is in flight still, until it has made its first change', () => {
	const other = request('start', A0);
	const MONITOR: Event = { kind: 'monitor-runs' };
	const { before, after, event } = ordered(
		MONITOR,
		[holding(agents(), agents({ route: 'end', details: FAILED })), inFlight(other)],
		[holding(agents({ commits: 1 })), inFlight(other)],
	);
	expect(before.messages).toEqual([request('mark', A0), request('end', A0, FAILED), other]);
	expect(after.messages).toEqual([other]);
	expect(event).toBe(MONITOR);
	const users = ordered(MONITOR, [holding(held({ route: 'abort', task: 'a' }))], [inFlight(other)]);
	expect(users.before.messages).toEqual([]);
	expect(users.after.messages).toEqual([other]);
	const unawaited = ordered(MONITOR, [holding(agents({ awaited: false }))], []);
	expect(unawaited.before.messages).toEqual([{ ...request('mark', A0), awaited: false }]);
});

test('a request arrives when its handler goes on, and as if in a crash where it stops again', () => {
	const message = {
		leg: 'request',
		route: 'mark',
		host: 'h',
		...A0,
		outcome: null,
		awaited: true,
	};
	expect(eventOf(agents())).toEqual({ kind: 'message-delivered', message });
	expect(eventOf(agents(), holding(agents({ commits: 1 })))).toEqual({
		kind: 'server-crashes',
		message,
		commit: 'after',
	});
	expect(eventOf(agents({ commits: 1 }))).toEqual(goesOn('mark'));
	const unknown = ordered(goesOn('end'), [holding(agents())], [holding(agents())]);
	expect(unknown.event).toEqual(goesOn('end'));
});

test('what a user asked counts when its handler goes on, in his words', () => {
	const abort = held({ route: 'abort', task: 'd' });
	expect(eventOf(abort)).toEqual({ kind: 'user-aborts', task: 'd' });
	expect(eventOf({ ...abort, commits: 1 })).toEqual(goesOn('abort'));
	const restart = held({ route: 'restart', task: 'd', execution: 1 });
	expect(eventOf(restart)).toEqual({ kind: 'user-restarts', task: 'd', execution: 1 });
	expect(eventOf({ ...restart, failed_only: true })).toEqual({
		kind: 'user-restarts',
		task: 'd',
		execution: 1,
		failed_only: true,
	});
	const later = held({ route: 'restart-when-finished', task: 'd', execution: 1 });
	const asked = { kind: 'user-restarts-when-finished', task: 'd', execution: 1 };
	expect(eventOf(later)).toEqual(asked);
	expect(eventOf({ ...later, failed_only: true })).toEqual({ ...asked, failed_only: true });
	expect(eventOf({ ...later, abort: true })).toEqual({ ...asked, abort: true });
	expect(eventOf(held({ route: 'monitor' }))).toEqual(goesOn('monitor'));
});

test('a user who is answered later has been accepted when his request made its change', () => {
	const accepted = (one: InHand, ...after: InHand[]) =>
		ordered(goesOn(one.route), [holding(one)], [holding(...after)]).after.answer;
	for (const route of ['abort', 'restart', 'abort-version', 'restart-version'] as const) {
		const one = held({ route, task: 'd', execution: 0 });
		expect(accepted(one, { ...one, commits: 1 })).toEqual({ outcome: 'ok', status: 200 });
		expect(accepted(one)).toBeNull();
	}
	expect(accepted(agents(), agents({ commits: 1 }))).toBeNull();
	const monitor = held({ route: 'monitor' });
	expect(accepted(monitor, { ...monitor, commits: 1 })).toBeNull();
	const given = ordered(
		goesOn('abort'),
		[holding(held({ route: 'abort', task: 'd' }))],
		[answer(400, 'refused_not_running')],
	);
	expect(given.after.answer).toEqual({ outcome: 'refused_not_running', status: 400 });
	const begins = ordered({ kind: 'monitor-runs' }, [], [holding(monitor)]);
	expect(begins.after.answer).toBeNull();
});

test('of a version one unit is asked after the other: the one that changes', () => {
	const abort = held({ route: 'abort-version' });
	const of = (one: InHand, before: Change[], after: Change[]) => {
		const { event, part } = ordered(goesOn(one.route), [holding(one), ...before], after);
		return { event, part };
	};
	const aborted = { kind: 'user-aborts-version' };
	expect(of(abort, [], [task('b', { aborted: true })])).toEqual({ event: aborted, part: [0, 1] });
	expect(of(abort, [], [task('c', { aborted: true })])).toEqual({ event: aborted, part: [2] });
	expect(of(abort, [], [task('c', { held: 'waiting' })])).toEqual({ event: aborted, part: [] });
	expect(of(abort, [], [])).toEqual({ event: aborted, part: [] });
	const restart = held({ route: 'restart-version', executions: [0, 0, 0] });
	const asked = { kind: 'user-restarts-version' };
	const askedOfC = [task('c', { restart_asked: 'whole' })];
	expect(of(restart, [], askedOfC)).toEqual({ event: asked, part: [2] });
	expect(of({ ...restart, failed_only: true }, [], askedOfC).event).toEqual({
		...asked,
		failed_only: true,
	});
	expect(of({ ...restart, abort: true }, [], askedOfC).event).toEqual({ ...asked, abort: true });
	const c1 = task('c', begun(archivedAs('h')));
	expect(of(restart, [c1], [c1, ...askedOfC])).toEqual({ event: asked, part: [] });
	expect(of({ ...restart, executions: [0, 0, 1] }, [c1], [c1, ...askedOfC])).toEqual({
		event: asked,
		part: [2],
	});
	expect(of(held({ route: 'restart-version' }), [c1], [c1, ...askedOfC])).toEqual({
		event: asked,
		part: [2],
	});
});

test('what is asked of another version is so of that', () => {
	const two: Setup = {
		...setup,
		tasks: setup.tasks.map((one) =>
			one.id === 'c' ? { id: 'c', task: 'test', variant: 'linux', version: 'v' } : one,
		),
		other_versions: [{ id: 'v' }],
	};
	const one = held({ route: 'abort-version', version: 'v' });
	const { event, part } = ordered(
		goesOn('abort-version', { version: 'v' }),
		[holding(one)],
		[task('a', { aborted: true }), task('c', { aborted: true })],
		two,
	);
	expect(event).toEqual({ kind: 'user-aborts-version', version: 'v' });
	expect(part).toEqual([2]);
});

test('the monitor acts when it runs, when its minute comes on a server that is up, and when it goes on', () => {
	const acts = (event: Event, ...before: Change[]) =>
		monitorActs({ setup, before: at(...before), event, after: at() });
	const MINUTES: Event = { kind: 'minutes-pass', minutes: 3 };
	expect(acts({ kind: 'monitor-runs' })).toBe(true);
	expect(acts(MINUTES)).toBe(true);
	expect(acts(MINUTES, seen({ server: 'down' }))).toBe(false);
	expect(acts({ kind: 'hours-pass', hours: 1 })).toBe(false);
	const monitor = held({ route: 'monitor' });
	expect(acts(goesOn('monitor'), holding(monitor))).toBe(true);
	expect(acts(goesOn('monitor'))).toBe(false);
	expect(acts(goesOn('mark'), holding(agents(), monitor))).toBe(false);
});
