import { describe, expect, it } from 'vitest';
import type { Begun } from '../vocabulary/events/held.ts';
import type { InHand, Observation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { abortReachesAll } from './abort-reaches-all.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { judging } from './judge.ts';
import { restartWhenFinished } from './restart-when-finished.ts';
import { FAILED, SUCCESS } from './testing/flaky.ts';
import { pairOf } from './testing/pair.ts';
import {
	answer,
	type Change,
	resting,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

import {
	type Ahead,
	comeTo,
	type IsIdle,
	isInHand,
	isNewer,
	isOnItsWay,
} from './version-requests.ts';

/** What users ask of a whole version comes to each unit of it, though its handler is held on the way. */

const SETUP = setupToJudge();

const ABORT: Begun = { kind: 'user-aborts-version' };
const RESTART: Begun = { kind: 'user-restarts-version' };

const handler = (route: InHand['route'], commits: number, of: Partial<InHand> = {}): InHand => ({
	route,
	host: null,
	task: null,
	execution: null,
	details: null,
	failed_only: false,
	awaited: true,
	commits,
	...(route === 'restart-version' ? { executions: [0, 0] } : {}),
	...of,
});

const inHand = (...in_hand: InHand[]): Change => seen({ in_hand });
const runs = (id: string, host: string): Scene => [
	{ kind: 'monitor-runs' },
	task(id, { status: 'started', host }),
];
const goes = (route: InHand['route'], ...changes: Change[]): Scene => [
	{ kind: 'goes-on', handler: { route } },
	...changes,
];
const aborted: Parameters<typeof task>[1] = { aborted: true };
const asked: Parameters<typeof task>[1] = { restart_asked: 'whole' };
const OK = answer(200, 'ok');

function told(judge: Guarantee, scenes: readonly Scene[], setup = SETUP) {
	let before = resting(setup);
	const { step, situations } = judging(setup, before, [judge]);
	const broken: string[] = [];
	for (const [event, ...changes] of scenes) {
		const after = changes.reduce((state, change) => change(state), seen({ answer: null })(before));
		for (const { sentence } of step({ setup, before, event, after })) broken.push(sentence);
		before = after;
	}
	return { broken, halves: [...situations().keys()] };
}

describe.each([
	{
		what: 'an abort',
		judge: abortReachesAll as Guarantee,
		begun: ABORT,
		route: 'abort-version' as const,
		done: aborted,
		half: 'S21 each-unit',
	},
	{
		what: 'a restart',
		judge: restartWhenFinished as Guarantee,
		begun: RESTART,
		route: 'restart-version' as const,
		done: asked,
		half: 'C5 each-unit',
	},
])('$what of a version that is held', ({ judge, begun, route, done, half }) => {
	const held: Scene = [{ kind: 'held', begun }, inHand(handler(route, 0))];
	const both = [runs('a', 'h'), runs('b', 'g')];
	const first = goes(route, task('a', done), inHand(handler(route, 1)));
	const answered = goes(route, task('a', done), inHand(), OK);

	it('comes to each unit, and only then is answered', () => {
		const last = goes(route, task('b', done), inHand(), OK);
		const { broken, halves } = told(judge, [...both, held, first, last]);
		expect(broken).toEqual([]);
		expect(halves).toContain(half);
		expect(told(judge, [...both, held, first, goes(route, inHand(), OK)]).broken).toEqual([
			expect.stringContaining('was answered 200 ok, but never came to "b"'),
		]);
		expect(told(judge, [...both, held, goes(route, inHand(), OK)]).broken).toEqual([
			expect.stringContaining('but never came to "a"'),
		]);
	});

	it('is put to the test by its last step, which may find nothing to do', () => {
		const over = task('b', { status: 'undispatched', host: null, execution: 1, secret: 1 });
		const ended: Scene = [{ kind: 'monitor-runs' }, over];
		const answers = told(judge, [runs('a', 'h'), held, first, goes(route, inHand(), OK)]);
		expect(answers).toMatchObject({ broken: [], halves: expect.arrayContaining([half]) });
		expect(told(judge, [...both, held, ended]).halves).not.toContain(half);
	});

	it('leaves no unit out that begins to run on its way', () => {
		const one = [runs('a', 'h'), held];
		expect(told(judge, [...one, answered]).broken).toEqual([]);
		expect(told(judge, [...one, runs('b', 'g'), answered]).broken).toEqual([
			expect.stringContaining('but never came to "b"'),
		]);
		// It had passed that one, which was not to be asked then.
		expect(
			told(judge, [
				runs('b', 'g'),
				held,
				runs('a', 'h'),
				goes(route, task('b', done), inHand(), OK),
			]).broken,
		).toEqual([]);
	});

	it('owes nothing of what changed before it came there', () => {
		const over = task('b', { status: 'undispatched', host: null, execution: 1, secret: 1 });
		const ended: Scene = [{ kind: 'monitor-runs' }, over];
		const { broken } = told(judge, [...both, held, first, ended, goes(route, inHand(), OK)]);
		expect(broken.filter((sentence) => sentence.includes('never came'))).toEqual([]);
	});

	it('owes nothing when a crash ended it', () => {
		const crash: Scene = [{ kind: 'server-crashes' }, inHand(), seen({ server: 'down' })];
		const again: Scene = [{ kind: 'server-returns' }, seen({ server: 'up' })];
		const { broken } = told(judge, [...both, held, first, crash, again]);
		expect(broken).toEqual([]);
	});

	it('is told from others that are held', () => {
		const other = handler('abort', 0, { task: 'a' });
		const before: Scene = [
			{ kind: 'held', begun: { kind: 'user-aborts', task: 'a' } },
			inHand(other),
		];
		const second: Scene = [{ kind: 'held', begun }, inHand(other, handler(route, 0))];
		const ends: Scene = [
			{ kind: 'goes-on', handler: { route: 'abort', task: 'a' } },
			task('a', aborted),
			answer(200, 'ok'),
			inHand(handler(route, 0)),
		];
		const sentences = told(judge, [
			...both,
			before,
			second,
			ends,
			goes(route, inHand(), OK),
		]).broken;
		expect(sentences).toEqual([expect.stringMatching(/but never came to "[ab]"/)]);
	});
});

it('is owed to nobody where the restart of a version is refused', () => {
	const held: Scene = [{ kind: 'held', begun: RESTART }, inHand(handler('restart-version', 0))];
	const refused = goes('restart-version', inHand(), answer(400, 'refused_merge_queue'));
	const queue = setupToJudge({ requester: 'github_merge_request' });
	const guarantee = restartWhenFinished as Guarantee;
	expect(told(guarantee, [runs('a', 'h'), held, refused], queue).broken).toEqual([]);
});

describe('how far a handler is that is held', () => {
	const three = setupToJudge({
		project: { id: 'p', tasks: setupToJudge().project.tasks },
		tasks: ['a', 'b', 'c'].map((id) => ({ id, task: 'test', variant: 'linux' })),
	});
	const isIdle: IsIdle = (_setup, { tasks }, [place = -1]) => tasks[place]?.status !== 'started';
	const state = (running: string, ...changes: Change[]) =>
		[...[...running].map((id) => task(id, { status: 'started' as const })), ...changes].reduce(
			(was, change) => change(was),
			resting(three),
		);
	const mine = handler('abort-version', 0);
	const other = handler('restart-version', 0);
	const moment = (
		before: Observation,
		after: Observation,
		at: Partial<Pick<Moment, 'handler' | 'part'>> = {},
	): Moment => ({ setup: three, before, event: { kind: 'monitor-runs' }, after, ...at });
	const come = (known: Ahead, ...of: Parameters<typeof moment>) =>
		comeTo(known, moment(...of), 'abort-version', isIdle);

	it('begins at the first unit that it is to change', () => {
		const begins = (running: string, by = mine) =>
			come(null, state(running), state(running, inHand(by)));
		expect(begins('abc')).toEqual({ ahead: [[0, 1, 2]], answered: null });
		expect(begins('bc')).toEqual({ ahead: [[1, 2]], answered: null });
		expect(begins('a')).toEqual({ ahead: [[0, 1, 2]], answered: null });
		expect(begins('')).toEqual({ ahead: null, answered: null });
		expect(begins('abc', other)).toEqual({ ahead: null, answered: null });
		expect(come([[2]], state('abc', inHand(mine)), state('abc', inHand(mine, other)))).toEqual({
			ahead: [[2], []],
			answered: null,
		});
		expect(come(null, state('b', inHand(other)), state('b', inHand(other, mine)))).toEqual({
			ahead: [[], [1, 2]],
			answered: null,
		});
	});

	it('is where it was while others act, and nowhere when a crash ended it', () => {
		const known: Ahead = [[1, 2]];
		const held = state('abc', inHand(mine));
		expect(come(known, held, held).ahead).toBe(known);
		expect(come(known, state('', inHand(mine, other)), state('', inHand(mine))).ahead).toBe(known);
		expect(come(known, held, state('abc'))).toEqual({ ahead: null, answered: null });
	});

	const goesOn = (
		running: readonly [before: string, after: string],
		part: readonly number[] | null,
		known: Ahead = [[0, 1, 2]],
	) =>
		come(known, state(running[0], inHand(mine)), state(running[1], inHand(mine)), {
			handler: 0,
			...(part === null ? {} : { part }),
		}).ahead;

	it('comes to one that changes, past those of which nothing is to be changed', () => {
		expect(goesOn(['abc', 'bc'], [0])).toEqual([[1, 2]]);
		expect(goesOn(['abc', 'c'], [0])).toEqual([[2]]);
		expect(goesOn(['bc', 'c'], [1])).toEqual([[2]]);
		expect(goesOn(['a', ''], [0])).toBeNull();
		expect(goesOn(['abc', 'abc'], null)).toEqual([[0, 1, 2]]);
		expect(goesOn(['abc', 'bc'], null)).toEqual([[1, 2]]);
	});

	it('has left behind what was to be changed when it looked, and still is', () => {
		expect(goesOn(['abc', 'ac'], [1])).toEqual([[0, 2]]);
		expect(goesOn(['bc', 'ac'], [1])).toEqual([[2]]);
		expect(goesOn(['abc', 'c'], [1])).toEqual([[2]]);
		expect(goesOn(['ac', 'a'], [2], [[0, 2]])).toEqual([[0]]);
		expect(goesOn(['bc', 'bc'], [1])).toEqual([[2]]);
	});

	it('is told from others in hand', () => {
		const both = [inHand(other, mine)];
		const one = (running: string, at: number, done: boolean, known: Ahead) =>
			come(known, state(running, ...both), state(running, done ? inHand(mine) : (both[0] ?? OK)), {
				handler: at,
			});
		expect(one('bc', 0, true, [[], [1, 2]])).toEqual({ ahead: [[1, 2]], answered: null });
		expect(one('bc', 0, false, [[], [1, 2]])).toEqual({ ahead: [[], [1, 2]], answered: null });
		expect(one('bc', 1, false, [[], [1, 2]])).toEqual({ ahead: [[], [1, 2]], answered: null });
		expect(one('', 0, false, null)).toEqual({ ahead: null, answered: null });
	});

	it('is answered for as done, or for a unit that it left out, when it ends with 200', () => {
		const ends = (
			running: readonly [string, string],
			part: readonly number[],
			...answers: Change[]
		) =>
			come([[0, 1, 2]], state(running[0], inHand(mine)), state(running[1], ...answers), {
				handler: 0,
				part,
			});
		expect(ends(['a', ''], [0], OK)).toEqual({ ahead: null, answered: 'done' });
		expect(ends(['abc', 'bc'], [0], OK)).toEqual({ ahead: null, answered: [1] });
		expect(ends(['abc', 'bc'], [0], answer(400, 'refused_merge_queue')).answered).toBeNull();
		expect(ends(['abc', 'bc'], [0]).answered).toBeNull();
		expect(goesOn(['abc', 'bc'], [0])).not.toBeNull();
	});

	it('is in hand where something begins, goes on or ends', () => {
		const none = state('');
		const held = state('', inHand(mine));
		expect(isInHand(moment(none, none))).toBe(false);
		expect(isInHand(moment(held, held))).toBe(false);
		expect(isInHand(moment(none, held))).toBe(true);
		expect(isInHand(moment(held, none))).toBe(true);
		expect(isInHand(moment(held, held, { handler: 0 }))).toBe(true);
		expect(isOnItsWay(moment(held, held, { handler: 0, part: [0] }))).toBe(true);
		expect(isOnItsWay(moment(held, held, { handler: 0 }))).toBe(false);
	});

	it('sees that something of a unit is newer than what the user saw', () => {
		const saw = (...executions: number[]) => handler('restart-version', 0, { executions });
		const now = state('', task('b', { execution: 1 }));
		expect(isNewer(three, now, [0, 1], saw(0, 0, 0))).toBe(true);
		expect(isNewer(three, now, [0, 1], saw(0, 1, 0))).toBe(false);
		expect(isNewer(three, now, [0], saw(0, 0, 0))).toBe(false);
		expect(isNewer(three, now, [1], saw(0))).toBe(false);
		expect(isNewer(three, state('', task('b', { execution: 2 })), [1], saw(0, 1, 0))).toBe(true);
		expect(isNewer(three, now, [1], mine)).toBe(false);
	});
});

describe('a restart of a version comes to a unit of which something is to be asked', () => {
	const isLeftOut = (setup: Setup, of: Partial<InHand>, ...state: readonly Change[]): boolean => {
		let before = state.reduce((was, change) => change(was), resting(setup));
		const { step } = judging(setup, before, [restartWhenFinished as Guarantee]);
		const executions = setup.tasks.map(() => 0);
		const held = handler('restart-version', 0, { executions, ...of });
		const scenes: Scene[] = [
			[{ kind: 'held', begun: RESTART }, inHand(held)],
			goes('restart-version', inHand(), OK),
		];
		const sentences = scenes.flatMap(([event, ...changes]) => {
			const after = changes.reduce((was, change) => change(was), seen({ answer: null })(before));
			const moment = { setup, before, event, after };
			before = after;
			return step(moment).map(({ sentence }) => sentence);
		});
		return sentences.some((sentence) => sentence.includes('but never came to'));
	};
	const pair = pairOf();
	const a = (change: Parameters<typeof task>[1]) => task('a', change);
	const b = (change: Parameters<typeof task>[1]) => task('b', change);
	const RUNS = { status: 'started' } as const;
	const WELL = { status: 'success', details: SUCCESS } as const;
	const BADLY = { status: 'failed', details: FAILED } as const;
	const WHOLE = { restart_asked: 'whole' } as const;
	const PART = { restart_asked: 'failed' } as const;
	const abort = { abort: true } as const;
	const part = { failed_only: true } as const;

	it.each<[boolean, string, Partial<InHand>, ...Change[]]>([
		[false, 'of which nothing ran', {}],
		[true, 'that runs', {}, a(RUNS)],
		[false, 'that is newer than what the user saw', {}, a({ ...RUNS, execution: 1 })],
		[false, 'that was asked for before', {}, a({ ...RUNS, ...WHOLE })],
		[true, 'that was asked for, but for an abort', abort, a({ ...RUNS, ...WHOLE })],
		[
			false,
			'that was asked for and aborted',
			abort,
			a({ ...RUNS, ...WHOLE, aborted: true }),
			b({ ...WHOLE, awaits_restart: true, held: 'waiting' }),
		],
		[
			true,
			'of which one does not wait yet',
			abort,
			a({ ...RUNS, ...WHOLE, aborted: true }),
			b({ ...WHOLE }),
		],
		[
			false,
			'of which one was never scheduled',
			abort,
			a({ ...RUNS, ...WHOLE, aborted: true }),
			b({ ...WHOLE, held: 'inactive' }),
		],
		[
			false,
			'of which one has ended already',
			abort,
			a({ ...RUNS, ...WHOLE, aborted: true }),
			b({ ...BADLY, ...WHOLE }),
		],
		[true, 'that has ended', {}, a(BADLY), b(WELL)],
		[true, 'that has ended well', {}, a(WELL), b(WELL)],
		[true, 'of which a member failed', part, a(BADLY), b(WELL)],
		[false, 'of which no member failed', part, a(WELL), b(WELL)],
		[false, 'whose failed members were asked for', part, a({ ...RUNS, ...PART }), b(PART)],
		[false, 'all of which was asked for', part, a({ ...RUNS, ...WHOLE }), b(WHOLE)],
		[true, 'whose failed members alone were asked for', {}, a({ ...RUNS, ...PART }), b(PART)],
		[true, 'that runs, of its failed members', part, a(RUNS)],
		[
			true,
			'that has ended, with what was yet to run held back',
			abort,
			a({ ...BADLY, ...WHOLE }),
			b(WHOLE),
		],
		[false, 'that is yet to run, and was asked for', {}, a({ ...BADLY, ...WHOLE }), b(WHOLE)],
		[
			true,
			'that has ended, where the others wait for the restart',
			{},
			a({ ...BADLY, ...WHOLE }),
			b({ ...WHOLE, awaits_restart: true, held: 'waiting' }),
		],
	])('%s: one %s', (is, _, of, ...state) => {
		expect(isLeftOut(pair, of, ...state)).toBe(is);
	});
});
