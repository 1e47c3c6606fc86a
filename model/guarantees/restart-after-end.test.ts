import { describe, expect, it } from 'vitest';
import { restartAfterEnd } from './restart-after-end.ts';
import { A0, calling, FAILED, restartedA, running, until } from './testing/flaky.ts';
import { halvesAt, NO_HALF } from './testing/halves.ts';
import { archivedAs, begun, pairOf, pairUntil } from './testing/pair.ts';
import {
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

const setup = setupToJudge();

it('holds when the restart follows the end', () => {
	expect(judgeScenes(restartAfterEnd, setup, until('idle'))).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it('is violated when the task is restarted at the mark', () => {
	const early: Scene = [delivered('request', 'mark'), task('a', restartedA)];
	expect(judgeScenes(restartAfterEnd, setup, [...until('fails'), early]).broken).toBe(
		'execution 0 of "a" was restarted while it was started; it had not ended.',
	);
});

it('is violated when commands of an execution that is over still run', () => {
	const ended: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'failed', details: FAILED })];
	expect(judgeScenes(restartAfterEnd, setup, [...until('cleansUp'), ended]).broken).toBe(
		'Host "h" still runs a command of execution 0 of "a", but that is failed.',
	);
	const restarted: Scene = [{ kind: 'monitor-runs' }, task('a', restartedA)];
	expect(judgeScenes(restartAfterEnd, setup, [...until('cleansUp'), restarted]).broken).toContain(
		'execution 1 is the live one',
	);
});

it('is violated when a command runs on a host that the task was not dispatched to', () => {
	const moved: Scene = [{ kind: 'monitor-runs' }, task('a', { host: 'g' })];
	expect(judgeScenes(restartAfterEnd, setup, [...until('runs'), moved]).broken).toContain(
		'dispatched to g',
	);
	const empty: Scene = [{ kind: 'monitor-runs' }, host('h', { execution: null })];
	expect(judgeScenes(restartAfterEnd, setup, [...until('runs'), empty]).broken).toContain(
		'holds no execution',
	);
});

const broken = (...scenes: Scene[]) => judgeScenes(restartAfterEnd, setup, scenes).broken;
const unheard = (minutes: number, at: number, ...changes: Change[]): Scene => [
	{ kind: 'host-unreachable', host: 'h', minutes },
	seen({ minute: at }),
	...changes,
];
const letsGo = host('h', { execution: null, doing: { kind: 'idle' } });
const dies = host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } });

