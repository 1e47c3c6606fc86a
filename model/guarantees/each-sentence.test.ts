import type { Event } from '../vocabulary/events/event.ts';
import type { Message } from '../vocabulary/message.ts';
import type { HostObservation } from '../vocabulary/observation.ts';
import type { Block } from '../vocabulary/project.ts';
import { blockMustBeAbleToFail } from './block-must-be-able-to-fail.ts';
import { executionsAreIsolated } from './executions-are-isolated.ts';
import { historyIsKept } from './history-is-kept.ts';
import { idempotent } from './idempotent.ts';
import { marksNeverBlock } from './marks-never-block.ts';
import { promisedRestart } from './promised-restart.ts';
import { readyWorkRuns } from './ready-work-runs.ts';
import { restartAfterEnd } from './restart-after-end.ts';
import { type Case, judgeCases } from './testing/cases.ts';
import {
	A0,
	after,
	calling,
	FAILED,
	restartedA,
	running,
	SUCCESS,
	until,
} from './testing/flaky.ts';
import { archivedAs, begun, but, pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	delivered,
	host,
	inFlight,
	reply,
	request,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const ends = (outcome: 'succeeded' | 'failed' | 'timed-out-block'): Event => ({
	kind: 'command-ends',
	host: 'h',
	outcome,
});
const DEAD: Partial<HostObservation> = {
	agent: 'dead',
	execution: null,
	doing: { kind: 'idle' },
	background: [],
};
/** A host that leaves its group, and a background command of a block beside. */
const leaving = (block: Block): Partial<HostObservation> => ({
	doing: running('teardown_group', 1),
	background: [{ block, step: 0, member: null }],
});
const MONITOR: Event = { kind: 'monitor-runs' };
const BEAT: Event = { kind: 'heartbeat-sent', host: 'h' };
const GIVES_UP: Event = { kind: 'call-abandoned', host: 'h' };
const DEAF: Event = { kind: 'call-retried', host: 'h' };
const ANSWERED = delivered('reply', 'heartbeat');
const END = delivered('request', 'end');
const NEXT = delivered('request', 'next');
const at = (block: 'pre' | 'main' | 'post', step = 0) => host('h', { doing: running(block, step) });
const told = (...message: Message[]): Scene => [BEAT, inFlight(...message)];
const told409 = told(reply('heartbeat', A0, 409, 'refused_not_running'));
const toldAborted = told(reply('heartbeat', A0, 200, 'abort'));

/** Two commands a block, of which none is flagged. */
const twice = setupToJudge({
	project: {
		id: 'p',
		tasks: [{ name: 'test', commands: [{ command: 'x' }, { command: 'y' }] }],
		pre: [{ command: 'prepare' }, { command: 'more' }],
		post: [{ command: 'pack' }, { command: 'upload' }],
	},
});
const inPre: Scene[] = [...until('started'), [delivered('reply', 'start'), at('pre'), inFlight()]];
const inMain: Scene[] = [...inPre, [ends('succeeded'), at('main')]];
const inPost: Scene[] = [...inMain, [ends('failed'), at('post')]];

const merge = setupToJudge({ requester: 'github_merge_request' });
const bRuns = task('b', { status: 'started', host: 'g', dispatched_minute: 0 });
const endOfA = [
	task('a', { status: 'failed', ended_minute: 0, details: FAILED }),
	host('h', { assigned: null }),
];
const shownAs = (status: 'started' | 'failed') =>
	seen({ display_tasks: [{ id: 'd', status, execution: 0 }] });
const lateEnd: Scene = [
	BEAT,
	task('a', { status: 'started', host: 'h', dispatched_minute: 0 }),
	inFlight(request('end', A0, FAILED)),
];
const ATTEMPTS = setupToJudge().policy.call_attempts;
const bothAgain = [
	task('a', begun(archivedAs('h', { mark: 'granted' }))),
	task('b', begun(archivedAs('g', { details: SUCCESS }))),
];
const HOURS: Event = { kind: 'hours-pass', hours: 2 };
const hours = seen({ minute: 120 });
const later: Scene = [HOURS, hours];
const aborted: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];

