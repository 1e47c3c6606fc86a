import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import { abortReachesAll } from './abort-reaches-all.ts';
import { judgeCases } from './testing/cases.ts';
import { A0, archivedA0, FAILED, restartedA, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	delivered,
	host,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const abort = (id: string): Event => ({ kind: 'user-aborts', task: id });
const END = delivered('request', 'end');
const MONITOR: Event = { kind: 'monitor-runs' };
const CRASH: Event = {
	kind: 'server-crashes',
	message: { leg: 'request', route: 'end' },
	commit: 'after',
};

const ok = answer(200, 'ok');
const refused = answer(400, 'refused_not_running');
const withdrawnA = task('a', { aborted: true, mark: 'withdrawn', restart_pending: false });
const offList = task('a', { restart_pending: false });
const abortedB = task('b', { aborted: true });
const given = [
	task('a', { automatic_restarts: 0 }),
	task('b', { automatic_restarts: 0 }),
	seen({ quota_used: 0 }),
] as const;
const failedA = task('a', { status: 'failed', ended_minute: 0, details: FAILED });

/** "a" has ended and is on the list, and "b" has ended in a success: a crash has put the restart off. */
const crashed: Scene = [
	CRASH,
	task('b', { status: 'success', ended_minute: 0, details: { ...FAILED, status: 'success' } }),
	host('g', { assigned: null }),
];
const returned: Scene = [{ kind: 'server-returns' }, seen({ server: 'up' })];
const bothEnded: Scene[] = [...pairUntil('bCallsEnd'), crashed, returned];

/** In the merge queue "a" runs on "h" and "b" on "g", "c" has not begun, and the failed end of "a" is on its way. */
const queue = setupToJudge({
	tasks: ['a', 'b', 'c'].map((id) => ({ id, task: 'test', variant: 'linux' })),
	requester: 'github_merge_request',
});
const runs = (id: string, on: string) => [
	task(id, { status: 'started', host: on, dispatched_minute: 0 }),
	host(on, { assigned: { task: id, execution: 0 } }),
];
const queued: Scene[] = [
	[{ kind: 'host-asks', host: 'h' }, ...runs('a', 'h'), ...runs('b', 'g')],
	[{ kind: 'heartbeat-sent', host: 'h' }, inFlight(request('end', A0, FAILED))],
];
const off = task('c', { held: 'inactive' });
const freed = host('h', { assigned: null });
const lost = (id: string, aborted: boolean) =>
	task(id, { status: 'failed', aborted, ended_minute: 0, details: FAILED });

judgeCases({
	'an abort of a task in progress': {
		guarantee: abortReachesAll,
		story: until('granted'),
		event: abort('a'),
		right: [withdrawnA, ...given, ok],
		wrong: ['should reach execution 0 of "a", which was started', ok],
	},
	'an abort that leaves the mark on the list': {
		guarantee: abortReachesAll,
		story: until('granted'),
		event: abort('a'),
		wrong: ['should take execution 0 of "a" off the list', task('a', { aborted: true }), ok],
	},
	'an abort of one member': {
		guarantee: abortReachesAll,
		setup: pairOf(),
		story: pairUntil('aGranted'),
		event: abort('a'),
		right: [withdrawnA, ...given, ok],
		wrong: [
			'should change nothing else, but it changed execution 0 of "b"',
			withdrawnA,
			abortedB,
			ok,
		],
	},
	'an abort of a task that has ended': {
		guarantee: abortReachesAll,
		setup: pairOf(),
		story: pairUntil('aEnds'),
		event: abort('a'),
		right: [refused],
		wrong: ['Nothing of "a" was in progress or on the list', ok],
	},
	'an abort that is refused and changes something': {
		guarantee: abortReachesAll,
		setup: pairOf(),
		story: pairUntil('aEnds'),
		event: abort('a'),
		wrong: ['should change nothing else, but it changed execution 0 of "a"', offList, refused],
	},
	'an abort of a display task, where one runs and one that ended is on the list': {
		guarantee: abortReachesAll,
		setup: pairOf(),
		story: pairUntil('aEnds'),
		event: abort('d'),
		right: [offList, abortedB, task('c', { held: 'blocked' }), ...given, ok],
		wrong: ['should reach execution 0 of "b", which was started', offList, ...given, ok],
	},
	'an abort of a display task that leaves one that ended on the list': {
		guarantee: abortReachesAll,
		setup: pairOf(),
		story: pairUntil('aEnds'),
		event: abort('d'),
		wrong: ['should take execution 0 of "a" off the list', abortedB, ok],
	},
	'an abort of a display task of which nothing is in progress': {
		guarantee: abortReachesAll,
		setup: pairOf(),
		story: bothEnded,
		event: abort('d'),
		right: [offList, ...given, ok],
		wrong: ['should take execution 0 of "a" off the list', refused],
	},
	'an abort that is answered as if it were refused': {
		guarantee: abortReachesAll,
		setup: pairOf(),
		story: bothEnded,
		event: abort('d'),
		wrong: [
			'Something of "d" was in progress or on the list, but its abort was answered',
			offList,
			...given,
			refused,
		],
	},
	'an abort of a display task of which nothing has begun': {
		guarantee: abortReachesAll,
		setup: pairOf(),
		story: [],
		event: abort('d'),
		right: [refused],
		wrong: ['Nothing of "d" was in progress or on the list', ok],
	},
	'an abort of a display task that reaches another task': {
		guarantee: abortReachesAll,
		setup: pairOf(),
		story: pairUntil('aEnds'),
		event: abort('d'),
		wrong: [
			'it changed execution 0 of "c"',
			offList,
			abortedB,
			task('c', { automatic_restarts: 1 }),
			ok,
		],
	},
	'an abort that frees the host': {
		guarantee: abortReachesAll,
		story: until('runs'),
		event: abort('a'),
		right: [task('a', { aborted: true }), ok],
		wrong: ['should leave hosts', task('a', { aborted: true }), host('h', { assigned: null }), ok],
	},
	'an abort that nobody asked for': {
		guarantee: abortReachesAll,
		story: until('runs'),
		event: MONITOR,
		wrong: ['no user and no failure of its version had asked for it', task('a', { aborted: true })],
	},
	'an abort that nobody asked for, archived at once': {
		guarantee: abortReachesAll,
		story: until('callsEnd'),
		event: END,
		right: [task('a', restartedA)],
		wrong: [
			'no user and no failure of its version had asked for it',
			task('a', { ...restartedA, history: [{ ...archivedA0, aborted: true }] }),
		],
	},
	'the first failure of the merge queue': {
		guarantee: abortReachesAll,
		setup: queue,
		story: queued,
		event: END,
		right: [failedA, freed, abortedB, off],
		wrong: ['should reach execution 0 of "b", which was started', failedA, freed, off],
	},
	'the first failure, before a crash': {
		guarantee: abortReachesAll,
		setup: queue,
		story: queued,
		event: CRASH,
		right: [failedA, freed, abortedB, off],
		wrong: ['execution 0 of "c" should never run', failedA, freed, abortedB],
	},
	'the first failure changes what has ended': {
		guarantee: abortReachesAll,
		setup: queue,
		story: [...queued, [{ kind: 'heartbeat-sent', host: 'g' }, lost('c', false)]],
		event: END,
		right: [failedA, abortedB],
		wrong: ['it changed execution 0 of "c"', failedA, abortedB, task('c', { aborted: true })],
	},
	'the end of what was aborted in the merge queue': {
		guarantee: abortReachesAll,
		setup: queue,
		story: [...queued, [abort('a'), task('a', { aborted: true }), ok]],
		event: END,
		right: [lost('a', true)],
		wrong: ['execution 0 of "b" was aborted, but no user', lost('a', true), abortedB],
	},
	'the end of what was aborted deactivates the others': {
		guarantee: abortReachesAll,
		setup: queue,
		story: [...queued, [abort('a'), task('a', { aborted: true }), ok]],
		event: END,
		wrong: ['execution 0 of "c" was deactivated, but no failure', lost('a', true), off],
	},
	'the monitor ends two of the merge queue': {
		guarantee: abortReachesAll,
		setup: queue,
		story: queued,
		event: MONITOR,
		right: [lost('a', false), lost('b', true), off],
		wrong: ['should reach execution 0 of "b"', lost('a', false), lost('b', false), off],
	},
});

it('is put to the test by an abort, whether it reaches something or is refused, and by the first failure of a version', () => {
	const exercised = (setup: typeof queue, ...scenes: Scene[]) =>
		judgeScenes(abortReachesAll, setup, scenes).exercised;
	expect(exercised(pairOf(), ...pairUntil('aEnds'))).toBe(0);
	expect(exercised(pairOf(), ...bothEnded, [abort('d'), offList, ...given, ok])).toBe(1);
	expect(exercised(pairOf(), [abort('d'), refused])).toBe(1);
	expect(exercised(queue, ...queued, [END, failedA, freed, abortedB, off])).toBe(1);
});

it('takes back what a user asked only where it aborts the whole', () => {
	const asked: Scene = [
		{ kind: 'user-restarts-when-finished', task: 'd', execution: 0 },
		task('a', { restart_asked: 'whole' }),
		task('b', { restart_asked: 'whole' }),
		answer(200, 'will_restart'),
	];
	const gone = { restart_asked: undefined };
	const broken = (...scene: Scene) =>
		judgeScenes(abortReachesAll, pairOf(), [...pairUntil('bRuns'), asked, scene]).broken;
	const abortedA = { aborted: true } as const;
	expect(broken(abort('a'), task('a', abortedA), ok)).toBeNull();
	expect(broken(abort('a'), task('a', { ...abortedA, ...gone }), task('b', gone), ok)).toContain(
		'should change nothing else',
	);
	expect(
		broken(
			abort('d'),
			task('a', { ...abortedA, ...gone }),
			task('b', { ...abortedA, ...gone }),
			ok,
		),
	).toBeNull();
	expect(
		broken(
			abort('d'),
			task('a', { ...abortedA, ...gone }),
			task('b', { ...abortedA, ...gone }),
			task('c', { restart_asked: 'whole' }),
			ok,
		),
	).toContain('it changed execution 0 of "c"');
});

it('lets the first failure of a version change no budget', () => {
	const end: Scene = [END, failedA, freed, abortedB, off];
	const spends: Scene = [...end, task('b', { aborted: true, automatic_restarts: 1 })];
	expect(judgeScenes(abortReachesAll, queue, [...queued, end]).broken).toBeNull();
	expect(judgeScenes(abortReachesAll, queue, [...queued, spends]).broken).toContain(
		'should change nothing else, but it changed execution 0 of "b"',
	);
});

it('tells apart what puts it to the test', () => {
	const at = (setup: typeof queue, ...scenes: Scene[]) => halvesAt(abortReachesAll, setup, scenes);
	const pair = pairOf();
	const abortedA = task('a', { aborted: true });
	expect(at(pair, ...pairUntil('bRuns'), [abort('a'), abortedA, ok])).toEqual(['task']);
	expect(at(pair, ...pairUntil('bRuns'), [abort('d'), abortedA, abortedB, ok])).toEqual([
		'display-task',
	]);
	expect(at(pair, [abort('d'), refused])).toEqual(['nothing']);
	expect(at(pair, [abort('c'), refused])).toEqual(['nothing']);
	expect(
		at(pair, ...pairUntil('bRuns'), [{ kind: 'user-aborts-version' }, abortedA, abortedB, ok]),
	).toEqual(['version']);
	expect(at(queue, ...queued, [END, failedA, freed, abortedB, off])).toEqual(['merge-queue']);
	expect(at(pair, ...pairUntil('aEnds'))).toEqual([]);
	const others = [task('b', { status: 'success' }), task('c', { status: 'success' })];
	const last: Scene = [{ kind: 'heartbeat-sent', host: 'g' }, ...others];
	expect(at(queue, ...queued, last, [END, failedA, freed])).toEqual([]);
});