describe('an agent that is not heard', () => {
	it('lets go of what it runs at F, counted over all that time', () => {
		expect(broken(...until('runs'), unheard(5, 5))).toBeNull();
		expect(broken(...until('runs'), unheard(6, 6))).toContain(
			'still runs a command of execution 0 of "a", but for 6 minutes no heartbeat of it was accepted, of 6',
		);
		expect(broken(...until('runs'), unheard(6, 6, letsGo))).toBeNull();
		expect(broken(...until('runs'), unheard(5, 5, letsGo))).toContain(
			'let go of execution 0 of "a", but only for 5 minutes',
		);
		expect(broken(...until('runs'), unheard(4, 4), unheard(2, 6))).toContain('for 6 minutes');
		expect(broken(...until('runs'), unheard(4, 4), unheard(2, 6, letsGo))).toBeNull();
		expect(broken(...until('fails'), unheard(6, 6))).toContain('still runs a command');
		expect(broken(...until('fails'), unheard(5, 5, letsGo))).toContain('let go of');
	});

	it('begins to count anew when it was heard, or took another execution', () => {
		const beat: Scene = [
			{ kind: 'heartbeat-sent', host: 'h' },
			inFlight(reply('heartbeat', A0, 200, 'ok')),
		];
		const answered: Scene = [delivered('reply', 'heartbeat'), inFlight()];
		const unansweredYet = [...until('runs'), unheard(4, 4), beat];
		expect(broken(...unansweredYet, answered, unheard(4, 8))).toBeNull();
		expect(broken(...unansweredYet, unheard(4, 8))).toContain('for 8 minutes');
		const ofAnother: Scene = [
			{ kind: 'heartbeat-sent', host: 'g' },
			inFlight({ ...reply('heartbeat', A0, 200, 'ok'), host: 'g' }),
		];
		expect(broken(...until('runs'), unheard(4, 4), ofAnother, answered, unheard(4, 8))).toContain(
			'for 8 minutes',
		);
		const heard: Scene = [{ kind: 'minutes-pass', minutes: 1 }, seen({ minute: 5 })];
		expect(broken(...until('runs'), unheard(4, 4), heard, unheard(4, 9))).toBeNull();
		const next: Scene = [
			{ kind: 'host-asks', host: 'h' },
			host('h', { execution: { task: 'b', execution: 0 }, doing: running('main') }),
			task('a', { status: 'failed', details: FAILED }),
			task('b', { status: 'started', host: 'h' }),
		];
		expect(broken(...until('runs'), unheard(4, 4), next, unheard(4, 8))).toBeNull();
	});

	it('is cut off where no app server runs, or by its own network only', () => {
		const passes = (server: 'up' | 'down', ...changes: Change[]): Scene => [
			{ kind: 'minutes-pass', minutes: 6 },
			seen({ minute: 6, server }),
			...changes,
		];
		expect(broken(...until('runs'), passes('up'))).toBeNull();
		expect(broken(...until('runs'), passes('down'))).toContain('for 6 minutes');
		expect(broken(...until('runs'), passes('down', letsGo))).toBeNull();
		const ofAnother: Scene = [
			{ kind: 'host-unreachable', host: 'g', minutes: 6 },
			seen({ minute: 6 }),
		];
		expect(broken(...until('runs'), ofAnother)).toBeNull();
	});

	it('may die, and may do what it likes that runs nothing', () => {
		expect(broken(...until('runs'), unheard(5, 5, dies))).toBeNull();
		expect(broken(...until('callsEnd'), unheard(8, 8))).toBeNull();
		expect(broken(...until('accepted'), unheard(5, 5, letsGo))).toBeNull();
	});

	it('counts from where it begins to be unheard, whatever the time is', () => {
		const late = until('runs').map((scene): Scene => [...scene, seen({ minute: 100 })]);
		expect(broken(...late, unheard(5, 105))).toBeNull();
		expect(broken(...late, unheard(6, 106))).toContain('for 6 minutes');
	});
});

