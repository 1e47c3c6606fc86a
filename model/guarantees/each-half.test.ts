import { expect, test } from 'vitest';
import type { Setup } from '../vocabulary/setup.ts';
import { judging } from './judge.ts';
import { WITNESSES } from './situations.ts';
import {
	A0,
	archivedA0,
	calling,
	crashedAtEnd,
	FAILED,
	restartedA,
	running,
	SUCCESS,
	until,
} from './testing/flaky.ts';
import { pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	type Change,
	delivered,
	host,
	inFlight,
	reply,
	request,
	resting,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

/**
 * Which halves of which promises are put to the test at each event: "holds" says something of no other. A judge that claims
 * more lets a report say that a promise holds which nothing could have broken.
 */

type Row = readonly [event: string, halves: readonly string[]];

function tested(setup: Setup, scenes: readonly Scene[]): Row[] {
	let before = resting(setup);
	const { step, situations } = judging(setup, before);
	return scenes.map(([event, ...changes]) => {
		const after = changes.reduce((state, change) => change(state), seen({ answer: null })(before));
		const known = new Map(situations());
		const broken = step({ setup, before, event, after });
		before = after;
		const halves = WITNESSES.map(({ name }) => name).filter(
			(name) => situations().get(name) !== known.get(name),
		);
		return [event.kind, [...halves, ...broken.map(({ sentence }) => sentence)]];
	});
}

const RETRIED: readonly Row[] = [
	['host-asks', []],
	['message-delivered', ['S22 in-progress', 'L2 dispatched', 'L5 first']],
	['message-delivered', []],
	['message-delivered', ['S22 in-progress']],
	['message-delivered', []],
	['command-ends', ['S4 fails', 'S14 sent', 'L1 failed']],
	[
		'message-delivered',
		[
			'S1 counted',
			'S7 taken',
			'S10 first-mark',
			'S13 counted',
			'S14 answered',
			'S22 in-progress',
			'L1 granted',
		],
	],
	['message-delivered', ['S14 waited']],
	['command-ends', ['S4 succeeds', 'S15 failed', 'L3 failed']],
	[
		'message-delivered',
		[
			'S1 counted',
			'S2 failed',
			'S2 granted',
			'S5 restart',
			'S11',
			'S12',
			'S13 counted',
			'S15 reported',
			'S18 first',
			'S19 mark',
			'S22 goes-on',
		],
	],
	['message-delivered', ['L4 answered']],
];

/** What the last of the scenes puts to the test, in a story of one task. */
const last = (...scenes: Scene[]) => lastIn(setupToJudge(), ...scenes);
const lastIn = (setup: Setup, ...scenes: Scene[]) => tested(setup, scenes).at(-1)?.[1];

test('of a task that fails, is marked and restarted', () => {
	expect(tested(setupToJudge(), until('idle'))).toEqual(RETRIED);
});

test('of a display task whose first member is marked, and restarted when the second has ended', () => {
	expect(tested(pairOf(), pairUntil('restarted')).map(([, halves]) => halves)).toEqual([
		['S22 in-progress', 'L2 dispatched'],
		['S22 in-progress', 'L2 dispatched'],
		['S4 fails', 'S14 sent', 'L1 failed'],
		[
			'S1 counted',
			'S7 taken',
			'S9 live',
			'S10 first-mark',
			'S13 counted',
			'S14 answered',
			'S22 in-progress',
			'L1 granted',
		],
		['S14 waited', 'S15 failed'],
		[
			'S2 failed',
			'S2 granted',
			'S5 waits',
			'S9 live',
			'S15 reported',
			'S18 first',
			'S22 in-progress',
		],
		['S4 succeeds', 'L4 gave-up'],
		[
			'S1 counted',
			'S2 success',
			'S5 restart',
			'S11',
			'S12',
			'S13 counted',
			'S15 reported',
			'S18 first',
			'S19 mark',
			'S22 goes-on',
			'S22 not-begun',
			'L4 gave-up',
			'C4 automatic',
		],
	]);
});

const abort = (...changes: Change[]): Scene => [
	{ kind: 'user-aborts', task: 'a' },
	...changes,
	answer(200, 'ok'),
];
const ABORTED = task('a', { aborted: true });
const WITHDRAWN = task('a', {
	aborted: true,
	mark: 'withdrawn',
	restart_pending: false,
	automatic_restarts: 0,
});
const SUCCEEDS: Scene = [
	{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
	host('h', { doing: calling('end') }),
	inFlight(request('end', A0, SUCCESS)),
];
const POSTS: Scene = [
	{ kind: 'status-posted', host: 'h', posted: { status: 'failed', should_continue: true } },
	host('h', { posted: { status: 'failed', should_continue: true } }),
];
const DIES: Scene = [
	{ kind: 'agent-dies', host: 'h' },
	host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } }),
];
const HOUR: Scene = [{ kind: 'hours-pass', hours: 1 }, seen({ minute: 60 })];
const HEARTBEAT = { ...FAILED, type: 'system', description: 'heartbeat' } as const;