/** What a sentence of the spec says beside what its judge looked at first: each half held, and broken. */
const cases: Record<string, Case> = {
	'S4: a command without the flag fails its task': {
		guarantee: blockMustBeAbleToFail,
		setup: twice,
		story: inMain,
		event: ends('failed'),
		right: [at('post')],
		wrong: [
			'"x" (main command 0), which failed it, has no retry',
			host('h', { doing: calling('mark') }),
		],
	},
	'S4: a failure that is no matter': {
		guarantee: blockMustBeAbleToFail,
		setup: twice,
		story: inPre,
		event: ends('failed'),
		right: [at('pre', 1)],
		wrong: ['"more" (pre command 1) should run next, but it does not', at('main')],
	},
	'S4: a failure that is no matter, at the end of its block': {
		guarantee: blockMustBeAbleToFail,
		setup: twice,
		story: [...inPre, [ends('succeeded'), at('pre', 1)]],
		event: ends('failed'),
		right: [at('main')],
		wrong: ['"x" (main command 0) should run next, but it does not', at('post')],
	},
	'S4: a block whose time ran out': {
		guarantee: blockMustBeAbleToFail,
		setup: twice,
		story: inPre,
		event: ends('timed-out-block'),
		right: [at('main')],
		wrong: ['which stops its block, but its agent went on to pre command 1', at('pre', 1)],
	},
	'S4: a failure in main': {
		guarantee: blockMustBeAbleToFail,
		setup: twice,
		story: inMain,
		event: ends('failed'),
		right: [at('post')],
		wrong: ['which fails the task, but its agent went on to main command 1', at('main', 1)],
	},
	'S4: an abort of what runs in main': {
		guarantee: blockMustBeAbleToFail,
		setup: twice,
		story: [...inMain, toldAborted],
		event: ANSWERED,
		right: [at('post')],
		wrong: ['was aborted, but it works on: it did not cancel main command 0'],
	},
	'S4: an abort while post runs': {
		guarantee: blockMustBeAbleToFail,
		setup: twice,
		story: [...inPost, toldAborted],
		event: ANSWERED,
		right: [],
		wrong: ['has no effect on post, but it broke off post command 0', at('post', 1)],
	},
	'S4: an abort of what runs in main, heard of while time passes': {
		guarantee: blockMustBeAbleToFail,
		setup: twice,
		story: [...inMain, aborted],
		event: HOURS,
		right: [at('post'), hours],
		wrong: ['was aborted, but it works on: it did not cancel main command 0', hours],
	},
	'S4: an abort while post runs, heard of while time passes': {
		guarantee: blockMustBeAbleToFail,
		setup: twice,
		story: [...inPost, aborted],
		event: HOURS,
		right: [hours],
		wrong: ['has no effect on post, but it broke off post command 0', at('post', 1), hours],
	},
	'S4: an abort of which nobody hears, as the host is cut off': {
		guarantee: blockMustBeAbleToFail,
		setup: twice,
		story: [...inPost, aborted],
		event: { kind: 'host-unreachable', host: 'h' },
		right: [host('h', { execution: null, doing: { kind: 'idle' } }), seen({ minute: 60 })],
	},
	'S4: no abort, while time passes': {
		guarantee: blockMustBeAbleToFail,
		setup: twice,
		story: inMain,
		event: HOURS,
		right: [hours],
	},
	'S5: a process that runs in the background when the end is sent': {
		guarantee: restartAfterEnd,
		story: until('cleansUp'),
		event: ends('succeeded'),
		right: [host('h', { doing: calling('end') })],
		wrong: [
			'sent the end of execution 0 of "a", but post command 0 still runs in the background',
			host('h', { doing: calling('end'), background: [{ block: 'post', step: 0, member: null }] }),
		],
	},
	'S5: a background command whose agent has died': {
		guarantee: restartAfterEnd,
		story: until('cleansUp'),
		event: { kind: 'agent-dies', host: 'h' },
		right: [host('h', DEAD)],
		wrong: [
			'Host "h" runs a command, but its agent holds no execution.',
			host('h', { ...DEAD, background: [{ block: 'timeout', step: 0, member: null }] }),
		],
	},
	'S5: a background command of a task, while its host leaves the group': {
		guarantee: restartAfterEnd,
		story: [...until('idle'), [{ kind: 'host-asks', host: 'h' }]],
		event: delivered('reply', 'next'),
		right: [host('h', leaving('teardown_group'))],
		wrong: [
			'Host "h" runs a command, but its agent holds no execution.',
			host('h', leaving('teardown_task')),
		],
	},
	'S9: a late end, and what restarts together with its task': {
		guarantee: executionsAreIsolated,
		setup: pairOf(),
		story: [...pairUntil('restarted'), lateEnd],
		event: END,
		right: [],
		wrong: [
			'should concern no other task, but it changed execution 1 of "b"',
			task('b', { automatic_restarts: 0 }),
		],
	},
	'S9: the end of a task of the merge queue': {
		guarantee: executionsAreIsolated,
		setup: merge,
		story: [...until('started'), [BEAT, bRuns, inFlight(request('end', A0, FAILED))]],
		event: END,
		right: [...endOfA, task('b', { aborted: true })],
		wrong: [
			'should concern no other task, but it changed execution 0 of "b"',
			...endOfA,
			task('b', { status: 'failed', aborted: true }),
		],
	},
	'S9: a display task of others': {
		guarantee: executionsAreIsolated,
		setup: setupToJudge({ display_tasks: [{ id: 'd', execution_tasks: ['b'] }] }),
		story: [...until('callsEnd'), [BEAT, bRuns, shownAs('started')]],
		event: END,
		right: endOfA,
		wrong: ['but display task "d" is shown otherwise', ...endOfA, shownAs('failed')],
	},
	'S10: an end, more than an hour after the end': {
		guarantee: idempotent,
		story: [...until('restarted'), ...after('restarted'), later, told(request('end', A0, FAILED))],
		event: END,
		right: [answer(401, 'refused_credentials')],
		wrong: ['void an hour after the end, which is 401', answer(400, 'refused_not_running')],
	},
	'S10: a host that has a task asks again': {
		guarantee: idempotent,
		story: [...until('dispatched'), [BEAT, inFlight(request('next', null))]],
		event: NEXT,
		right: [answer(200, 'task')],
		wrong: [
			'Host "h" has execution 0 of "a" already and asked again, which should change nothing',
			task('b', { status: 'dispatched', host: 'h', dispatched_minute: 0 }),
		],
	},
	'S11: the number of a display task': {
		guarantee: historyIsKept,
		setup: pairOf(),
		story: pairUntil('bCallsEnd', [but('bCallsEnd')[0], shownAs('started')]),
		event: END,
		right: [
			...bothAgain,
			seen({ display_tasks: [{ id: 'd', status: 'undispatched', execution: 1 }] }),
		],
		wrong: [
			'Display task "d" was at execution 0 and was restarted, but it is at execution 0, not 1.',
			...bothAgain,
		],
	},
	'S11: the number of a display task of which nothing was restarted': {
		guarantee: historyIsKept,
		setup: pairOf(),
		story: pairUntil('aCallsEnd', [but('aCallsEnd')[0], shownAs('started')]),
		event: END,
		right: endOfA,
		wrong: [
			'nothing of it was restarted, but it is at execution 1, not 0',
			...endOfA,
			seen({ display_tasks: [{ id: 'd', status: 'started', execution: 1 }] }),
		],
	},
	'L5: a task that is restarted': {
		guarantee: readyWorkRuns,
		story: until('callsEnd'),
		event: END,
		right: [task('a', restartedA)],
		wrong: [
			'execution 1 of "a" is scheduled and has yet to run, but it was taken off the schedule',
			task('a', { ...restartedA, held: 'inactive' }),
		],
	},
	'L5: a task that was never scheduled, or whose version of the merge queue is aborted': {
		guarantee: readyWorkRuns,
		setup: merge,
		story: until('callsEnd'),
		event: END,
		right: [...endOfA, task('b', { held: 'inactive' })],
	},
	'S14: a heartbeat that was refused': {
		guarantee: marksNeverBlock,
		story: [...until('runs'), told409],
		event: ANSWERED,
		right: [host('h', { execution: null, doing: { kind: 'idle' } })],
		wrong: ['to its heartbeat of execution 0 of "a", but holds on to it and will send more'],
	},
	'S14: a call whose attempts are used up': {
		guarantee: marksNeverBlock,
		story: [...until('fails'), [DEAF, host('h', { doing: calling('mark', ATTEMPTS) })]],
		event: DEAF,
		right: [at('post')],
		wrong: ['but may send it', host('h', { doing: calling('mark', ATTEMPTS + 1) })],
	},
	'S14: a mark that is given up': {
		guarantee: marksNeverBlock,
		story: until('fails'),
		event: GIVES_UP,
		right: [at('post')],
		wrong: ['still waits for the answer to its mark of execution 0 of "a", but it had given up'],
	},
	'L1: a mark stands, and the system restarts for another reason': {
		guarantee: promisedRestart,
		setup: pairOf({ restart_system_failed: true }),
		story: pairUntil('bCallsEnd'),
		event: MONITOR,
		right: [
			task('a', begun(archivedAs('h', { mark: 'granted' }))),
			task('b', begun(archivedAs('g', { details: SUCCESS }))),
		],
		wrong: [
			'was restarted for another reason, by the system',
			task('a', begun(archivedAs('h', { mark: 'granted' }), { by: 'system' })),
			task('b', begun(archivedAs('g', { details: SUCCESS }), { by: 'system' })),
		],
	},
	'L1: a mark stands, and its task is restarted for it': {
		guarantee: promisedRestart,
		story: until('callsEnd'),
		event: END,
		right: [task('a', restartedA)],
	},
};

judgeCases(cases);
