import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Details } from '../vocabulary/message.ts';
import { justifiedEnd } from './justified-end.ts';
import { judgeCases } from './testing/cases.ts';
import { A0, archivedA0, FAILED, restartedA, SUCCESS, until } from './testing/flaky.ts';
import {
	host,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const MONITOR: Event = { kind: 'monitor-runs' };
const HEARTBEAT: Details = {
	status: 'failed',
	type: 'system',
	description: 'heartbeat',
	timed_out: null,
};
const ABORTED: Details = { ...HEARTBEAT, type: null, description: 'aborted' };

const hour: Scene = [{ kind: 'hours-pass', hours: 1 }, seen({ minute: 60 })];
const dies: Scene = [
	{ kind: 'agent-dies', host: 'h' },
	host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } }),
];
const silent = [...until('runs'), dies, hour];
const ends = (details: Details, aborted = false) => [
	task('a', { status: details.status, ended_minute: 60, details, aborted }),
	host('h', { assigned: null }),
];
const archivedAt = (details: Details, aborted = false) =>
	task('a', { ...restartedA, history: [{ ...archivedA0, ended_minute: 60, details, aborted }] });
const beatOfA: Scene = [{ kind: 'heartbeat-sent', host: 'h' }, inFlight(request('heartbeat', A0))];
const heard: Event = {
	kind: 'message-delivered',
	message: { leg: 'request', route: 'heartbeat' },
};
const crash = (commit: 'before' | 'after'): Event => ({
	kind: 'server-crashes',
	message: { leg: 'request', route: 'heartbeat' },
	commit,
});
/** Execution 1 has just been dispatched; execution 0 had been silent. */
const next: Scene = [
	{ kind: 'host-asks', host: 'g' },
	task('a', { ...restartedA, status: 'dispatched', host: 'g', dispatched_minute: 60 }),
];

judgeCases({
	'the monitor ends what has been silent': {
		guarantee: justifiedEnd,
		story: silent,
		event: MONITOR,
		right: ends(HEARTBEAT),
		wrong: [
			'execution 0 of "a" as a system failure, but it ended as failed with type test',
			...ends(FAILED),
		],
	},
	'the monitor ends in success': {
		guarantee: justifiedEnd,
		story: silent,
		event: MONITOR,
		right: [archivedAt(HEARTBEAT)],
		wrong: ['but it ended as success with type null', ...ends(SUCCESS)],
	},
	'the monitor ends in success, for want of the system': {
		guarantee: justifiedEnd,
		story: silent,
		event: MONITOR,
		wrong: [
			'but it ended as success with type system',
			...ends({ ...HEARTBEAT, status: 'success' }),
		],
	},
	'the monitor ends in success, archived at once': {
		guarantee: justifiedEnd,
		story: silent,
		event: MONITOR,
		wrong: ['but it ended as success', archivedAt(SUCCESS)],
	},
	'the monitor ends what was aborted': {
		guarantee: justifiedEnd,
		story: [...silent, [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })]],
		event: MONITOR,
		right: ends(ABORTED, true),
		wrong: ['execution 0 of "a" as an aborted one', ...ends(HEARTBEAT, true)],
	},
	'the monitor ends what was aborted, archived at once': {
		guarantee: justifiedEnd,
		story: silent,
		event: MONITOR,
		right: [archivedAt(ABORTED, true)],
		wrong: ['as an aborted one', archivedAt(HEARTBEAT, true)],
	},
	'the monitor ends what was dispatched just now': {
		guarantee: justifiedEnd,
		story: until('dispatched'),
		event: MONITOR,
		right: [],
		wrong: ['was only 0 minutes old, of 7', ...ends(HEARTBEAT)],
	},
	'the monitor ends what was heard in the hour': {
		guarantee: justifiedEnd,
		story: [...until('runs'), hour],
		event: MONITOR,
		right: [],
		wrong: ['was only 0 minutes old, of 7', ...ends(HEARTBEAT)],
	},
	'the monitor ends what was heard after the hour': {
		guarantee: justifiedEnd,
		story: [...silent, beatOfA, [heard]],
		event: MONITOR,
		right: [],
		wrong: ['was only 0 minutes old, of 7', ...ends(HEARTBEAT)],
	},
	'a heartbeat that committed before a crash counts': {
		guarantee: justifiedEnd,
		story: [...silent, beatOfA, [crash('after')]],
		event: MONITOR,
		wrong: ['was only 0 minutes old, of 7', archivedAt(HEARTBEAT)],
	},
	'a heartbeat that did not commit does not': {
		guarantee: justifiedEnd,
		story: [...silent, beatOfA, [crash('before')]],
		event: MONITOR,
		right: ends(HEARTBEAT),
	},
	'what was before the execution is not held against it': {
		guarantee: justifiedEnd,
		story: [...silent, next],
		event: MONITOR,
		right: [],
		wrong: ['execution 1 of "a", but a heartbeat of this very execution', ...ends(HEARTBEAT)],
	},
	'the monitor ends what never began': {
		guarantee: justifiedEnd,
		story: [hour],
		event: MONITOR,
		wrong: ['execution 0 of "a", which was not in progress', ...ends(HEARTBEAT)],
	},
	'the monitor restarts what has ended': {
		guarantee: justifiedEnd,
		story: [...silent, [MONITOR, ...ends(HEARTBEAT)]],
		event: MONITOR,
		right: [archivedAt(HEARTBEAT)],
	},
});

it('is put to the test when the monitor runs beside an execution in progress, silent or not', () => {
	const exercised = (...scenes: Scene[]) =>
		judgeScenes(justifiedEnd, setupToJudge(), scenes).exercised;
	expect(exercised([MONITOR])).toBe(0);
	expect(exercised(...until('runs'), [MONITOR])).toBe(1);
	expect(exercised(...silent, [MONITOR, ...ends(HEARTBEAT)])).toBe(1);
});
