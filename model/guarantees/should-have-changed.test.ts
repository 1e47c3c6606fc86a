import { describe, expect, test } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Message } from '../vocabulary/message.ts';
import { boundedRestarts } from './bounded-restarts.ts';
import { budgetsAreSeparate } from './budgets-are-separate.ts';
import { cleanStart } from './clean-start.ts';
import { everyExecutionEnds } from './every-execution-ends.ts';
import { exactQuota } from './exact-quota.ts';
import { executionsAreIsolated } from './executions-are-isolated.ts';
import { idempotent } from './idempotent.ts';
import { marksNeverBlock } from './marks-never-block.ts';
import { noRestartAfterAbort } from './no-restart-after-abort.ts';
import { oneEnd } from './one-end.ts';
import { promisedRestart } from './promised-restart.ts';
import { restartAfterEnd } from './restart-after-end.ts';
import { restartHasCause } from './restart-has-cause.ts';
import { statusPrecedence } from './status-precedence.ts';
import { type Case, judgeCases } from './testing/cases.ts';
import {
	A0,
	calling,
	FAILED,
	granted,
	restartedA,
	running,
	SUCCESS,
	serverReturns,
	until,
} from './testing/flaky.ts';
import { archivedAs, begun, but, pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	type Change,
	delivered,
	host,
	inFlight,
	judgeScenes,
	reply,
	request,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';
import { variantsSkip } from './variants-skip.ts';

const crashed = (route: Message['route']): Event => ({
	kind: 'server-crashes',
	message: { leg: 'request', route },
	commit: 'after',
});
const abort = (id: string): Event => ({ kind: 'user-aborts', task: id });
const HOUR: Event = { kind: 'hours-pass', hours: 1 };
const CUT_OFF: Event = { kind: 'host-unreachable', host: 'h' };
const BEAT: Event = { kind: 'heartbeat-sent', host: 'h' };
const MONITOR: Event = { kind: 'monitor-runs' };
const hour = seen({ minute: 60 });
const spent = (used: number): Change[] => [
	task('a', { automatic_restarts: used }),
	task('b', { automatic_restarts: used }),
];
const withdrawn = task('a', { aborted: true, mark: 'withdrawn', restart_pending: false });
const ended = task('a', { status: 'failed', ended_minute: 0, details: FAILED });
const lost = task('a', { status: 'failed', ended_minute: 60, details: FAILED });
const offList = task('a', { restart_pending: false });
const abortedB = task('b', { aborted: true });
const dead: Scene = [
	{ kind: 'agent-dies', host: 'h' },
	host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } }),
];
const beats: Scene = [BEAT, inFlight(request('heartbeat', A0))];
const started = task('a', { status: 'started', host: 'h', dispatched_minute: 0 });
const refusedStart: Scene = [BEAT, inFlight(reply('start', A0, 409, 'refused_not_running'))];

/** "h" runs one command, and two in the background; the second task of its project is of another variant. */
const background = (step: number) => [{ block: 'main', step, member: null }] as const;
const listed = setupToJudge({
	project: {
		id: 'p',
		tasks: [
			{
				name: 'test',
				commands: [
					{ command: 'x' },
					{ command: 'y', background: true },
					{ command: 'z', background: true, variants: ['windows'] },
				],
			},
		],
	},
});

/**
 * A judge that looks only at what changed misses what should have changed and did not; one that looks only
 * at what is new misses a wrong change later on. Model and reference are compared with each other, so a fault
 * that both have is seen by a judge or by nobody.
 */
