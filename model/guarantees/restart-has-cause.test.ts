import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { restartHasCause } from './restart-has-cause.ts';
import {
	A0,
	after,
	archivedA0,
	crashedAtEnd,
	FAILED,
	restartedA,
	running,
	SUCCESS,
	serverReturns,
	until,
} from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { archivedAs, begun, pairOf, pairUntil } from './testing/pair.ts';
import {
	delivered,
	host,
	inFlight,
	judgeScenes,
	reply,
	request,
	resting,
	type Scene,
	setupToJudge,
	task,
} from './testing/seen.ts';

it('holds when a flagged command failed, its mark was granted and the execution failed', () => {
	expect(judgeScenes(restartHasCause, setupToJudge(), until('idle'))).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it('counts a background command whose failure is noticed when the foreground command succeeds', () => {
	const setup = setupToJudge({
		project: {
			id: 'p',
			tasks: [
				{
					name: 'test',
					commands: [
						{ command: 'server', background: true, retry_on_failure: true },
						{ command: 'client' },
					],
				},
			],
		},
	});
	const position = { block: 'main', step: 0, member: null } as const;
	const noticed: Scene[] = [
		[
			delivered('reply', 'start'),
			host('h', { doing: running('main', 1), background: [position] }),
			inFlight(),
		],
		[{ kind: 'background-fails', host: 'h', position }, host('h', { background: [] })],
		[
			{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
			host('h', { doing: { kind: 'calling', route: 'mark', sent: 1 } }),
			inFlight(request('mark', A0)),
		],
	];
	const scenes = [...until('started'), ...noticed, ...after('fails')];
	expect(judgeScenes(restartHasCause, setup, scenes)).toMatchObject({ broken: null, exercised: 1 });
	const [begun, , ended] = noticed;
	const unheard = [begun, ended].filter((scene) => scene !== undefined);
	expect(
		judgeScenes(restartHasCause, setup, [...until('started'), ...unheard, ...after('fails')])
			.broken,
	).toContain('no command with retry_on_failure had failed it');
});

it('is violated when a success is restarted', () => {
	const history = [{ ...archivedA0, details: SUCCESS }];
	const restarted: Scene = [
		delivered('request', 'end'),
		task('a', { ...restartedA, history }),
		inFlight(reply('end', A0, 200, 'ok')),
	];
	const judged = judgeScenes(restartHasCause, setupToJudge(), [...until('callsEnd'), restarted]);
	expect(judged.broken).toBe(
		'execution 0 of "a" ended in success, which is never restarted automatically, but execution 1 was started.',
	);
});

it('is violated when no mark was granted', () => {
	const scenes = until('callsEnd').filter((_, index) => index !== 6);
	const restarted: Scene = [delivered('request', 'end'), task('a', restartedA)];
	expect(judgeScenes(restartHasCause, setupToJudge(), [...scenes, restarted]).broken).toContain(
		'no mark of it was granted',
	);
});

it('is violated when the command that failed has no flag', () => {
	const setup = setupToJudge({
		project: { id: 'p', tasks: [{ name: 'test', commands: [{ command: 'x' }] }] },
	});
	expect(judgeScenes(restartHasCause, setup, until('idle')).broken).toContain(
		'no command with retry_on_failure',
	);
});

const setup = setupToJudge();
const MONITOR: Event = { kind: 'monitor-runs' };
const halves = (judged: Setup, ...scenes: Scene[]) => halvesAt(restartHasCause, judged, scenes);
const broken = (judged: Setup, ...scenes: Scene[]) =>
	judgeScenes(restartHasCause, judged, scenes).broken;

it('is put to the test by ends, not by what a user restarts', () => {
	expect(halves(setup, ...until('callsEnd'))).toEqual([]);
	expect(halves(setup, ...until('restarted'))).toEqual(['failed', 'granted']);
	const byUser: Scene = [
		{ kind: 'user-restarts', task: 'a', execution: 0 },
		task('a', { ...restartedA, started_by: { by: 'user' } }),
	];
	expect(halves(setup, ...until('callsEnd'), crashedAtEnd, serverReturns, byUser)).toEqual([]);
});

it('counts a cause for the task that failed, in the execution that failed', () => {
	const asB = { ...restartedA, started_by: { by: 'mark', task: 'b', execution: 0 } } as const;
	const bEnds: Scene = [
		MONITOR,
		task('b', { status: 'failed', details: FAILED, mark: 'granted', restart_pending: true }),
	];
	const bAgain: Scene = [MONITOR, task('b', { ...asB, history: [{ ...archivedA0, host: 'g' }] })];
	expect(broken(setup, ...until('granted'), bEnds, bAgain)).toContain(
		'execution 0 of "b" was restarted automatically, but no command with retry_on_failure had failed it',
	);
	const second = task('a', {
		execution: 1,
		status: 'failed',
		details: FAILED,
		mark: 'granted',
		restart_pending: true,
		history: [archivedA0],
	});
	const third = task('a', {
		...restartedA,
		execution: 2,
		history: [archivedA0, { ...archivedA0, execution: 1 }],
	});
	expect(broken(setup, ...until('idle'), [MONITOR, second], [MONITOR, third])).toContain(
		'execution 1 of "a" was restarted automatically, but no command with retry_on_failure had failed it',
	);
	const first = second(resting(setup));
	expect(judgeScenes(restartHasCause, setup, [[MONITOR, third]], first).broken).toContain(
		'execution 1 of "a" was restarted automatically, but no command with retry_on_failure had failed it',
	);
});

it('is violated where the archive tells nothing of a success that was restarted', () => {
	const ends: Scene = [MONITOR, task('a', { status: 'success', details: SUCCESS, mark: 'none' })];
	const gone: Scene = [MONITOR, task('a', { ...restartedA, history: [] })];
	expect(broken(setup, ...until('runs'), ends, gone)).toContain('ended in success');
	expect(broken(setup, ...until('runs'), gone)).toContain('no mark of it was granted');
});

/** The members of a display task, marked as told, end together; whoever failed by a flagged command did so before. */
const both = (...marks: readonly ('a' | 'b')[]): Scene[] => [
	[
		MONITOR,
		...(['a', 'b'] as const).map((id) =>
			task(id, {
				status: 'failed',
				details: FAILED,
				...(marks.includes(id) ? { mark: 'granted', restart_pending: true } : {}),
			}),
		),
	],
	[
		MONITOR,
		task('a', begun(archivedAs('h', marks.includes('a') ? { mark: 'granted' } : {}))),
		task('b', begun(archivedAs('g', marks.includes('b') ? { mark: 'granted' } : {}))),
	],
];

it('asks of a unit that one of those whose mark stands had a cause', () => {
	const aFailed = pairUntil('aFails');
	expect(broken(pairOf(), ...aFailed, ...both('a'))).toBeNull();
	expect(broken(pairOf(), ...aFailed, ...both('a', 'b'))).toBeNull();
	expect(broken(pairOf(), ...aFailed, ...both('b'))).toContain(
		'no command with retry_on_failure had failed anything that restarts together with it',
	);
	expect(broken(pairOf(), ...aFailed, ...both())).toContain(
		'nothing that restarts together with it had failed with a mark granted that stands',
	);
});
