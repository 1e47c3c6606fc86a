import { expect, test } from 'vitest';
import type { Observation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { heldAs, isAtWork, isRestartable, isToRun, sight } from './dependents.ts';
import { A0, calling, running } from './testing/flaky.ts';
import { type Change, host, resting, setupToJudge, task } from './testing/seen.ts';

/** "a" and "b" are a display task "d"; "c" waits for "b", "e" for any end of "c". */
const setup: Setup = setupToJudge({
	tasks: [
		{ id: 'a', task: 'test', variant: 'linux' },
		{ id: 'b', task: 'test', variant: 'linux', depends_on: ['a'] },
		{ id: 'c', task: 'test', variant: 'linux', depends_on: ['b'] },
		{ id: 'e', task: 'test', variant: 'linux', depends_on: [{ name: 'c', status: '*' }] },
	],
	display_tasks: [{ id: 'd', execution_tasks: ['a', 'b'] }],
});
const [A, B, C, E] = [0, 1, 2, 3];
const at = (...changes: Change[]): Observation =>
	changes.reduce((state, change) => change(state), resting(setup));
const FAILED = { status: 'failed' } as const;
const WELL = { status: 'success' } as const;

test('a dependent of another unit sees what is final, and what a restart leaves open', () => {
	const sees = (...changes: Change[]) => sight(setup, at(...changes), C, B);
	expect(sees(task('b', WELL))).toBe('success');
	expect(sees(task('b', FAILED))).toBe('failed');
	expect(sees(task('b', { status: 'started' }))).toBe('open');
	expect(sees(task('b', { status: 'dispatched' }))).toBe('open');
	expect(sees()).toBe('open');
	for (const pending of [
		{ restart_pending: true },
		{ repair_pending: true },
		{ restart_asked: 'whole' as const },
	]) {
		expect(sees(task('b', FAILED), task('a', pending))).toBe('open');
		expect(sees(task('b', { ...FAILED, ...pending }))).toBe('open');
		expect(sight(setup, at(task('a', { ...FAILED, ...pending })), B, A)).toBe('failed');
	}
	expect(sees(task('b', { held: 'inactive' }))).toBe('inactive');
	expect(sees(task('a', FAILED))).toBe('blocked');
});

test('a task is held back by what it waits for, and by nobody having scheduled it', () => {
	const held = (place: number, ...changes: Change[]) => heldAs(setup, at(...changes), place);
	expect(held(A)).toBeNull();
	expect(held(A, task('a', { held: 'inactive' }))).toBe('inactive');
	expect(held(A, task('a', { awaits_restart: true }))).toBe('waiting');
	expect(held(B)).toBe('waiting');
	expect(held(B, task('a', WELL))).toBeNull();
	expect(held(B, task('a', FAILED))).toBe('blocked');
	expect(held(B, task('a', { held: 'inactive' }))).toBe('blocked');
	expect(held(B, task('a', WELL), task('b', { awaits_restart: true }))).toBe('waiting');
	expect(held(E, task('c', FAILED))).toBeNull();
	expect(held(E, task('c', WELL))).toBeNull();
	expect(held(E, task('b', FAILED))).toBeNull();
	expect(held(E, task('c', { held: 'inactive' }))).toBe('blocked');
	expect(held(E)).toBe('waiting');
	const unscheduled = {
		...setup,
		tasks: setup.tasks.map((one) => (one.id === 'a' ? { ...one, activated: false as const } : one)),
	};
	expect(heldAs(unscheduled, at(), A)).toBe('inactive');
});

test('a member will run that runs, or is neither blocked nor held for the restart', () => {
	const runs = (id: 'a' | 'b', ...changes: Change[]) => {
		const state = at(...changes);
		const place = id === 'a' ? A : B;
		const one = state.tasks[place];
		return one !== undefined && isToRun(setup, state, place, one);
	};
	expect(runs('a')).toBe(true);
	expect(runs('a', task('a', { status: 'dispatched' }))).toBe(true);
	expect(runs('a', task('a', { status: 'started' }))).toBe(true);
	expect(runs('a', task('a', FAILED))).toBe(false);
	expect(runs('a', task('a', { awaits_restart: true }))).toBe(false);
	expect(runs('a', task('a', { status: 'started', awaits_restart: true }))).toBe(true);
	expect(runs('a', task('a', { held: 'inactive' }))).toBe(false);
	expect(runs('b')).toBe(true);
	expect(runs('b', task('a', FAILED))).toBe(false);
});

test('a unit is at work that runs, or that has yet to and no agent could', () => {
	const works = (...changes: Change[]) => isAtWork(setup, at(...changes), [A, B]);
	const dead = { agent: 'dead' } as const;
	const onH = (doing: ReturnType<typeof running> | ReturnType<typeof calling>) =>
		host('h', { execution: A0, doing });
	const bothRun = [task('a', { status: 'started' }), task('b', FAILED)];
	expect(works(...bothRun, onH(running('main')))).toBe(true);
	expect(works(...bothRun, onH(calling('end')))).toBe(false);
	expect(works()).toBe(false);
	expect(works(host('h', dead))).toBe(false);
	expect(works(host('h', dead), host('g', dead))).toBe(true);
	expect(works(host('h', dead), host('g', dead), task('a', FAILED))).toBe(false);
	expect(works(host('h', dead), host('g', dead), task('a', WELL), task('b', WELL))).toBe(false);
});

test('a user restarts what has ended, where no member is still to run', () => {
	const may = (named: string, ...changes: Change[]) =>
		isRestartable(setup, at(...changes), [A, B], named);
	expect(may('d')).toBe(false);
	expect(may('d', task('a', WELL))).toBe(false);
	expect(may('d', task('a', WELL), task('b', FAILED))).toBe(true);
	expect(may('d', task('a', FAILED))).toBe(true);
	expect(may('a', task('a', FAILED))).toBe(true);
	expect(may('b', task('a', FAILED))).toBe(false);
	expect(may('a', task('a', FAILED), task('b', { status: 'started' }))).toBe(false);
	const none = [task('a', { held: 'inactive' }), task('b', { held: 'inactive' })];
	expect(may('d', ...none)).toBe(false);
});