const cases: Record<string, Case> = {
	'S3: a running task that is aborted': {
		guarantee: noRestartAfterAbort,
		story: until('runs'),
		event: abort('a'),
		right: [task('a', { aborted: true })],
		wrong: ['A user aborted execution 0 of "a", which was started, but it was not aborted.'],
	},
	'S3: the mark of a task that is aborted': {
		guarantee: noRestartAfterAbort,
		story: until('granted'),
		event: abort('a'),
		right: [withdrawn],
		wrong: ['execution 0 of "a" was aborted, but its automatic restart is still pending.'],
	},
	'S3: the list, where a member that ended is on it and its display task is aborted': {
		guarantee: noRestartAfterAbort,
		setup: pairOf(),
		story: pairUntil('aEnds'),
		event: abort('d'),
		right: [abortedB, offList],
		wrong: [
			'The display task of execution 0 of "a" was aborted, but the restart for its sake',
			abortedB,
		],
	},
	'S3: a running member of a display task that is aborted': {
		guarantee: noRestartAfterAbort,
		setup: pairOf(),
		story: pairUntil('aEnds'),
		event: abort('d'),
		right: [abortedB, offList],
		wrong: [
			'the display task of execution 0 of "b", which was started, but it was not aborted',
			offList,
		],
	},
	'S3: an abort, later': {
		guarantee: noRestartAfterAbort,
		story: [...until('runs'), [abort('a'), task('a', { aborted: true })]],
		event: serverReturns[0],
		right: [],
		wrong: ['was aborted, but now it says that it was not', task('a', { aborted: false })],
	},
	'S3: a list that was emptied, later': {
		guarantee: noRestartAfterAbort,
		setup: pairOf(),
		story: [...pairUntil('aEnds'), [abort('d'), abortedB, offList]],
		event: MONITOR,
		right: [],
		wrong: [
			'stood no more, but the restart for its sake is pending again',
			task('a', { restart_pending: true }),
		],
	},
	'S3: a list that was emptied, of which a hidden copy was kept': {
		guarantee: noRestartAfterAbort,
		setup: pairOf(),
		story: [...pairUntil('aEnds'), [abort('d'), abortedB, offList]],
		event: MONITOR,
		right: [],
		// What was shown is right at every event; that "a" itself was never aborted does not make its mark stand.
		wrong: [
			'execution 0 of "a" was restarted automatically, but no granted mark stood',
			task('a', begun(archivedAs('h', { mark: 'granted' }))),
		],
	},
	'S7: the slot of a list that an abort empties': {
		guarantee: exactQuota,
		setup: pairOf(),
		story: pairUntil('aEnds'),
		event: abort('d'),
		right: [abortedB, offList, seen({ quota_used: 0 })],
		wrong: [
			"0 slots of the project's quota are in use at minute 0, but the app server counts 1",
			abortedB,
		],
	},
	'S1: the budget of a member that asked for nothing': {
		guarantee: boundedRestarts,
		setup: pairOf(),
		story: pairUntil('aFails'),
		event: delivered('request', 'mark'),
		right: [task('a', granted), task('b', { automatic_restarts: 1 })],
		wrong: ['Task "b" counts 0 automatic restarts, but it had or awaits 1.', task('a', granted)],
	},
	'S1: the budget of the member that asks': {
		guarantee: boundedRestarts,
		story: until('fails'),
		event: delivered('request', 'mark'),
		right: [task('a', granted)],
		wrong: [
			'Task "a" counts 0 automatic restarts, but it had or awaits 1.',
			task('a', { ...granted, automatic_restarts: 0 }),
		],
	},
	'S13: the budget of a member that was not aborted': {
		guarantee: budgetsAreSeparate,
		setup: pairOf(),
		story: pairUntil('aGranted'),
		event: abort('a'),
		right: [withdrawn, ...spent(0)],
		wrong: [
			'Task "b" had or awaits 0 automatic restarts, but 1 are counted',
			withdrawn,
			task('a', { automatic_restarts: 0 }),
		],
	},
	'S2: a mark of an execution that ended well': {
		guarantee: restartHasCause,
		story: until('granted'),
		event: delivered('request', 'end'),
		right: [task('a', { status: 'success', details: SUCCESS, restart_pending: false })],
		wrong: [
			'The restart of execution 0 of "a" is pending, but it ended in success.',
			task('a', { status: 'success', details: SUCCESS }),
		],
	},
	'S2: a restart that nobody asked for': {
		guarantee: restartHasCause,
		story: until('fails'),
		event: serverReturns[0],
		right: [],
		wrong: [
			'is pending, but no mark of it stands (mark: none)',
			task('a', { restart_pending: true }),
		],
	},
	'S5: the commands of a host that is cut off': {
		guarantee: restartAfterEnd,
		story: until('runs'),
		event: CUT_OFF,
		right: [hour, host('h', { execution: null, doing: { kind: 'idle' } })],
		wrong: [
			'Host "h" still runs a command of execution 0 of "a", but for 60 minutes no heartbeat',
			hour,
		],
	},
	'S5: the commands of every host while the app server is down': {
		guarantee: restartAfterEnd,
		story: [...until('runs'), [{ kind: 'server-crashes' }, seen({ server: 'down' })]],
		event: HOUR,
		right: [hour, host('h', { execution: null, doing: { kind: 'idle' } })],
		wrong: [
			'Host "h" still runs a command of execution 0 of "a", but for 60 minutes no heartbeat',
			hour,
		],
	},
	'S9: the host of another execution': {
		guarantee: executionsAreIsolated,
		story: [...until('fails'), [BEAT, host('g', { assigned: { task: 'b', execution: 0 } })]],
		event: delivered('request', 'mark'),
		right: [],
		wrong: [
			'should leave hosts to whom they are given, but it changed that of host "g"',
			host('g', { assigned: null }),
		],
	},
	'S9: the host of an execution that a late end does not concern': {
		guarantee: executionsAreIsolated,
		story: [
			...until('restarted'),
			[BEAT, host('h', { assigned: { task: 'a', execution: 1 } }), inFlight(request('end', A0))],
		],
		event: delivered('request', 'end'),
		right: [],
		wrong: [
			'should leave hosts to whom they are given, but it changed that of host "h"',
			host('h', { assigned: null }),
		],
	},
	'S10: a decision, later': {
		guarantee: idempotent,
		story: until('granted'),
		event: BEAT,
		right: [],
		wrong: [
			'The mark of execution 0 of "a" was granted, which has to stand, but now it is none.',
			task('a', { mark: 'none' }),
		],
	},
	'S10: a grant that is withdrawn by nobody': {
		guarantee: idempotent,
		story: until('granted'),
		event: BEAT,
		right: [],
		wrong: ['which has to stand, but now it is withdrawn', task('a', { mark: 'withdrawn' })],
	},
	'S10: a mark that is withdrawn, but was never granted': {
		guarantee: idempotent,
		story: until('runs'),
		event: abort('a'),
		right: [task('a', { aborted: true })],
		wrong: [
			'was none, which has to stand, but now it is withdrawn',
			task('a', { aborted: true, mark: 'withdrawn' }),
		],
	},
	'S10: the answer to a first mark': {
		guarantee: idempotent,
		story: until('fails'),
		event: delivered('request', 'mark'),
		right: [task('a', { mark: 'refused_cap' }), answer(400, 'refused_cap')],
		wrong: [
			'was answered 200 ignored_aborted, which has to stand, but its mark is refused_cap',
			task('a', { mark: 'refused_cap' }),
			answer(200, 'ignored_aborted'),
		],
	},
	'S12: a repair that is left over': {
		guarantee: cleanStart,
		story: until('callsEnd'),
		event: delivered('request', 'end'),
		right: [task('a', restartedA), host('h', { assigned: null })],
		wrong: [
			'should start clean, but it starts with a pending restart',
			task('a', { ...restartedA, repair_pending: true }),
			host('h', { assigned: null }),
		],
	},
	'S12: what comes back before the dispatch': {
		guarantee: cleanStart,
		story: until('restarted'),
		event: BEAT,
		right: [],
		wrong: [
			'execution 1 of "a" should start clean, but it starts with an abort',
			task('a', { aborted: true }),
		],
	},
	'S12: a secret that changes while its execution runs': {
		guarantee: cleanStart,
		story: until('runs'),
		event: BEAT,
		right: [],
		wrong: [
			'execution 0 of "a" got another secret, though it was not restarted',
			task('a', { secret: 1 }),
		],
	},
	'S14: a start that was refused': {
		guarantee: marksNeverBlock,
		story: [...until('accepted'), refusedStart],
		event: delivered('reply', 'start'),
		right: [inFlight(), host('h', { execution: null, doing: { kind: 'idle' } })],
		wrong: [
			'was answered 409 refused_not_running to its start of execution 0 of "a", but goes on',
			inFlight(),
		],
	},
	'S14: a mark that is given up without a reason': {
		guarantee: marksNeverBlock,
		story: until('fails'),
		event: BEAT,
		right: [],
		wrong: [
			'gave up its mark of execution 0 of "a" before it was answered or might be given up',
			host('h', { doing: running('post') }),
		],
	},
	'S14: a mark that is given up one attempt too early': {
		guarantee: marksNeverBlock,
		story: until('fails'),
		event: { kind: 'call-retried', host: 'h' },
		right: [host('h', { doing: calling('mark', 2) })],
		wrong: ['gave up its mark of execution 0 of "a"', host('h', { doing: running('post') })],
	},
	'S14: a mark that is given up by another host than the one that was told to': {
		guarantee: marksNeverBlock,
		story: until('fails'),
		event: { kind: 'call-abandoned', host: 'g' },
		right: [],
		wrong: ['gave up its mark of execution 0 of "a"', host('h', { doing: running('post') })],
	},
	'S15: the time-out that an end tells of': {
		guarantee: statusPrecedence,
		story: until('callsEnd'),
		event: delivered('request', 'end'),
		right: [ended],
		wrong: [
			'should end with the time-out null, but it ended with exec',
			task('a', { status: 'failed', details: { ...FAILED, timed_out: 'exec' } }),
		],
	},
	'S18: an execution whose end arrived': {
		guarantee: oneEnd,
		story: until('callsEnd'),
		event: delivered('request', 'end'),
		right: [ended],
		wrong: [
			'The end of execution 0 of "a" arrived while it was started, but it has not ended',
			answer(200, 'ok'),
		],
	},
	'S18: an execution whose end committed before a crash': {
		guarantee: oneEnd,
		story: until('callsEnd'),
		event: crashed('end'),
		right: [ended],
		wrong: ['The end of execution 0 of "a" arrived while it was started, but it has not ended'],
	},
	'S18: the time of a dispatch, after the end': {
		guarantee: oneEnd,
		story: [...until('callsEnd'), [delivered('request', 'end'), ended]],
		event: HOUR,
		right: [hour],
		wrong: [
			'had ended, but its details or times changed afterwards',
			hour,
			task('a', { dispatched_minute: 60 }),
		],
	},
	'L1: a mark that committed before a crash': {
		guarantee: promisedRestart,
		story: until('fails'),
		event: crashed('mark'),
		right: [task('a', granted)],
		wrong: ['came in time and nothing speaks against it, but the answer was nothing and its mark'],
	},
	'L1: a promise that is dropped for an abort by nobody': {
		guarantee: promisedRestart,
		story: until('granted'),
		event: BEAT,
		right: [],
		wrong: ['was granted and its restart was pending, but it was dropped', withdrawn],
	},
	'L2: an execution whose agent died': {
		guarantee: everyExecutionEnds,
		story: [...until('runs'), dead, [HOUR, hour]],
		event: MONITOR,
		right: [lost],
		wrong: [
			'No heartbeat of execution 0 of "a" was accepted for 7 minutes or more, but the monitor',
		],
	},
	'L2: an execution whose host was cut off': {
		guarantee: everyExecutionEnds,
		story: [...until('runs'), [CUT_OFF, hour]],
		event: MONITOR,
		right: [lost],
		wrong: [
			'No heartbeat of execution 0 of "a" was accepted for 7 minutes or more, but the monitor',
		],
	},
	'L2: an execution that nobody took up': {
		guarantee: everyExecutionEnds,
		story: [...until('dispatched'), [HOUR, hour, host('h', { doing: { kind: 'idle' } })]],
		event: MONITOR,
		right: [lost],
		wrong: ['but the monitor ran and did not end it: it is still dispatched'],
	},
	'L2: one that was silent, while another was not': {
		guarantee: everyExecutionEnds,
		story: [
			...until('runs'),
			dead,
			[
				HOUR,
				hour,
				task('b', { status: 'started', host: 'g' }),
				host('g', { execution: { task: 'b', execution: 0 } }),
			],
			[BEAT, inFlight(request('heartbeat', { task: 'b', execution: 0 }))],
			[delivered('request', 'heartbeat'), inFlight()],
		],
		event: MONITOR,
		right: [lost],
		wrong: ['No heartbeat of execution 0 of "a"'],
	},
	'C3: a background command in the place of another': {
		guarantee: variantsSkip,
		setup: listed,
		story: [...until('runs'), [BEAT, host('h', { background: [...background(1)] })]],
		event: serverReturns[0],
		right: [host('h', { background: [...background(1)] })],
		wrong: [
			'that is no command that is listed for its variant',
			host('h', { background: [...background(2)] }),
		],
	},
};

