import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import { judging } from './judge.ts';
import { noFlapping } from './no-flapping.ts';
import { judgeCases } from './testing/cases.ts';
import { crashedAtEnd, FAILED, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { archivedAs, begun, but, pairOf, pairUntil } from './testing/pair.ts';
import {
	type Change,
	delivered,
	displays,
	judgeScenes,
	resting,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const MONITOR: Event = { kind: 'monitor-runs' };
const END = delivered('request', 'end');
const restart = (id: string): Event => ({ kind: 'user-restarts', task: id, execution: 0 });
const version = (status: 'created' | 'started' | 'failed' | 'success'): Change =>
	seen({ version: status });
const failed = (id: string) => task(id, { status: 'failed', ended_minute: 0, details: FAILED });
const succeeded = (id: string) =>
	task(id, {
		status: 'success',
		ended_minute: 0,
		details: { ...FAILED, status: 'success', type: null },
	});
const offList = task('a', { restart_pending: false });
const blockedC = task('c', { held: 'blocked' });
const byUser = { by: 'user' } as const;
const again = (id: string, by: Parameters<typeof begun>[1]) =>
	task(id, begun(archivedAs('h', { mark: 'granted' }), by));

/** Both of the display task have ended, "a" is on its list, and "c", which waits for "b", is held back. */
const pending: Scene[] = [
	...pairUntil('bCallsEnd'),
	[END, failed('b'), task('c', { held: 'waiting' })],
];
/** The same without a list: all of it is over. */
const over: Scene[] = [
	...pending,
	[{ kind: 'user-aborts', task: 'd' }, offList, blockedC, displays('failed'), version('failed')],
];

judgeCases({
	'a display task whose restart waits': {
		guarantee: noFlapping,
		setup: pairOf(),
		story: pairUntil('bCallsEnd'),
		event: END,
		right: [failed('b')],
		wrong: [
			'The display task "d" should be shown as started, but it is shown as failed',
			failed('b'),
			displays('failed'),
		],
	},
	'a display task that is to be repaired': {
		guarantee: noFlapping,
		setup: pairOf(),
		story: pairUntil('bCallsEnd'),
		event: MONITOR,
		right: [offList, failed('b'), task('b', { repair_pending: true })],
		wrong: [
			'should be shown as started, but it is shown as failed',
			offList,
			failed('b'),
			task('b', { repair_pending: true }),
			displays('failed'),
		],
	},
	'a version whose restart waits': {
		guarantee: noFlapping,
		story: [...until('callsEnd'), [MONITOR, task('b', { held: 'inactive' })]],
		event: crashedAtEnd[0],
		right: crashedAtEnd.slice(1) as Change[],
		wrong: [
			'The version should be shown as started, but it is shown as failed',
			...(crashedAtEnd.slice(1) as Change[]),
			version('failed'),
		],
	},
	'a display task of which nothing has begun': {
		guarantee: noFlapping,
		setup: pairOf(),
		story: [],
		event: MONITOR,
		right: [task('c', { held: 'waiting' })],
		wrong: ['should be shown as created, but it is shown as started', blockedC, version('started')],
	},
	'a display task of which one is yet to run': {
		guarantee: noFlapping,
		setup: pairOf(),
		story: pairUntil('aRuns'),
		event: END,
		right: [succeeded('a')],
		wrong: [
			'should be shown as started, but it is shown as success',
			succeeded('a'),
			displays('success'),
		],
	},
	'a display task that is over': {
		guarantee: noFlapping,
		setup: pairOf(),
		story: pending,
		event: { kind: 'user-aborts', task: 'd' },
		right: [offList, blockedC, displays('failed'), version('failed')],
		wrong: ['should be shown as failed, but it is shown as started', offList, blockedC],
	},
	'one that failed makes it a failure': {
		guarantee: noFlapping,
		setup: pairOf(),
		story: pending,
		event: { kind: 'user-aborts', task: 'd' },
		wrong: [
			'should be shown as failed, but it is shown as success',
			offList,
			blockedC,
			displays('success'),
			version('failed'),
		],
	},
	'a version goes on while a dependent is yet to run': {
		guarantee: noFlapping,
		setup: pairOf(),
		story: pairUntil('bCallsEnd'),
		event: END,
		right: [offList, succeeded('b'), task('c', { held: null }), displays('failed')],
		wrong: [
			'The version should be shown as started, but it is shown as failed',
			offList,
			succeeded('b'),
			task('c', { held: null }),
			displays('failed'),
			version('failed'),
		],
	},
	'a final status is taken back': {
		guarantee: noFlapping,
		setup: pairOf(),
		story: over,
		event: MONITOR,
		wrong: [
			'The display task "d" was shown as failed, but that was taken back: it is shown as undispatched.',
			again('a', { by: 'system' }),
			again('b', { by: 'system' }),
			displays('undispatched', 1),
			version('started'),
		],
	},
	'a final status of the version is taken back': {
		guarantee: noFlapping,
		setup: pairOf(),
		story: over,
		event: MONITOR,
		wrong: [
			'The version was shown as failed, but that was taken back',
			task('c', { held: null }),
			version('started'),
		],
	},
	'a user takes a final status back': {
		guarantee: noFlapping,
		setup: pairOf(),
		story: over,
		event: restart('d'),
		right: [
			again('a', byUser),
			again('b', byUser),
			task('c', { held: 'waiting' }),
			displays('undispatched', 1),
			version('started'),
		],
		wrong: [
			'The version should be shown as started, but it is shown as created',
			again('a', byUser),
			again('b', byUser),
			task('c', { held: 'waiting' }),
			displays('undispatched', 1),
			version('created'),
		],
	},
});

/** A group of two, of which a display task shows one member only. */
const showingOf = (member: 'a' | 'b') =>
	setupToJudge({
		project: {
			id: 'p',
			tasks: ['one', 'two'].map((name) => ({ name, commands: [{ command: 'x' }] })),
			task_groups: [{ name: 'g', tasks: ['one', 'two'], max_hosts: 1 }],
		},
		tasks: [
			{ id: 'a', task: 'one', variant: 'linux', group: 'g' },
			{ id: 'b', task: 'two', variant: 'linux', group: 'g' },
		],
		display_tasks: [{ id: 'd', execution_tasks: [member] }],
	});

it('looks at the whole unit, of which a display task may show a part only', () => {
	const setup = showingOf('a');
	const first: Scene = [END, succeeded('a'), version('started'), displays('success')];
	expect(judgeScenes(noFlapping, setup, [first]).broken).toBe(
		'The display task "d" should be shown as started, but it is shown as success.',
	);
	const other: Scene = [END, succeeded('a'), version('started'), displays('started')];
	expect(judgeScenes(noFlapping, setup, [other])).toMatchObject({ broken: null, exercised: 1 });
});

it('is put to the test where a task of it may have changed, and says in which way', () => {
	const states = (scenes: Scene[]) => {
		const { step, situations } = judging(pairOf(), resting(pairOf()), [noFlapping]);
		let before = resting(pairOf());
		for (const [event, ...changes] of scenes) {
			const after = changes.reduce((state, change) => change(state), before);
			step({ setup: pairOf(), before, event, after });
			before = after;
		}
		return Object.fromEntries(situations());
	};
	expect(states(pairUntil('aEnds'))).toEqual({ 'S22 in-progress': 4 });
	expect(states(pending)).toMatchObject({ 'S22 in-progress': 4, 'S22 goes-on': 1 });
	expect(
		judgeScenes(noFlapping, pairOf(), [...pairUntil('bCallsEnd'), but('restarted')]).broken,
	).toBeNull();
});

/** "d" shows "b" and "c", which waits for "a"; "e" is beside it. */
const waiting = setupToJudge({
	project: { id: 'p', tasks: setupToJudge().project.tasks },
	tasks: ['a', 'b', 'c', 'e'].map((id) => ({
		id,
		task: 'test',
		variant: 'linux',
		...(id === 'c' ? { depends_on: ['a'] } : {}),
	})),
	display_tasks: [{ id: 'd', execution_tasks: ['b', 'c'] }],
});
const goesOn = task('a', { status: 'started' });

it.each<[what: string, due: string, ...changes: Change[]]>([
	['it is in progress', 'started', goesOn, failed('b'), blockedC],
	['it has not begun', 'started', task('a', {}), failed('b'), blockedC],
	[
		'it is to restart',
		'started',
		failed('a'),
		task('a', { restart_pending: true }),
		failed('b'),
		blockedC,
	],
	['it is over', 'failed', failed('a'), failed('b'), blockedC],
	['nothing else had to wait', 'failed', goesOn, failed('b'), succeeded('c')],
	['nothing of it has ended', 'undispatched', goesOn, blockedC],
])('what is blocked may be released by what it waits for: where %s', (_, due, ...changes) => {
	const shown = (status: 'started' | 'failed' | 'undispatched') =>
		judgeScenes(noFlapping, waiting, [[MONITOR, ...changes, displays(status), version('started')]])
			.broken;
	for (const status of ['started', 'failed', 'undispatched'] as const)
		if (status === due) expect(shown(status)).toBeNull();
		else expect(shown(status)).toContain(`"d" should be shown as ${due}`);
});

it('is final as soon as what it waits for is, though nothing of it changes then', () => {
	const held: Scene = [
		MONITOR,
		goesOn,
		failed('b'),
		blockedC,
		displays('started'),
		version('started'),
	];
	const ends = (...changes: Change[]) =>
		judgeScenes(noFlapping, waiting, [held, [END, failed('a'), ...changes]]).broken;
	expect(ends(displays('failed'))).toBeNull();
	expect(ends()).toContain('"d" should be shown as failed, but it is shown as started');
});

it('is put to the test by what it is made of or waits for, and by nothing beside it', () => {
	const over: Scene = [
		MONITOR,
		failed('b'),
		succeeded('c'),
		displays('failed'),
		version('started'),
	];
	const then = (...changes: Change[]) =>
		halvesAt(noFlapping, waiting, [over, [MONITOR, ...changes]]);
	expect(then(task('e', { status: 'started' }))).toEqual(['in-progress']);
	expect(then(goesOn)).toEqual(['final', 'in-progress']);
	expect(then((state) => ({ ...state, tasks: [...state.tasks] }))).toEqual([]);
	expect(then((state) => state)).toEqual([]);
});

it('is not put to the test where no task changes, of whatever version', () => {
	const two = { ...waiting, other_versions: [{ id: 'v' }] };
	const nothing: Scene = [MONITOR, (state) => state];
	expect(halvesAt(noFlapping, two, [nothing])).toEqual([]);
});

it.each([
	['a mark', { restart_pending: true }],
	['a repair', { repair_pending: true }],
	['a user', { restart_asked: 'whole' }],
] as const)(
	'is started while it is to restart for %s, even where nothing of it has ended',
	(_, pendingFor) => {
		const shown = (...changes: Change[]) =>
			judgeScenes(noFlapping, waiting, [[MONITOR, task('b', pendingFor), ...changes]]).broken;
		expect(shown(displays('started'), version('started'))).toBeNull();
		expect(shown(version('started'))).toContain('"d" should be shown as started');
	},
);

it('shows a part as not begun that cannot run, though another of its unit has ended', () => {
	const setup = showingOf('b');
	const scene: Scene = [END, failed('a'), task('b', { held: 'blocked' }), version('failed')];
	expect(judgeScenes(noFlapping, setup, [scene]).broken).toBeNull();
});

it('does not take a success back either', () => {
	const all: Scene = [
		MONITOR,
		succeeded('a'),
		succeeded('b'),
		succeeded('c'),
		succeeded('e'),
		displays('success'),
		version('success'),
	];
	const back: Scene = [
		MONITOR,
		task('b', { status: 'started' }),
		displays('started'),
		version('started'),
	];
	expect(judgeScenes(noFlapping, waiting, [all, back]).broken).toBe(
		'The display task "d" was shown as success, but that was taken back: it is shown as started.',
	);
});
