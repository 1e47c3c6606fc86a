import { expect, test } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Block } from '../vocabulary/project.ts';
import {
	begins,
	holdsOn,
	indexOfHost,
	isCalling,
	isCutOff,
	mayConcern,
	neverStarted,
	replyReaching,
	runsNow,
	runsOn,
	samePosition,
} from './agents.ts';
import { A0, calling, running } from './testing/flaky.ts';
import {
	type Change,
	delivered,
	host,
	inFlight,
	reply,
	request,
	resting,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge();
const at = (...changes: Change[]) =>
	changes.reduce((state, change) => change(state), resting(setup));
const hostAs = (change: Parameters<typeof host>[1]) => {
	const [one] = at(host('h', change)).hosts;
	if (one === undefined) throw new Error('there is no host');
	return one;
};
const moment = (event: Event, before = at(), after = before) => ({ setup, before, event, after });
const A1 = { ...A0, execution: 1 };
const B0 = { ...A0, task: 'b' };

test('a host is found by its id', () => {
	expect(['h', 'g', 'x'].map((id) => indexOfHost(at(), id))).toEqual([0, 1, -1]);
});

test('a position is the same where block, step and member are', () => {
	const position = { block: 'main', step: 1, member: 0 } as const;
	expect(samePosition(position, { ...position })).toBe(true);
	const others = [{ block: 'pre' as Block }, { step: 0 }, { member: null }, { member: 1 }];
	for (const other of others) expect(samePosition(position, { ...position, ...other })).toBe(false);
});

test('an agent holds on to an execution of that task and of that number, or to none', () => {
	const holds = hostAs({ execution: A0 });
	expect(holdsOn(holds, hostAs({ execution: { ...A0 } }))).toBe(true);
	expect(holdsOn(hostAs({}), hostAs({}))).toBe(true);
	for (const execution of [A1, B0, null]) {
		expect(holdsOn(holds, hostAs({ execution }))).toBe(false);
		expect(holdsOn(hostAs({ execution }), holds)).toBe(false);
	}
});

test('an agent runs on where it runs the same command of what it held', () => {
	const runs = hostAs({ execution: A0, doing: running('main') });
	expect(runsOn(runs, hostAs({ execution: { ...A0 }, doing: running('main') }))).toBe(true);
	for (const other of [
		hostAs({ execution: A0, doing: running('main', 1) }),
		hostAs({ execution: A1, doing: running('main') }),
		hostAs({ execution: A0, doing: calling('end') }),
		hostAs({ execution: A0 }),
	]) {
		expect(runsOn(runs, other)).toBe(false);
		expect(runsOn(other, runs)).toBe(false);
	}
	const idle = hostAs({ execution: A0 });
	expect(runsOn(idle, idle)).toBe(false);
});

test('a call begins that was not made before for this execution', () => {
	const ends = hostAs({ execution: A0, doing: calling('end') });
	const again = hostAs({ execution: A0, doing: calling('end', 2) });
	expect(isCalling(ends, 'end')).toBe(true);
	expect(isCalling(ends, 'mark')).toBe(false);
	expect(isCalling(hostAs({ doing: running('main') }), 'end')).toBe(false);
	expect(begins(hostAs({ execution: A0 }), ends, 'end')).toBe(true);
	expect(begins(hostAs({ execution: A0, doing: calling('mark') }), ends, 'end')).toBe(true);
	expect(begins(ends, again, 'end')).toBe(false);
	expect(begins(hostAs({ execution: B0, doing: calling('end') }), ends, 'end')).toBe(true);
	expect(begins(ends, hostAs({ execution: A0 }), 'end')).toBe(false);
});

test('a reply reaches its agent when it is delivered', () => {
	const answered = reply('start', A0, 200, 'ok');
	const before = at(inFlight(request('start', A0), answered));
	expect(replyReaching(moment(delivered('reply', 'start'), before), 'start')).toBe(answered);
	expect(replyReaching(moment(delivered('reply', 'start'), before), 'end')).toBeNull();
	expect(replyReaching(moment(delivered('request', 'start'), before), 'start')).toBeNull();
	expect(replyReaching(moment(delivered('reply', 'start')), 'start')).toBeNull();
	expect(replyReaching(moment({ kind: 'monitor-runs' }, before), 'start')).toBeNull();
});

test('an agent never started that waits to, unless it is told to at this moment', () => {
	const waits = hostAs({ execution: A0, doing: calling('start') });
	const tells = (status: number, outcome: 'ok' | 'refused_not_running') =>
		moment(delivered('reply', 'start'), at(inFlight(reply('start', A0, status, outcome))));
	expect(neverStarted(moment({ kind: 'monitor-runs' }), waits)).toBe(true);
	expect(neverStarted(tells(409, 'refused_not_running'), waits)).toBe(true);
	expect(neverStarted(tells(200, 'ok'), waits)).toBe(false);
	expect(neverStarted(moment({ kind: 'monitor-runs' }), hostAs({ doing: running('main') }))).toBe(
		false,
	);
});

test('a task runs now whose live execution a host runs', () => {
	const is = (change: Parameters<typeof host>[1], execution = 0) => {
		const state = at(host('h', change), task('a', { execution }));
		const [first] = state.tasks;
		return first !== undefined && runsNow(state, first);
	};
	expect(is({ execution: A0, doing: running('main') })).toBe(true);
	expect(is({ execution: A0, doing: calling('end') })).toBe(false);
	expect(is({ execution: B0, doing: running('main') })).toBe(false);
	expect(is({ execution: A0, doing: running('main') }, 1)).toBe(false);
	expect(is({ execution: null, doing: running('main') })).toBe(false);
});

test('a moment bears on a host when time passes, or when it names it or reaches it', () => {
	const h = hostAs({});
	expect(mayConcern(moment({ kind: 'heartbeat-sent', host: 'h' }), h)).toBe(true);
	expect(mayConcern(moment({ kind: 'heartbeat-sent', host: 'g' }), h)).toBe(false);
	expect(
		mayConcern(moment({ kind: 'heartbeat-sent', host: 'g' }, at(), at(seen({ minute: 1 }))), h),
	).toBe(true);
	expect(mayConcern(moment({ kind: 'monitor-runs' }), h)).toBe(false);
	const toldTo = (id: string) =>
		moment(
			delivered('reply', 'mark'),
			at(inFlight({ ...reply('mark', A0, 200, 'granted'), host: id })),
		);
	expect(mayConcern(toldTo('h'), h)).toBe(true);
	expect(mayConcern(toldTo('g'), h)).toBe(false);
	expect(mayConcern(moment(delivered('reply', 'mark')), h)).toBe(false);
});

test('a host is cut off where time passes without an app server, or by its own network', () => {
	const cut = (event: Event, minute: number, ...changes: Change[]) => {
		const now = moment(event, at(), at(seen({ minute }), ...changes));
		return now.before.hosts.map((one) => isCutOff(now, one));
	};
	const passes: Event = { kind: 'minutes-pass', minutes: 1 };
	const down = seen({ server: 'down' });
	expect(cut(passes, 1)).toEqual([false, false]);
	expect(cut(passes, 1, down)).toEqual([true, true]);
	expect(cut({ kind: 'server-crashes' }, 0, down)).toEqual([false, false]);
	expect(cut({ kind: 'host-unreachable', host: 'h' }, 1)).toEqual([true, false]);
	expect(cut({ kind: 'host-unreachable', host: 'h' }, 0)).toEqual([false, false]);
});