judgeCases(cases);

describe('what is silent no more (L2)', () => {
	const silent: Scene[] = [...until('runs'), [CUT_OFF, hour]];
	const handled = (event: Event): Scene[] => [beats, [event, inFlight()], [MONITOR]];
	const broken = (scenes: readonly Scene[]) =>
		judgeScenes(everyExecutionEnds, setupToJudge(), scenes).broken;

	test.each([
		['a heartbeat that is delivered', delivered('request', 'heartbeat'), false],
		['a heartbeat that committed before a crash', crashed('heartbeat'), false],
		[
			'a heartbeat that was lost in a crash',
			{ kind: 'server-crashes', message: { leg: 'request', route: 'heartbeat' } },
			true,
		],
		[
			'a heartbeat that was lost',
			{ kind: 'message-lost', message: { leg: 'request', route: 'heartbeat' } },
			true,
		],
	] as const)('%s', (_, event, still) => {
		expect(broken([...silent, ...handled(event)]) !== null).toBe(still);
	});

	test('a start that is delivered', () => {
		const late: Scene[] = [...until('accepted'), [HOUR, hour, host('h', { execution: null })]];
		const starts: Scene = [BEAT, inFlight(request('start', A0))];
		expect(broken([...late, [MONITOR]])).not.toBeNull();
		expect(
			broken([...late, starts, [delivered('request', 'start'), started], [MONITOR]]),
		).toBeNull();
	});

	test('an execution that its agent let go of while minutes passed, nobody knows when', () => {
		const passed = (minutes: number): Event => ({ kind: 'minutes-pass', minutes });
		const gone: Scene = [passed(7), seen({ minute: 7 }), host('h', { execution: null })];
		const later: Scene = [passed(7), seen({ minute: 14 })];
		expect(broken([...until('runs'), gone])).toBeNull();
		expect(broken([...until('runs'), gone, later])).not.toBeNull();
	});

	test('an execution whose agent was reached while the hours passed, with one that was not before', () => {
		expect(broken([...silent, [HOUR, seen({ minute: 120 })], [MONITOR]])).toBeNull();
	});

	test('nobody is heard while the app server is down', () => {
		const down: Scene = [{ kind: 'server-crashes' }, seen({ server: 'down' })];
		expect(broken([...until('runs'), down, [HOUR, hour], serverReturns, [MONITOR]])).not.toBeNull();
	});

	test('an execution that began after', () => {
		const again: Scene = [
			{ kind: 'user-restarts', task: 'a', execution: 0 },
			task('a', { ...restartedA, status: 'started' }),
		];
		expect(broken([...silent, [delivered('request', 'end'), lost], again, [MONITOR]])).toBeNull();
	});
});

