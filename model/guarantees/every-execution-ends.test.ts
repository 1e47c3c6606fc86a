import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import { everyExecutionEnds } from './every-execution-ends.ts';
import { FAILED, restartedA, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import {
	type Change,
	host,
	judgeScenes,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge();

it('holds when the execution has ended', () => {
	expect(judgeScenes(everyExecutionEnds, setup, until('idle'))).toMatchObject({
		broken: null,
		owed: null,
		exercised: 2,
	});
});

it('owes the end of an execution whose agent is gone, not of one whose command runs', () => {
	const dies: Scene = [
		{ kind: 'agent-dies', host: 'h' },
		host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } }),
	];
	expect(judgeScenes(everyExecutionEnds, setup, [...until('runs'), dies]).owed).toBe(
		'execution 0 of "a" was dispatched to host "h", but it never ended: it is still started.',
	);
	expect(judgeScenes(everyExecutionEnds, setup, until('runs')).owed).toBeNull();
});

it('is violated when a dispatched execution is undispatched again', () => {
	const undone: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'undispatched' })];
	expect(judgeScenes(everyExecutionEnds, setup, [...until('runs'), undone]).broken).toContain(
		'without having ended',
	);
});

const MONITOR: Event = { kind: 'monitor-runs' };
const halves = (...scenes: Scene[]) => halvesAt(everyExecutionEnds, setup, scenes);
const over = task('a', { status: 'failed', details: FAILED, ended_minute: 0 });

it('is put to the test by a dispatch, and by an end without the agent', () => {
	expect(halves(...until('dispatched'))).toEqual(['dispatched']);
	expect(halves(...until('started'))).toEqual([]);
	expect(halves(...until('runs'), [MONITOR, over])).toEqual(['lost']);
	const dispatches = task('b', { status: 'dispatched', host: 'g' });
	expect(halves(...until('runs'), [MONITOR, dispatches])).toEqual(['dispatched']);
	const restarts: Scene = [
		{ kind: 'user-restarts', task: 'a', execution: 0 },
		task('a', { ...restartedA, started_by: { by: 'user' } }),
	];
	expect(halves(...until('runs'), [MONITOR, over], restarts)).toEqual([]);
	expect(halves(...until('runs'), [MONITOR, task('a', {})])).toEqual([]);
});

it('is violated where the monitor lets an execution be that was not heard of for G', () => {
	const dies: Scene = [
		{ kind: 'agent-dies', host: 'h' },
		host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } }),
	];
	const passes = (minutes: number, ...changes: Change[]): Scene => [
		{ kind: 'minutes-pass', minutes },
		seen({ minute: minutes }),
		...changes,
	];
	const broken = (...scenes: Scene[]) =>
		judgeScenes(everyExecutionEnds, setup, [...until('runs'), dies, ...scenes]).broken;
	expect(broken(passes(6))).toBeNull();
	expect(broken(passes(7))).toBe(
		'No heartbeat of execution 0 of "a" was accepted for 7 minutes or more, but the monitor did not end it: it is still started.',
	);
	const down = passes(7, seen({ server: 'down' }));
	const back: Scene = [{ kind: 'server-returns' }, seen({ server: 'up' })];
	expect(broken(down, back)).toBeNull();
	const cutOff: Scene = [{ kind: 'host-unreachable', host: 'h', minutes: 8 }, seen({ minute: 8 })];
	expect(broken(cutOff, [MONITOR])).toContain('but the monitor ran and did not end it');
	expect(broken(cutOff, [MONITOR, over])).toBeNull();
});