it('allows a restart with the end of that very execution, of that very task, or by the monitor', () => {
	const restarts: Scene = [delivered('request', 'end'), task('a', restartedA)];
	const other = (ref: { task: string; execution: number }): Scene[] => [
		...until('callsEnd').slice(0, -1),
		[
			{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
			host('h', { doing: calling('end') }),
			inFlight(request('end', ref, FAILED)),
		],
	];
	expect(broken(...other(A0), restarts)).toBeNull();
	expect(broken(...other({ task: 'b', execution: 0 }), restarts)).toContain('it had not ended');
	expect(broken(...other({ task: 'a', execution: 1 }), restarts)).toContain('it had not ended');
});

it('tells apart what puts it to the test', () => {
	const at = (...scenes: Scene[]) => halvesAt(restartAfterEnd, setup, scenes);
	const inBackground = setupToJudge({
		project: {
			id: 'p',
			tasks: [{ name: 'test', commands: [{ command: 'x', background: true }, { command: 'y' }] }],
		},
	});
	const ofOtherVariant = setupToJudge({
		project: {
			id: 'p',
			tasks: [
				{
					name: 'test',
					commands: [{ command: 'x', background: true, variants: ['other'] }, { command: 'y' }],
				},
			],
		},
	});
	expect(at(...until('restarted'))).toEqual(['restart']);
	expect(at(...until('callsEnd'))).toEqual([]);
	expect(halvesAt(restartAfterEnd, inBackground, until('callsEnd'))).toEqual(['end-sent']);
	expect(halvesAt(restartAfterEnd, ofOtherVariant, until('callsEnd'))).toEqual([]);
	const left: Scene = [
		{ kind: 'heartbeat-sent', host: 'h' },
		host('h', { background: [{ block: 'main', step: 0, member: null }] }),
	];
	const sends: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
		host('h', { doing: calling('end'), background: [] }),
	];
	expect(at(...until('cleansUp'), left, sends)).toEqual(['end-sent']);
	expect(at(...until('runs'), unheard(6, 6, letsGo))).toEqual(['fence']);
	// It is counted, but nothing was asked of an agent that is dead by then.
	expect(at(...until('runs'), unheard(6, 6, dies))).toEqual(NO_HALF);
	expect(at(...until('fails'), unheard(6, 6, letsGo))).toEqual(['fence']);
	expect(at(...until('idle'), unheard(6, 6))).toEqual([]);
	expect(at(...until('callsEnd'), unheard(6, 6))).toEqual([]);
	const forges = (route: 'end' | 'mark'): Scene => [
		{ kind: 'request-forged', route, task: 'a', host: 'h', credentials: 'none' },
	];
	expect(at(...until('runs'), forges('end'))).toContain('in-progress');
	expect(at(...until('runs'), forges('mark'))).toEqual([]);
	expect(at(...until('callsEnd'), forges('end'))).toEqual([]);
	expect(at(...until('idle'), [{ kind: 'monitor-runs' }])).toEqual([]);
});

it('is put to the test where a member ends and another one has yet to', () => {
	const at = (scenes: readonly Scene[]) => halvesAt(restartAfterEnd, pairOf(), scenes);
	expect(at(pairUntil('aEnds'))).toEqual(['waits']);
	const unmarked: Scene = [
		delivered('request', 'end'),
		task('a', { status: 'failed', details: FAILED }),
		host('h', { execution: null, assigned: null, doing: { kind: 'idle' } }),
	];
	expect(at([...pairUntil('bRuns'), unmarked])).toEqual([]);
	const bothEnd: Scene = [
		delivered('request', 'end'),
		task('a', { status: 'failed', details: FAILED }),
		task('b', { status: 'failed', details: FAILED }),
		host('g', { execution: null, assigned: null, doing: { kind: 'idle' } }),
	];
	expect(at([...pairUntil('aCallsEnd'), bothEnd])).toEqual([]);
});

it('waits for who has yet to run of the unit, unless it waits for the restart itself', () => {
	const undispatched: Scene = [
		{ kind: 'monitor-runs' },
		task('a', { status: 'failed', details: FAILED, restart_pending: true }),
	];
	const restarts: Scene = [
		{ kind: 'monitor-runs' },
		task('a', begun(archivedAs('h', { mark: 'granted' }))),
	];
	const before = (...changes: Change[]) =>
		judgeScenes(restartAfterEnd, pairOf(), [[...undispatched, ...changes], restarts]).broken;
	expect(before()).toContain('before execution 0 of "b", which restarts together with it');
	expect(before(task('b', { awaits_restart: true, held: 'waiting' }))).toBeNull();
	expect(before(task('b', { held: 'inactive' }))).toBeNull();
});

it('is put to the test by a fence where an agent was busy, and lives', () => {
	const at = (...scenes: Scene[]) => halvesAt(restartAfterEnd, setup, scenes);
	const dead = host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } });
	expect(at(...until('runs'), unheard(5, 5))).toEqual(['before-fence']);
	expect(at(...until('runs'), unheard(5, 5, dead))).toEqual([]);
	expect(at(...until('callsEnd'), unheard(5, 5, dead))).toEqual([]);
	expect(at(...until('accepted'), unheard(5, 5))).toEqual([]);
});
