import { expect, it } from 'vitest';
import type { Position } from '../vocabulary/command.ts';
import type { HostObservation } from '../vocabulary/observation.ts';
import { groupStartsClean } from './group-starts-clean.ts';
import { calling, running } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { archivedAs, begun } from './testing/pair.ts';
import { groupOf, host, judgeScenes, type Scene, setupToJudge, task } from './testing/seen.ts';

const setUp = [
	{ command: 'log', background: true },
	{ command: 'start', display_name: 'database' },
];
const setup = groupOf({ setup_group: setUp, teardown_task: [{ command: 'pack' }] });
const onlyBehind = groupOf({ setup_group: setUp.slice(0, 1) });
const linux = { group: 'grp', variant: 'linux' };
const log = { block: 'setup_group', step: 0, member: null } as const;

const runs = (
	execution: number,
	block: 'setup_group' | 'main',
	step = 0,
	on = 'h',
	background: readonly Position[] = [],
): Scene => [
	{ kind: 'message-delivered', message: { leg: 'reply', route: 'start' } },
	task('a', { status: 'started', host: on, dispatched_minute: 0, execution }),
	host(on, {
		assigned: { task: 'a', execution },
		execution: { task: 'a', execution },
		group: linux,
		doing: running(block, step),
		background: [...background],
	}),
];
const restarted: Scene = [
	{ kind: 'message-delivered', message: { leg: 'request', route: 'end' } },
	task('a', begun(archivedAs('h', { mark: 'granted' }))),
	host('h', { assigned: null, execution: null, doing: { kind: 'idle' }, background: [] }),
];
const first: readonly Scene[] = [runs(0, 'setup_group', 1), runs(0, 'main'), restarted];
const leaves: Scene = [
	{ kind: 'host-asks', host: 'h' },
	host('h', { group: null, execution: null, doing: { kind: 'idle' } }),
];

const judged = (scenes: readonly Scene[], on = setup) => judgeScenes(groupStartsClean, on, scenes);

it('holds when setup_group runs first, and is not put to the test without a restart', () => {
	const again = [leaves, runs(1, 'setup_group', 1), runs(1, 'main')];
	expect(judged([...first, ...again])).toMatchObject({ broken: null, exercised: 1 });
	expect(judged(first.slice(0, 2))).toMatchObject({ broken: null, exercised: 0 });
	// Before the group ever restarted it is S4 and the agent that say what runs.
	expect(judged([runs(0, 'main')])).toMatchObject({ broken: null, exercised: 0 });
});

it('is violated when a member runs before setup_group, on the host that had it or on another one', () => {
	const sentence = (id: string) =>
		`Group "grp" was restarted, but host "${id}" runs "shell.exec" (main command 0) of execution 1 of "a" before it was set up for the group again.`;
	expect(judged([...first, runs(1, 'main')]).broken).toBe(sentence('h'));
	expect(judged([...first, runs(1, 'main', 0, 'g')]).broken).toBe(sentence('g'));
	const other = [runs(1, 'setup_group', 1), runs(1, 'main', 0, 'g')];
	expect(judged([...first, ...other]).broken).toBe(sentence('g'));
});

it('is violated when a host that left the group meanwhile is not set up again', () => {
	const again = [runs(1, 'setup_group', 1), leaves, runs(1, 'main')];
	expect(judged([...first, ...again]).broken).toContain('before it was set up');
});

it('is violated when setup_group begins at a later command', () => {
	const twice = groupOf({ setup_group: [{ command: 'x' }, { command: 'y' }] });
	const later = [runs(0, 'main'), restarted, runs(1, 'setup_group', 1)];
	expect(judged(later, twice).broken).toContain('runs "y" (setup_group command 1)');
});

it('asks for what only runs in the background, as long as that can be seen', () => {
	const again = [...first.slice(1), runs(1, 'main', 0, 'h', [log])];
	expect(judged(again, onlyBehind)).toMatchObject({ broken: null, exercised: 1 });
	expect(judged([...first.slice(1), runs(1, 'main')], onlyBehind).broken).toContain('runs');
});

it('does not ask for it of the next member, where one before came to its end unseen', () => {
	const ends: Scene = [
		{ kind: 'message-delivered', message: { leg: 'reply', route: 'start' } },
		task('a', { status: 'started', host: 'h', dispatched_minute: 0, execution: 1 }),
		host('h', {
			assigned: { task: 'a', execution: 1 },
			execution: { task: 'a', execution: 1 },
			group: linux,
			doing: { kind: 'calling', route: 'end', sent: 1 },
		}),
	];
	const next = runs(1, 'main');
	expect(judged([...first.slice(1), ends, next], onlyBehind).broken).toBeNull();
	// What is waited for would have been seen.
	expect(judged([...first, ends, next]).broken).toContain('before it was set up');
	expect(judged([...first.slice(1), ends, leaves, next], onlyBehind).broken).toContain('before');
});