test.each<[what: string, halves: string[], scenes: Scene[]]>([
	[
		'an abort while it runs',
		['S3 aborted', 'S5 in-progress', 'S18 aborted', 'S21 task', 'S22 in-progress'],
		[...until('runs'), abort(ABORTED)],
	],
	[
		'an abort after the grant',
		[
			'S3 aborted',
			'S3 withdrawn',
			'S7 given-back',
			'S13 came-to-nothing',
			'S18 aborted',
			'S21 task',
			'S22 in-progress',
		],
		[...until('granted'), abort(WITHDRAWN, seen({ quota_used: 0 }))],
	],
	[
		'a mark of what was aborted',
		['S3 late-mark', 'S10 first-mark', 'S14 answered'],
		[
			...until('fails'),
			abort(ABORTED),
			[
				delivered('request', 'mark'),
				inFlight(reply('mark', A0, 200, 'ignored_aborted')),
				answer(200, 'ignored_aborted'),
			],
		],
	],
	[
		'a forged mark',
		['S8', 'S14 answered'],
		[
			...until('runs'),
			[
				{ kind: 'request-forged', route: 'mark', task: 'a', host: 'h', credentials: 'none' },
				answer(401, 'refused_credentials'),
			],
		],
	],
	[
		'an end before a crash',
		['S2 failed', 'S2 granted', 'S15 reported', 'S18 first', 'S22 goes-on'],
		[...until('callsEnd'), crashedAtEnd],
	],
	[
		'an end with a status that was posted',
		['S4 succeeds', 'S15 posted', 'L3 failed'],
		[...until('runs'), POSTS, ...until('callsEnd').slice(5)],
	],
	[
		'the monitor, where all are heard',
		['S5 in-progress', 'S20 not-silent'],
		[...until('runs'), [{ kind: 'monitor-runs' }]],
	],
	[
		'the monitor, where one is not heard any more',
		['S2 failed', 'S3 not-listed', 'S15 lost', 'S18 first', 'S20 silent', 'S22 goes-on', 'L2 lost'],
		[
			...until('runs'),
			DIES,
			HOUR,
			[
				{ kind: 'monitor-runs' },
				task('a', { status: 'failed', ended_minute: 60, details: HEARTBEAT }),
				host('h', { assigned: null }),
			],
		],
	],
	[
		'an end that is a success',
		['S2 success', 'S3 not-listed', 'S15 reported', 'S18 first', 'S22 goes-on'],
		[
			...until('runs'),
			SUCCEEDS,
			[
				delivered('request', 'end'),
				task('a', { status: 'success', details: SUCCESS, ended_minute: 0 }),
				host('h', { assigned: null }),
				inFlight(reply('end', A0, 200, 'ok')),
				answer(200, 'ok'),
			],
		],
	],
	[
		'a mark that is sent twice',
		['S10 mark', 'S14 answered'],
		[
			...until('granted'),
			[
				{ kind: 'heartbeat-sent', host: 'h' },
				inFlight(request('mark', A0), reply('mark', A0, 200, 'granted')),
			],
			[
				delivered('request', 'mark'),
				inFlight(reply('mark', A0, 200, 'already_granted'), reply('mark', A0, 200, 'granted')),
				answer(200, 'already_granted'),
			],
		],
	],
	[
		'a restart of what is not finished',
		['S17 not-finished'],
		[
			...until('runs'),
			[{ kind: 'user-restarts', task: 'a', execution: 0 }, answer(409, 'refused_not_finished')],
		],
	],
])('of %s: %j', (_, halves, scenes) => {
	expect(last(...scenes)).toEqual(halves);
});

