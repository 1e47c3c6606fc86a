import { describe, expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Guarantee } from './guarantee.ts';
import { oneRestartPerEnd } from './one-restart-per-end.ts';
import { restartAfterEnd } from './restart-after-end.ts';
import { restartWhenFinished } from './restart-when-finished.ts';
import { FAILED, SUCCESS } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { archivedAs, begun, pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	type Change,
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

const both = (a: Parameters<typeof task>[1], b: Parameters<typeof task>[1]): Scene => [
	delivered('request', 'end'),
	task('a', a),
	task('b', b),
	host('h', { execution: null, assigned: null, doing: { kind: 'idle' } }),
	host('g', { execution: null, assigned: null, doing: { kind: 'idle' } }),
];
const FAILS = { status: 'failed', details: FAILED } as const;
const PASSES = { status: 'success', details: SUCCESS } as const;
const finished: Scene[] = [...pairUntil('bRuns'), both(FAILS, PASSES)];
const restartOfA = task('a', { ...begun(archivedAs('h'), byUser), ...over });
const restartOfB = task('b', { ...begun(archivedAs('g', { details: SUCCESS }), byUser), ...over });

describe('failed members only', () => {
	const partly = asks({ failed_only: true });
	const inPart: Scene[] = [
		...pairUntil('bRuns'),
		[partly, ...asked('failed'), answer(200, 'will_restart')],
	];

	it('are restarted at once where all is finished, and where none failed nothing is', () => {
		expect(broken([...finished, [partly, restartOfA, answer(200, 'ok')]])).toBeNull();
		expect(broken([...finished, [partly, answer(200, 'nothing_failed')]])).toContain(
			'should be answered ok',
		);
		const well: Scene[] = [...pairUntil('bRuns'), both(PASSES, PASSES)];
		expect(broken([...well, [partly, answer(200, 'nothing_failed')]])).toBeNull();
		expect(broken([...well, [partly, restartOfB, answer(200, 'nothing_failed')]])).toContain(
			'should do nothing, but it did',
		);
		expect(broken([...well, [partly, answer(400, 'nothing_failed')]])).toContain(
			'should be answered nothing_failed',
		);
	});

	it('are forgotten where none failed, at once or later, and only there', () => {
		const gone = { restart_asked: undefined };
		expect(broken([...inPart, both({ ...PASSES, ...gone }, { ...PASSES, ...gone })])).toBeNull();
		expect(broken([...inPart, both(PASSES, PASSES)])).toBeNull();
		expect(broken([...inPart, both({ ...FAILS, ...gone }, { ...PASSES, ...gone })])).toContain(
			'that its failed members be restarted',
		);
		const one: Scene = [delivered('request', 'end'), task('a', { ...PASSES, ...gone })];
		expect(broken([...inPart, one])).toContain('but that was forgotten');
	});

	it('are less than the whole: the wider request counts', () => {
		const shown = (what: 'whole' | 'failed'): Scene => [
			partly,
			...asked(what),
			answer(200, 'will_restart'),
		];
		expect(broken([...requested, shown('whole')])).toBeNull();
		expect(broken([...requested, shown('failed')])).toContain('but its failed members will be');
		const whole: Scene = [asks(), ...asked('whole'), answer(200, 'will_restart')];
		expect(broken([...inPart, whole])).toBeNull();
		expect(broken([...inPart, [asks(), answer(200, 'will_restart')]])).toContain(
			'that all of it be restarted',
		);
	});
});

describe('what waits for the restart', () => {
	const aborted = task('a', { restart_asked: 'whole', aborted: true });
	const waits = { restart_asked: 'whole', awaits_restart: true, held: 'waiting' } as const;
	const will = answer(200, 'will_restart');
	const held: Scene[] = [
		...pairUntil('aRuns'),
		[asks({ abort: true }), aborted, task('b', waits), will],
	];

	it('waits on when a user asks again without an abort', () => {
		expect(broken([...held, [asks(), will]])).toBeNull();
		expect(
			broken([...held, [asks(), task('b', { awaits_restart: undefined, held: null }), will]]),
		).toContain('it should wait for that');
	});

	it('is not what nobody scheduled', () => {
		const inactive: Scene = [{ kind: 'host-asks', host: 'g' }, task('b', { held: 'inactive' })];
		const asksOf = (...more: Change[]): Scene[] => [
			...pairUntil('aRuns'),
			inactive,
			[asks({ abort: true }), aborted, task('b', { restart_asked: 'whole' }), will, ...more],
		];
		expect(broken(asksOf())).toBeNull();
		expect(broken(asksOf(task('b', { awaits_restart: true })))).toContain(
			'waits for a restart that no user asks for',
		);
	});

	it('is not dispatched, whatever else it shows', () => {
		const goes: Scene = [
			delivered('request', 'next'),
			task('b', { status: 'dispatched', awaits_restart: undefined, host: 'g' }),
		];
		expect(broken([...held, goes])).toContain('but it was dispatched');
	});
});

describe('a request', () => {
	it('is taken back by an abort that shows nothing else', () => {
		expect(
			broken([...requested, [{ kind: 'user-aborts', task: 'd' }, answer(200, 'ok')]]),
		).toContain('Nobody asks any more');
		expect(
			broken([...requested, [{ kind: 'user-aborts', task: 'b' }, answer(200, 'ok')]]),
		).toBeNull();
		expect(broken([...requested, [{ kind: 'user-aborts-version' }, answer(200, 'ok')]])).toContain(
			'Nobody asks any more',
		);
	});

	it('of what is not there is nothing of this promise', () => {
		const event: Event = { kind: 'user-restarts-when-finished', task: 'z', execution: 0 };
		expect(broken([...pairUntil('bRuns'), [event, answer(404, 'refused_not_running')]])).toBeNull();
	});

	it('of an older execution does nothing', () => {
		const again: Scene = [...restarted, task('a', over)];
		const story = [...kept.slice(0, -1), again];
		expect(broken([...story, [asks(), answer(200, 'older')]])).toBeNull();
		expect(broken([...story, [asks(), answer(200, 'will_restart')]])).toContain('answered older');
		expect(broken([...story, [asks(), ...asked('whole'), answer(200, 'older')]])).toContain(
			'answered older, should do nothing',
		);
	});

	it('is answered 200, and 400 where it is refused', () => {
		expect(broken([[asks(), answer(200, 'refused_nothing_ran')]])).toContain('should be answered');
		expect(
			broken([...pairUntil('bRuns'), [asks(), ...asked('whole'), answer(400, 'will_restart')]]),
		).toContain('should be answered will_restart');
	});

	it('of a version is answered ok and asks for each of its units, but not for what never ran', () => {
		const whole: Event = { kind: 'user-restarts-version' };
		const asksAll: Scene = [whole, ...asked('whole'), answer(200, 'ok')];
		expect(broken([...pairUntil('bRuns'), asksAll])).toBeNull();
		expect(broken([...pairUntil('bRuns'), [...asksAll, answer(200, 'will_restart')]])).toContain(
			'should be answered ok',
		);
		expect(
			broken([...pairUntil('bRuns'), [...asksAll, task('c', { restart_asked: 'whole' })]]),
		).toContain('Nobody asks any more');
	});

	it('is refused in the merge queue', () => {
		const merge = { ...pairOf(), requester: 'github_merge_request' } as const;
		const brokenIn = (event: Event, ...changes: Change[]) =>
			judgeScenes(restartWhenFinished, merge, [...pairUntil('bRuns'), [event, ...changes]]).broken;
		for (const event of [asks(), { kind: 'user-restarts-version' } as const]) {
			expect(brokenIn(event, answer(400, 'refused_merge_queue'))).toBeNull();
			expect(brokenIn(event, answer(200, 'ok'))).toContain('answered refused_merge_queue');
			expect(brokenIn(event, answer(400, 'refused_merge_queue'), ...asked('whole'))).toContain(
				'in the merge queue, should do nothing',
			);
		}
	});
});

it('names what was never restarted, once nothing of it is at work', () => {
	const ended = both(PASSES, PASSES);
	expect(judge([...requested, ended]).owed).toBe(
		'A user asked that "a", "b" be restarted when finished, but it was never restarted.',
	);
	expect(judge(requested).owed).toBeNull();
});

it('tells apart what puts it to the test', () => {
	const at = (scenes: readonly Scene[]) => halvesAt(restartWhenFinished, pairOf(), scenes);
	const aEnds: Scene = [delivered('request', 'end'), task('a', PASSES)];
	expect(at(pairUntil('bRuns'))).toEqual([]);
	expect(at(requested)).toEqual(['asked']);
	expect(at([...requested, aEnds])).toEqual([]);
	expect(at([...requested, [asks(), answer(200, 'will_restart')]])).toEqual(['void']);
	expect(at(kept)).toEqual(['done']);
	expect(at([...finished, [asks(), restartOfA, restartOfB, answer(200, 'ok')]])).toEqual([
		'at-once',
	]);
	expect(at([[asks(), answer(400, 'refused_nothing_ran')]])).toEqual(['void']);
	const cancelled: Scene = [{ kind: 'user-aborts', task: 'd' }, task('a', over), task('b', over)];
	expect(at([...requested, cancelled])).toEqual(['taken-back']);
	expect(at([...requested, [{ kind: 'heartbeat-sent', host: 'h' }]])).toEqual([]);
	expect(at([...pairUntil('bRuns'), [{ kind: 'user-aborts', task: 'd' }]])).toEqual([]);
});

it('is not put to the test by what happens beside a request, nor by a name that nobody has', () => {
	const at = (...scenes: Scene[]) => halvesAt(restartWhenFinished, pairOf(), scenes);
	expect(at(...requested, [{ kind: 'monitor-runs' }, task('a', {})])).toEqual([]);
	const waits = { restart_asked: 'whole', awaits_restart: true, held: 'waiting' } as const;
	const held: Scene[] = [
		...pairUntil('aRuns'),
		[
			asks({ abort: true }),
			task('a', { restart_asked: 'whole', aborted: true }),
			task('b', waits),
			answer(200, 'will_restart'),
		],
	];
	expect(at(...held, [{ kind: 'monitor-runs' }, task('a', {})])).toEqual([]);
	const unknown: Event = { kind: 'user-restarts-when-finished', task: 'x', execution: 0 };
	expect(at(...pairUntil('bRuns'), [unknown, answer(404, 'nothing')])).toEqual([]);
	const version: Scene = [{ kind: 'user-restarts-version' }, ...asked('whole'), answer(200, 'ok')];
	expect(at(...pairUntil('bRuns'), version)).toEqual(['asked']);
});