it('has nothing to say where no single-host group has a setup_group', () => {
	const many = groupOf({ setup_group: setUp, max_hosts: 2 });
	for (const other of [setupToJudge(), many, groupOf({})])
		expect(judged([...first, runs(1, 'main')], other)).toMatchObject({
			broken: null,
			exercised: 0,
		});
});

/** "z" is no member; "a" and "b" are on linux, "c" and "d" on another variant, each with a set-up of its own. */
const twice = (() => {
	const { project, tasks } = groupOf({ setup_group: setUp });
	return setupToJudge({
		project,
		tasks: [
			{ id: 'z', task: 'test', variant: 'linux' },
			...tasks,
			{ id: 'c', task: 'test', variant: 'mac', group: 'grp' },
			{ id: 'd', task: 'other', variant: 'mac', group: 'grp' },
		],
	});
})();
const on = (
	id: string,
	task: string,
	execution: number,
	doing: HostObservation['doing'],
	variant = 'linux',
): Scene => [
	{ kind: 'monitor-runs' },
	host(id, {
		execution: { task, execution },
		group: { group: 'grp', variant },
		doing,
		background: [],
	}),
];
const again = (id: string): Scene => [{ kind: 'monitor-runs' }, task(id, begun(archivedAs('h')))];

it('is about members of the group that was restarted, in the execution that is live', () => {
	const restarts = [again('a'), again('b')];
	expect(judged([...restarts, on('h', 'z', 0, running('main'))], twice).broken).toBeNull();
	expect(judged([...restarts, on('h', 'c', 0, running('main'), 'mac')], twice).broken).toBeNull();
	expect(judged([...restarts, on('h', 'a', 0, running('main'))], twice).broken).toBeNull();
	expect(judged([...restarts, on('h', 'a', 1, running('main'))], twice).broken).toContain(
		'Group "grp" was restarted, but host "h" runs "shell.exec"',
	);
});

it('is violated when a host was set up for the same group of another variant meanwhile', () => {
	const first = [again('a'), again('b'), on('h', 'a', 1, running('setup_group', 1))];
	const back = on('h', 'b', 1, running('main'));
	expect(judged([...first, back], twice).broken).toBeNull();
	const away = on('h', 'c', 0, running('main'), 'mac');
	expect(judged([...first, away, back], twice).broken).toContain('before it was set up');
	const ofOther: Scene = [
		{ kind: 'monitor-runs' },
		host('h', { execution: null, group: { ...linux, version: 'v' }, doing: { kind: 'idle' } }),
	];
	expect(judged([...first, ofOther, back], twice).broken).toContain('before it was set up');
});

it('knows each host that was set up', () => {
	const both = [
		again('a'),
		again('b'),
		on('g', 'b', 1, running('setup_group', 1)),
		on('h', 'a', 1, running('setup_group', 1)),
	];
	const left: Scene = [
		{ kind: 'host-asks', host: 'h' },
		host('h', { group: null, execution: null, doing: { kind: 'idle' } }),
	];
	expect(judged([...both, left, on('g', 'b', 1, running('main'))], twice).broken).toBeNull();
	expect(judged([...both, left, on('h', 'a', 1, running('main'))], twice).broken).toContain(
		'host "h" runs',
	);
});

it('is put to the test by the set-up of each of several groups', () => {
	const halves = (...scenes: Scene[]) => halvesAt(groupStartsClean, twice, scenes);
	expect(halves(again('a'), on('h', 'a', 1, running('setup_group', 1)))).toEqual(['whole']);
	expect(
		halves(
			again('a'),
			on('h', 'a', 1, running('setup_group', 1)),
			on('h', 'a', 1, running('main')),
		),
	).toEqual([]);
	expect(halves(again('a'))).toEqual([]);
	const other = again('c');
	expect(halves(again('a'), other, on('h', 'a', 1, running('setup_group', 1)))).toEqual(['whole']);
});

it('asks for all that is started in the background, and counts no call before the end as one', () => {
	const two = groupOf({
		setup_group: [
			{ command: 'log', background: true },
			{ command: 'trace', background: true },
		],
	});
	const trace = { ...log, step: 1 };
	expect(judged([...first.slice(1), runs(1, 'main', 0, 'h', [log])], two).broken).toContain('runs');
	expect(judged([...first.slice(1), runs(1, 'main', 0, 'h', [log, trace])], two).broken).toBeNull();
	for (const doing of [calling('start'), calling('mark')] as const) {
		const calls = on('h', 'a', 1, doing);
		expect(judged([...first.slice(1), calls, runs(1, 'main')], onlyBehind).broken).toContain(
			'runs',
		);
	}
});