test('of a repair: that no mark asked for it, and that it is no user’s', () => {
	const repairs = setupToJudge({
		policy: { ...setupToJudge().policy, restart_system_failed: true },
	});
	const lost = { ...archivedA0, ended_minute: 60, mark: 'none', details: HEARTBEAT } as const;
	const restarted: Scene = [
		{ kind: 'monitor-runs' },
		task('a', {
			...restartedA,
			started_by: { by: 'system' },
			automatic_restarts: 0,
			history: [lost],
		}),
		host('h', { assigned: null }),
	];
	expect(lastIn(repairs, ...until('runs'), DIES, HOUR, restarted)).toEqual([
		'S2 failed',
		'S3 repaired',
		'S5 restart',
		'S11',
		'S12',
		'S13 repair',
		'S15 lost',
		'S18 first',
		'S19 repair',
		'S20 silent',
		'S22 goes-on',
		'L2 lost',
		'L6 lost',
		'L6 repaired',
	]);
});

test('of the merge queue, where an execution fails for whatever reason', () => {
	const requester = 'github_merge_request';
	const policy = { ...setupToJudge().policy, restart_system_failed: true } as const;
	const ended: Scene = [
		{ kind: 'monitor-runs' },
		task('a', { status: 'failed', ended_minute: 60, details: HEARTBEAT }),
		task('b', { held: 'inactive' }),
		host('h', { assigned: null }),
		seen({ version: 'failed' }),
	];
	const ofQueue = (setup: Setup) =>
		lastIn(setup, ...until('runs'), DIES, HOUR, ended)?.filter((half) => half.startsWith('S6'));
	expect(ofQueue(setupToJudge({ requester }))).toEqual(['S6 ended']);
	expect(ofQueue(setupToJudge({ requester, policy }))).toEqual(['S6 lost', 'S6 ended']);
	expect(ofQueue(setupToJudge({ policy }))).toEqual([]);
});

test('of an abort that an agent hears of while time passes, in main and in post', () => {
	const passes: Scene = [
		{ kind: 'minutes-pass', minutes: 3 },
		host('h', { doing: running('post') }),
		seen({ minute: 3 }),
	];
	const ofS4 = (name: 'runs' | 'cleansUp') =>
		last(...until(name), abort(ABORTED), passes)?.filter((half) => half.startsWith('S4'));
	expect(ofS4('runs')).toEqual(['S4 cancelled']);
	expect(ofS4('cleansUp')).toEqual(['S4 no-effect']);
});

test('of time that passes while an agent at work is heard, and while it is not', () => {
	const passes: Scene = [{ kind: 'minutes-pass', minutes: 3 }, seen({ minute: 3 })];
	const unheard: Scene = [{ kind: 'host-unreachable', host: 'h', minutes: 3 }, seen({ minute: 3 })];
	expect(last(...until('runs'), passes)).toEqual([
		'S5 in-progress',
		'S20 not-silent',
		'L3 heartbeat',
	]);
	expect(last(...until('cleansUp'), passes)).toEqual([
		'S5 in-progress',
		'S20 not-silent',
		'L3 heartbeat',
	]);
	expect(last(...until('runs'), unheard)).toEqual(['S5 before-fence']);
	expect(last(...until('callsEnd'), passes)).toEqual(['S20 not-silent']);
	expect(last(...until('idle'), passes)).toEqual([]);
});
