import { describe, expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Guarantee } from './guarantee.ts';
import { oneRestartPerEnd } from './one-restart-per-end.ts';
import { restartAfterEnd } from './restart-after-end.ts';
import { restartWhenFinished } from './restart-when-finished.ts';
import { FAILED, SUCCESS } from './testing/flaky.ts';
import { archivedAs, begun, pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	delivered,
	displays,
	host,
	judgeScenes,
	type Scene,
	seen,
	task,
} from './testing/seen.ts';

const asks = (how: { abort?: true; failed_only?: true; execution?: number } = {}): Event => ({
	kind: 'user-restarts-when-finished',
	task: 'd',
	execution: 0,
	...how,
});

const asked = (what: 'whole' | 'failed') => [
	task('a', { restart_asked: what }),
	task('b', { restart_asked: what }),
];

/** The members a and b run, and a user asks for the restart of their display task. */
const requested: Scene[] = [
	...pairUntil('bRuns'),
	[asks(), ...asked('whole'), answer(200, 'will_restart')],
];

const byUser = { by: 'user' } as const;
const over = { restart_asked: undefined };

/** Both ended well, and both began anew for the user with the end of the second. */
const restarted: Scene = [
	delivered('request', 'end'),
	task('a', { ...begun(archivedAs('h', { details: SUCCESS }), byUser), ...over }),
	task('b', { ...begun(archivedAs('g', { details: SUCCESS }), byUser), ...over }),
	displays('undispatched', 1),
];
const kept: Scene[] = [
	...requested,
	[delivered('request', 'end'), task('a', { status: 'success', details: SUCCESS })],
	restarted,
];

const judge = (scenes: readonly Scene[], guarantee: Guarantee = restartWhenFinished) =>
	judgeScenes(guarantee, pairOf(), scenes);
const broken = (scenes: readonly Scene[], guarantee?: Guarantee) => judge(scenes, guarantee).broken;

describe('what a user asks to be restarted when it is finished', () => {
	it('is restarted for the user when all of it has ended', () => {
		expect(judge(kept)).toMatchObject({ broken: null });
		expect(judge(kept).exercised).toBeGreaterThan(1);
	});

	it('is not forgotten', () => {
		const lost: Scene = [{ kind: 'server-crashes' }, task('a', over), task('b', over)];
		expect(broken([...requested, lost])).toContain('but that was forgotten');
		expect(broken([...pairUntil('bRuns'), [asks(), answer(200, 'will_restart')]])).toContain(
			'but that was forgotten',
		);
	});

	it('is owed as long as it is not done', () => {
		const ended: Scene = [
			delivered('request', 'end'),
			task('a', { status: 'success', details: SUCCESS }),
			task('b', { status: 'success', details: SUCCESS }),
			host('h', { execution: null, assigned: null, doing: { kind: 'idle' } }),
			host('g', { execution: null, assigned: null, doing: { kind: 'idle' } }),
		];
		expect(judge([...requested, ended])).toMatchObject({
			broken: null,
			owed: expect.stringContaining('but it was never restarted'),
		});
	});

	it('is not restarted before every member ended', () => {
		const early: Scene = [
			delivered('request', 'end'),
			task('a', { ...begun(archivedAs('h', { details: SUCCESS }), byUser), ...over }),
			task('b', over),
		];
		expect(broken([...requested, early], restartAfterEnd)).toContain('was restarted before');
	});

	it('is restarted once', () => {
		const still: Scene = [...restarted, ...asked('whole')];
		expect(broken([...kept.slice(0, -1), still])).toContain('Nobody asks any more');
		const again: Scene = [
			{ kind: 'monitor-runs' },
			task('a', { execution: 2, secret: 2, started_by: byUser }),
		];
		expect(broken([...kept, again], oneRestartPerEnd)).toContain('restarted again');
	});

	it('is taken back by an abort of the whole, and by that only', () => {
		const aborts = (id: string): Scene => [
			{ kind: 'user-aborts', task: id },
			task('a', { aborted: true }),
			answer(200, 'ok'),
		];
		expect(broken([...requested, aborts('d')])).toContain('Nobody asks any more');
		expect(broken([...requested, aborts('a')])).toBeNull();
		const forgotten: Scene = [...aborts('a'), task('a', { aborted: true, ...over })];
		expect(broken([...requested, forgotten])).toContain('but that was forgotten');
	});
});

describe('with an abort', () => {
	const waits = [task('b', { restart_asked: 'whole', awaits_restart: true, held: 'waiting' })];
	const aborted = task('a', { restart_asked: 'whole', aborted: true });
	const will = answer(200, 'will_restart');

	it('what runs is aborted, and what was not dispatched waits', () => {
		const scenes = (...more: Scene[]): Scene[] => [...pairUntil('aRuns'), ...more];
		expect(broken(scenes([asks({ abort: true }), aborted, ...waits, will]))).toBeNull();
		expect(
			broken(
				scenes([asks({ abort: true }), task('a', { restart_asked: 'whole' }), ...waits, will]),
			),
		).toContain('but it was not aborted');
		const goes = task('b', { restart_asked: 'whole' });
		expect(broken(scenes([asks({ abort: true }), aborted, goes, will]))).toContain(
			'it should wait for that',
		);
		const dispatched: Scene = [
			delivered('request', 'next'),
			task('b', {
				status: 'dispatched',
				held: null,
				host: 'g',
				awaits_restart: undefined,
			}),
			host('g', { assigned: { task: 'b', execution: 0 } }),
		];
		expect(broken(scenes([asks({ abort: true }), aborted, ...waits, will], dispatched))).toContain(
			'but it was dispatched',
		);
	});
});

describe('the answer', () => {
	it.each<[string, Event, readonly Scene[], string]>([
		['of what never ran', asks(), [], 'refused_nothing_ran'],
		['of what runs', asks(), pairUntil('bRuns'), 'will_restart'],
	])('%s', (_, event, before, due) => {
		expect(broken([...before, [event, answer(200, 'ok')]])).toContain(`should be answered ${due}`);
	});

	it('of what is refused comes with no change', () => {
		const refused = answer(400, 'refused_nothing_ran');
		expect(broken([[asks(), refused]])).toBeNull();
		expect(broken([[asks(), refused, task('a', { aborted: true })]])).toContain(
			'should do nothing',
		);
		expect(broken([[asks(), refused, seen({ quota_used: 1 })]])).toContain('should do nothing');
	});

	it('of a unit that is finished is its restart', () => {
		const ended: Scene = [
			delivered('request', 'end'),
			task('a', { status: 'failed', details: FAILED }),
			task('b', { status: 'success', details: SUCCESS }),
		];
		expect(broken([...pairUntil('bRuns'), ended, [asks(), answer(200, 'ok')]])).toContain(
			'but nothing was restarted',
		);
	});
});
