import type { Credentials } from '../vocabulary/credentials.ts';
import type { Event } from '../vocabulary/events/event.ts';
import type { Details } from '../vocabulary/message.ts';
import { boundedRestarts } from './bounded-restarts.ts';
import { budgetsAreSeparate } from './budgets-are-separate.ts';
import { cleanStart } from './clean-start.ts';
import { exactQuota } from './exact-quota.ts';
import { executionsAreIsolated } from './executions-are-isolated.ts';
import { noRestartAfterAbort } from './no-restart-after-abort.ts';
import { oneEnd } from './one-end.ts';
import { promisedRestart } from './promised-restart.ts';
import { type Case, judgeCases } from './testing/cases.ts';
import { A0, archivedA0, FAILED, granted, restartedA, SUCCESS, until } from './testing/flaky.ts';
import { archivedAs, begun, pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	delivered,
	host,
	inFlight,
	request,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const abort = (id: string): Event => ({ kind: 'user-aborts', task: id });
const user = (id: string, failed_only?: true): Event => ({
	kind: 'user-restarts',
	task: id,
	execution: 0,
	...(failed_only === undefined ? {} : { failed_only }),
});
const BEAT: Event = { kind: 'heartbeat-sent', host: 'h' };
const MONITOR: Event = { kind: 'monitor-runs' };
const END = delivered('request', 'end');
const forged = (credentials: Credentials): Event => ({
	kind: 'request-forged',
	route: 'mark',
	task: 'a',
	host: 'h',
	credentials,
});
const MARK = delivered('request', 'mark');
const DAY: Event = { kind: 'hours-pass', hours: 24 };
const markOf = (ref: typeof A0): Scene => [BEAT, inFlight(request('mark', ref))];
const byUser = { by: 'user' } as const;
const bySystem = { by: 'system' } as const;
const B0 = { task: 'b', execution: 0 };

const ended = task('a', { status: 'failed', ended_minute: 0, details: FAILED });
const aborted: Scene = [abort('a'), task('a', { aborted: true })];
const abortedA0 = { ...archivedA0, mark: 'none', aborted: true } as const;
const abortsB: Scene = [abort('b'), task('b', { aborted: true })];
const aAgain = task('a', begun(archivedAs('h', { mark: 'granted' })));
const calledOff: Scene = [
	abort('d'),
	task('b', { aborted: true }),
	task('a', { restart_pending: false }),
];
const beatOfA: Scene = [BEAT, inFlight(request('heartbeat', A0))];
const startOfA: Scene = [BEAT, inFlight(request('start', A0))];
const onG: Scene = [BEAT, task('b', { status: 'started', host: 'g' }), host('g', { assigned: B0 })];
/** Execution 1 runs when the end of execution 0 comes again. */
const lateEnd: Scene = [
	BEAT,
	task('a', { status: 'started', host: 'h', dispatched_minute: 0 }),
	host('h', { assigned: { task: 'a', execution: 1 } }),
	inFlight(request('end', A0)),
];
const bothWell: Scene = [
	BEAT,
	task('a', { status: 'success', details: SUCCESS, ended_minute: 0 }),
	task('b', { status: 'success', details: SUCCESS, ended_minute: 0 }),
];
const asks: Details & { retryable: true } = { ...FAILED, retryable: true };
const capped = { ...setupToJudge().policy, execution_cap: 0 };

/** What is on the other side of a condition of a judge: found by breaking each once, and seeing no test fail. */
const cases: Record<string, Case> = {
	'S3: a user restarts what was aborted': {
		guarantee: noRestartAfterAbort,
		story: [...until('runs'), aborted],
		event: user('a'),
		right: [task('a', { ...restartedA, started_by: byUser, history: [abortedA0] })],
	},
	'S3: one that was aborted at its end is restarted': {
		guarantee: noRestartAfterAbort,
		story: until('callsEnd'),
		event: END,
		right: [task('a', restartedA)],
		wrong: [
			'was aborted, but it was restarted automatically',
			task('a', { ...restartedA, history: [abortedA0] }),
		],
	},
	'S3: an aborted member restarts for the sake of another, not for its own': {
		guarantee: noRestartAfterAbort,
		setup: pairOf(),
		story: [...pairUntil('aEnds'), abortsB],
		event: END,
		right: [aAgain, task('b', begun(archivedAs('g', { aborted: true })))],
	},
	'S3: an aborted member restarts where another one is repaired': {
		guarantee: noRestartAfterAbort,
		setup: pairOf(),
		story: [...pairUntil('bRuns'), abortsB],
		event: MONITOR,
		right: [
			task('a', begun(archivedAs('h'), bySystem)),
			task('b', begun(archivedAs('g', { aborted: true }), bySystem)),
		],
	},
	'S3: an aborted plain task is not repaired': {
		guarantee: noRestartAfterAbort,
		story: [...until('runs'), aborted],
		event: MONITOR,
		wrong: [
			'was aborted, but it was restarted automatically',
			task('a', { ...restartedA, started_by: bySystem, history: [abortedA0] }),
		],
	},
	'S3: what else changes of a member that was called off': {
		guarantee: noRestartAfterAbort,
		setup: pairOf(),
		story: [...pairUntil('aEnds'), calledOff],
		event: MONITOR,
		right: [task('a', { automatic_restarts: 0 })],
	},
	'S3: a mark after an abort changes the task': {
		guarantee: noRestartAfterAbort,
		story: [...until('fails'), aborted],
		event: MARK,
		right: [answer(200, 'ignored_aborted')],
		wrong: [
			'arrived after its abort and should change nothing',
			task('a', { mark: 'refused_cap' }),
			answer(200, 'ignored_aborted'),
		],
	},
	'S3: nobody is answered in a crash': {
		guarantee: noRestartAfterAbort,
		story: [...until('fails'), aborted],
		event: { kind: 'server-crashes', message: { leg: 'request', route: 'mark' } },
		right: [seen({ server: 'down' })],
	},
	'S1: a restart that is not counted': {
		guarantee: boundedRestarts,
		story: until('runs'),
		event: END,
		wrong: ['counts 0 automatic restarts', task('a', { ...restartedA, automatic_restarts: 0 })],
	},
	'S1: a mark that an end carries, at the cap': {
		guarantee: boundedRestarts,
		setup: setupToJudge({ policy: capped }),
		story: [...until('runs'), [BEAT, inFlight(request('end', A0, asks))]],
		event: END,
		right: [task('a', { status: 'failed', mark: 'refused_cap', details: FAILED })],
		wrong: ['but the mark of execution 0 of "a" was granted', task('a', restartedA)],
	},
	'S13: a user names an older execution': {
		guarantee: budgetsAreSeparate,
		story: [...until('idle'), [MONITOR, task('a', { status: 'failed', details: FAILED })]],
		event: user('a'),
		right: [answer(200, 'older')],
	},
	'S13: failed members only, and there are none': {
		guarantee: budgetsAreSeparate,
		setup: pairOf(),
		story: [...pairUntil('bRuns'), bothWell],
		event: user('a', true),
		right: [answer(200, 'nothing_failed')],
		wrong: ['and nothing was restarted', answer(200, 'ok')],
	},
	'S13: nothing failed is no answer to a user who wants all': {
		guarantee: budgetsAreSeparate,
		setup: pairOf(),
		story: [...pairUntil('bRuns'), bothWell],
		event: user('a'),
		wrong: ['and nothing was restarted', answer(200, 'nothing_failed')],
	},
	'S13: a restart that is answered as refused': {
		guarantee: budgetsAreSeparate,
		story: [...until('runs'), [MONITOR, ended]],
		event: user('a'),
		wrong: [
			'the answer was 400 refused_budget and something was restarted',
			task('a', { ...restartedA, started_by: byUser, automatic_restarts: 0 }),
			answer(400, 'refused_budget'),
		],
	},
	'S13: a restart that is counted for nothing': {
		guarantee: budgetsAreSeparate,
		story: until('runs'),
		event: BEAT,
		wrong: ['one that came to nothing was not given back', task('a', { automatic_restarts: 1 })],
	},
	'S7: another unit takes a slot of its own': {
		guarantee: exactQuota,
		story: [...until('granted'), onG, markOf(B0)],
		event: MARK,
		right: [task('b', granted), seen({ quota_used: 2 })],
		wrong: ['2 slots', task('b', granted)],
	},
	'S7: an abort gives back no slot but its own': {
		guarantee: exactQuota,
		story: [
			...until('granted'),
			onG,
			markOf(B0),
			[MARK, task('b', granted), seen({ quota_used: 2 })],
		],
		event: abort('a'),
		right: [task('a', { aborted: true, mark: 'withdrawn' }), seen({ quota_used: 1 })],
		wrong: ['1 slots', task('a', { aborted: true, mark: 'withdrawn' }), seen({ quota_used: 0 })],
	},
	'S7: after its restart a unit takes a slot anew': {
		guarantee: exactQuota,
		story: [
			...until('restarted'),
			[BEAT, task('a', { status: 'started', host: 'h' })],
			markOf({ task: 'a', execution: 1 }),
		],
		event: MARK,
		right: [task('a', granted), seen({ quota_used: 2 })],
		wrong: ['2 slots', task('a', granted)],
	},
	'S7: a slot is out after a day, also while its list stands': {
		guarantee: exactQuota,
		story: until('granted'),
		event: DAY,
		right: [seen({ minute: 1440, quota_used: 0 })],
		wrong: ['0 slots', seen({ minute: 1440 })],
	},
	'S7: who joins a list whose slot is out takes none': {
		guarantee: exactQuota,
		setup: pairOf(),
		story: [...pairUntil('aGranted'), [DAY, seen({ minute: 1440, quota_used: 0 })], markOf(B0)],
		event: MARK,
		right: [task('b', { mark: 'granted', restart_pending: true })],
		wrong: [
			'0 slots',
			task('b', { mark: 'granted', restart_pending: true }),
			seen({ quota_used: 1 }),
		],
	},
	'S7: an abort of the next execution gives nothing back': {
		guarantee: exactQuota,
		story: [
			...until('runs'),
			[BEAT, inFlight(request('end', A0, asks))],
			[END, task('a', restartedA), seen({ quota_used: 1 })],
			[BEAT, task('a', { status: 'started', host: 'h' })],
		],
		event: abort('a'),
		right: [task('a', { aborted: true })],
		wrong: ['1 slots', task('a', { aborted: true }), seen({ quota_used: 0 })],
	},
	'S9: a heartbeat changes the budget of the unit': {
		guarantee: executionsAreIsolated,
		setup: pairOf(),
		story: [...pairUntil('bRuns'), beatOfA],
		event: delivered('request', 'heartbeat'),
		right: [],
		wrong: ['it changed execution 0 of "b"', task('b', { automatic_restarts: 1 })],
	},
	'S9: a mark changes the budget of another unit': {
		guarantee: executionsAreIsolated,
		setup: pairOf(),
		story: pairUntil('aFails'),
		event: MARK,
		right: [task('b', { automatic_restarts: 1 }), task('c', { held: null })],
		wrong: ['it changed execution 0 of "c"', task('c', { automatic_restarts: 1 })],
	},
	'S9: an end ends a sibling': {
		guarantee: executionsAreIsolated,
		setup: pairOf(),
		story: pairUntil('aCallsEnd'),
		event: END,
		right: [ended],
		wrong: [
			'it changed execution 0 of "b"',
			ended,
			task('b', { status: 'failed', ended_minute: 0, details: FAILED }),
		],
	},
	'S9: a mark restarts a sibling': {
		guarantee: executionsAreIsolated,
		setup: pairOf(),
		story: pairUntil('aFails'),
		event: MARK,
		wrong: ['it changed execution 0 of "b"', task('b', begun(archivedAs('g')))],
	},
	'S9: a start releases a dependent': {
		guarantee: executionsAreIsolated,
		setup: pairOf(),
		story: [...pairUntil('bRuns'), startOfA],
		event: delivered('request', 'start'),
		right: [],
		wrong: ['it changed execution 0 of "c"', task('c', { held: null })],
	},
	'S9: an end frees the host of another task': {
		guarantee: executionsAreIsolated,
		story: [...until('callsEnd'), onG],
		event: END,
		right: [ended, host('h', { assigned: null })],
		wrong: [
			'it changed that of host "g"',
			ended,
			host('h', { assigned: null }),
			host('g', { assigned: null }),
		],
	},
	'S9: an end gives its host to another task': {
		guarantee: executionsAreIsolated,
		story: [...until('callsEnd'), onG],
		event: END,
		wrong: ['it changed that of host "h"', ended, host('h', { assigned: B0 })],
	},
	'S9: a mark frees its host': {
		guarantee: executionsAreIsolated,
		story: until('fails'),
		event: MARK,
		wrong: ['it changed that of host "h"', host('h', { assigned: null })],
	},
	'S9: a forged request changes another task': {
		guarantee: executionsAreIsolated,
		story: until('runs'),
		event: forged('other-task'),
		right: [answer(409, 'refused_credentials')],
		wrong: ['should affect no execution, but it changed', task('b', { aborted: true })],
	},
	'S9: what shows the right secrets is no forgery': {
		guarantee: executionsAreIsolated,
		story: until('runs'),
		event: forged('right'),
		right: [task('a', { mark: 'refused_merge_queue' })],
	},
	'L1: a success keeps no promise': {
		guarantee: promisedRestart,
		story: [...until('granted'), [BEAT, inFlight(request('end', A0, SUCCESS))]],
		event: END,
		right: [task('a', { status: 'success', details: SUCCESS, restart_pending: false })],
	},
	'L1: a mark that was lost in a crash': {
		guarantee: promisedRestart,
		story: until('fails'),
		event: { kind: 'server-crashes', message: { leg: 'request', route: 'mark' } },
		right: [seen({ server: 'down' })],
	},
	'L1: a grant that nobody is told of': {
		guarantee: promisedRestart,
		story: until('fails'),
		event: MARK,
		wrong: ['nothing speaks against it, but the answer was nothing', task('a', granted)],
	},
	'S12: the time of a dispatch is left over': {
		guarantee: cleanStart,
		story: until('restarted'),
		event: BEAT,
		wrong: ['but it starts with times', task('a', { dispatched_minute: 0 })],
	},
	'S12: a first execution is no restart': {
		guarantee: cleanStart,
		story: until('asks'),
		event: abort('a'),
		right: [task('a', { mark: 'refused_cap' })],
	},
	'S12: a dispatched execution may be aborted': {
		guarantee: cleanStart,
		story: [...until('restarted'), lateEnd],
		event: abort('a'),
		right: [task('a', { aborted: true })],
	},
	'S18: the end of one task ends another': {
		guarantee: oneEnd,
		story: [...until('callsEnd'), onG],
		event: END,
		right: [ended],
		wrong: [
			'execution 0 of "b" ended at message-delivered, but neither its agent nor the monitor',
			ended,
			task('b', { status: 'failed', ended_minute: 0, details: FAILED }),
		],
	},
	'S18: a late end ends the execution after its own': {
		guarantee: oneEnd,
		story: [...until('restarted'), lateEnd],
		event: END,
		right: [answer(200, 'already_ended')],
		wrong: ['execution 1 of "a" ended at message-delivered, but neither', ended],
	},
	'S18: the time of an end without one': {
		guarantee: oneEnd,
		story: until('runs'),
		event: BEAT,
		wrong: ['has the details or the time of an end', task('a', { ended_minute: 0 })],
	},
	'S18: an execution that ended and was restarted for no end': {
		guarantee: oneEnd,
		story: until('runs'),
		event: BEAT,
		wrong: ['but neither its agent nor the monitor had ended it', task('a', restartedA)],
	},
	'S18: an end without its time': {
		guarantee: oneEnd,
		story: until('callsEnd'),
		event: END,
		wrong: [
			'without the details and the time of it',
			task('a', { status: 'failed', details: FAILED, ended_minute: 60 }),
		],
	},
	'S18: a status other than in its details': {
		guarantee: oneEnd,
		story: until('callsEnd'),
		event: END,
		wrong: [
			'without the details and the time of it',
			task('a', { status: 'success', details: FAILED, ended_minute: 0 }),
		],
	},
	'S18: an end that was lost in a crash': {
		guarantee: oneEnd,
		story: until('callsEnd'),
		event: { kind: 'server-crashes', message: { leg: 'request', route: 'end' } },
		right: [seen({ server: 'down' })],
	},
};

judgeCases(cases);