test('a member of a display task that is not aborted is left alone (S3)', () => {
	const one: Scene = [abort('a'), task('a', { aborted: true })];
	expect(
		judgeScenes(noRestartAfterAbort, pairOf(), [...pairUntil('bRuns'), one]).broken,
	).toBeNull();
});

test('a mark is given up when its attempts are used up, or the agent is told to (S14)', () => {
	const posts = host('h', { doing: running('post') });
	const again: Scene = [
		{ kind: 'call-retried', host: 'h' },
		host('h', { doing: calling('mark', setupToJudge().policy.call_attempts) }),
	];
	const judged = (...scenes: readonly Scene[]) =>
		judgeScenes(marksNeverBlock, setupToJudge(), [...until('fails'), ...scenes]).broken;
	expect(judged(again, [{ kind: 'call-retried', host: 'h' }, posts])).toBeNull();
	expect(judged([{ kind: 'call-abandoned', host: 'h' }, posts])).toBeNull();
	const refused: Scene = [BEAT, inFlight(reply('heartbeat', A0, 409, 'refused_not_running'))];
	const idle = host('h', { execution: null, doing: { kind: 'idle' } });
	expect(judged(refused, [delivered('reply', 'heartbeat'), idle])).toBeNull();
	const aborted: Scene = [BEAT, inFlight(reply('heartbeat', A0, 200, 'abort'))];
	expect(judged(aborted, [delivered('reply', 'heartbeat'), posts])).toContain('gave up its mark');
});

test('a pair whose second member is as it should be breaks nothing (S1, S13)', () => {
	for (const guarantee of [boundedRestarts, budgetsAreSeparate])
		expect(
			judgeScenes(guarantee, pairOf(), [...pairUntil('aGranted'), but('aCallsEnd')]).broken,
		).toBeNull();
});
