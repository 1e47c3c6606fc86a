import { expect, it } from 'vitest';
import type { CommandOutcome } from '../vocabulary/command.ts';
import type { Event } from '../vocabulary/events/event.ts';
import type { Block } from '../vocabulary/project.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { blockMustBeAbleToFail } from './block-must-be-able-to-fail.ts';
import { A0, calling, running, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import {
	type Change,
	delivered,
	groupOf,
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

const setup = setupToJudge({
	project: {
		id: 'p',
		pre: [{ command: 'fetch', retry_on_failure: true }],
		tasks: [{ name: 'test', commands: [{ command: 'test', retry_on_failure: true }] }],
	},
});
const inPre: Scene = [
	delivered('reply', 'start'),
	host('h', { doing: running('pre') }),
	inFlight(),
];
const marks = [host('h', { doing: calling('mark') }), inFlight(request('mark', A0))];

it('holds when a failure in a block that cannot fail the task goes on', () => {
	const goesOn: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'timed-out-block' },
		host('h', { doing: running('main') }),
	];
	const judged = judgeScenes(blockMustBeAbleToFail, setup, [...until('started'), inPre, goesOn]);
	expect(judged).toMatchObject({ broken: null, exercised: 1 });
});

it('is violated when a time-out of a block that cannot fail the task is marked', () => {
	const wrong: Scene = [{ kind: 'command-ends', host: 'h', outcome: 'timed-out-block' }, ...marks];
	const judged = judgeScenes(blockMustBeAbleToFail, setup, [...until('started'), inPre, wrong]);
	expect(judged.broken).toContain('The agent on host "h" asked to restart execution 0 of "a"');
});

it('lets an exec time-out in pre be marked, since it fails the task', () => {
	const right: Scene = [{ kind: 'command-ends', host: 'h', outcome: 'timed-out-exec' }, ...marks];
	const judged = judgeScenes(blockMustBeAbleToFail, setup, [...until('started'), inPre, right]);
	expect(judged.broken).toBeNull();
});

it('is violated when a command that an abort cancels is marked', () => {
	const beats: Scene = [
		{ kind: 'heartbeat-sent', host: 'h' },
		inFlight({ ...reply('heartbeat', A0, 200, 'abort') }),
	];
	const cancelled: Scene = [delivered('reply', 'heartbeat'), ...marks];
	expect(
		judgeScenes(blockMustBeAbleToFail, setup, [...until('runs'), beats, cancelled]).broken,
	).toContain('asked to restart');
	const quiet: Scene = [
		delivered('reply', 'heartbeat'),
		host('h', { doing: calling('end') }),
		inFlight(),
	];
	const judged = judgeScenes(blockMustBeAbleToFail, setup, [...until('runs'), beats, quiet]);
	expect(judged).toMatchObject({ broken: null, exercised: 1 });
});

it('is violated when a background command of such a block fails and is marked', () => {
	const position = { block: 'pre', step: 0, member: null } as const;
	const fails: Scene = [{ kind: 'background-fails', host: 'h', position }, ...marks];
	expect(judgeScenes(blockMustBeAbleToFail, setup, [...until('runs'), fails]).broken).toContain(
		'asked to restart',
	);
	const forgets: Scene = [{ kind: 'background-fails', host: 'h', position }];
	expect(judgeScenes(blockMustBeAbleToFail, setup, [...until('runs'), forgets]).exercised).toBe(1);
});

it('is violated when a request for a restart appears out of nothing', () => {
	const appears: Scene = [{ kind: 'monitor-runs' }, seen({ messages: [request('mark', A0)] })];
	expect(judgeScenes(blockMustBeAbleToFail, setup, [...until('runs'), appears]).broken).toBe(
		'A request to restart a task was sent, but no command had just failed it.',
	);
});

it.each(['setup_group', 'setup_task', 'teardown_task'] as const)(
	'reads the switch of %s',
	(block) => {
		const judged = (on: boolean, outcome: 'failed' | 'timed-out-exec') => {
			const flagged = [{ command: 'x', retry_on_failure: true }];
			const switches = Object.fromEntries(
				['setup_group', 'setup_task', 'teardown_task'].map((name) => [
					`${name}_can_fail_task`,
					on === (name === block),
				]),
			);
			const grouped = groupOf({ [block]: flagged, ...switches });
			const runs: Scene = [
				delivered('reply', 'start'),
				host('h', { doing: running(block) }),
				inFlight(),
			];
			const marked: Scene = [{ kind: 'command-ends', host: 'h', outcome }, ...marks];
			return judgeScenes(blockMustBeAbleToFail, grouped, [...until('started'), runs, marked])
				.broken;
		};
		expect(judged(true, 'failed')).toBeNull();
		expect(judged(false, 'failed')).toContain('asked to restart execution 0 of "a"');
		if (block !== 'teardown_task') expect(judged(false, 'timed-out-exec')).toBeNull();
	},
);

it('is violated when a failure in teardown_group is marked, which never fails anything', () => {
	const grouped = groupOf({
		teardown_group: [{ command: 'x', retry_on_failure: true }, { command: 'y' }],
	});
	const leaves: Scene = [
		delivered('reply', 'next'),
		host('h', {
			group: { group: 'grp', variant: 'linux' },
			doing: running('teardown_group'),
		}),
	];
	const fails: Event = { kind: 'command-ends', host: 'h', outcome: 'failed' };
	const judged = (...changes: Change[]) =>
		judgeScenes(blockMustBeAbleToFail, grouped, [leaves, [fails, ...changes]]);
	expect(judged(host('h', { doing: running('teardown_group', 1) }))).toMatchObject({
		broken: null,
		exercised: 1,
	});
	expect(judged(...marks).broken).toContain('asked to restart');
});

const tested = (judged: Setup, ...scenes: Scene[]) =>
	halvesAt(blockMustBeAbleToFail, judged, scenes);
const broken = (judged: Setup, ...scenes: Scene[]) =>
	judgeScenes(blockMustBeAbleToFail, judged, scenes).broken;
const ends = (outcome: CommandOutcome, ...changes: Change[]): Scene => [
	{ kind: 'command-ends', host: 'h', outcome },
	...changes,
];
const goesTo = (block: Block, step = 0) => host('h', { doing: running(block, step) });
const blocks = (
	flagged: boolean,
	project: Partial<Setup['project']> = {},
): ReturnType<typeof setupToJudge> =>
	setupToJudge({
		project: {
			id: 'p',
			pre: [{ command: 'fetch', retry_on_failure: flagged }, { command: 'list' }],
			tasks: [{ name: 'test', commands: [{ command: 'test', retry_on_failure: flagged }] }],
			post: [{ command: 'pack', retry_on_failure: flagged }, { command: 'clean' }],
			...project,
		},
	});

it('is put to the test by a flagged command that fails where it cannot fail the task, and by no other', () => {
	const pre = (flagged: boolean, outcome: CommandOutcome, ...changes: Change[]) =>
		tested(blocks(flagged), ...until('started'), inPre, ends(outcome, ...changes));
	expect(pre(true, 'failed', goesTo('pre', 1))).toEqual(['cannot-fail', 'goes-on']);
	expect(pre(false, 'failed', goesTo('pre', 1))).toEqual(['goes-on']);
	expect(pre(true, 'succeeded', goesTo('pre', 1))).toEqual(['succeeds']);
	expect(pre(true, 'timed-out-block', goesTo('main'))).toEqual(['cannot-fail', 'stops']);
	expect(pre(true, 'timed-out-exec', ...marks)).toEqual(['fails']);
	const post = [goesTo('post', 1)];
	const inPost = (...scenes: Scene[]) =>
		tested(blocks(true), ...until('runs'), ends('failed', ...marks), ...scenes);
	expect(inPost([delivered('reply', 'mark'), goesTo('post')], ends('failed', ...post))).toEqual([
		'cannot-fail',
		'goes-on',
	]);
	expect(inPost()).toEqual(['fails']);
	expect(tested(blocks(true), [{ kind: 'monitor-runs' }])).toEqual([]);
});

it('is put to the test by a flagged command in the background of such a block', () => {
	const background = (block: 'pre' | 'main', project?: Partial<Setup['project']>) =>
		tested(blocks(true, project), ...until('runs'), [
			{ kind: 'background-fails', host: 'h', position: { block, step: 0, member: null } },
		]);
	expect(background('pre')).toEqual(['cannot-fail']);
	expect(background('pre', { pre_error_fails_task: true })).toEqual([]);
	expect(background('main')).toEqual([]);
	expect(
		tested(blocks(false), ...until('runs'), [
			{ kind: 'background-fails', host: 'h', position: { block: 'pre', step: 0, member: null } },
		]),
	).toEqual([]);
	expect(
		tested(blocks(true), [
			{ kind: 'background-fails', host: 'h', position: { block: 'pre', step: 0, member: null } },
		]),
	).toEqual([]);
});

it('is put to the test by what an abort cancels, also while time passes, and by what it leaves alone', () => {
	const aborts: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];
	const minute = (...changes: Change[]): Scene => [
		{ kind: 'minutes-pass', minutes: 1 },
		seen({ minute: 1 }),
		...changes,
	];
	for (const flagged of [true, false]) {
		const passes = (...scenes: Scene[]) => tested(blocks(flagged), ...until('runs'), ...scenes);
		expect(passes(aborts, minute(goesTo('post')))).toEqual(['cancelled']);
		expect(passes(minute())).toEqual([]);
		expect(passes(ends('succeeded', goesTo('post')), aborts, minute())).toEqual(['no-effect']);
	}
});

it('is violated when the agent of another host asks, or for a command without the flag', () => {
	const other: Scene = ends(
		'failed',
		host('g', { execution: { task: 'b', execution: 0 }, doing: calling('mark') }),
		goesTo('post'),
	);
	expect(broken(blocks(true), ...until('runs'), other)).toBe(
		'The agent on host "g" asked to restart execution 0 of "b", but no failure that fails the task had just happened.',
	);
	expect(broken(blocks(false), ...until('runs'), ends('failed', ...marks))).toBe(
		'The agent on host "h" asked to restart execution 0 of "a", but "test" (main command 0), which failed it, has no retry_on_failure.',
	);
});

it('is violated when a script asks whose command does not fail the task', () => {
	const posts = host('h', {
		posted: { status: 'failed', should_continue: true, retryable: true },
	});
	expect(
		broken(blocks(true), ...until('started'), inPre, ends('failed', goesTo('pre', 1), posts)),
	).toBe(
		'A script on host "h" asked to restart execution 0 of "a", but its command does not fail the task.',
	);
	expect(broken(blocks(true), ...until('runs'), ends('failed', goesTo('post'), posts))).toBeNull();
	const other = host('g', { posted: { status: 'failed', should_continue: true, retryable: true } });
	expect(
		broken(blocks(true), ...until('started'), inPre, ends('failed', goesTo('pre', 1), other)),
	).toBeNull();
});

it('lets a request be on its way twice, and says so only of what appears beside', () => {
	const twice = inFlight(request('mark', A0), request('mark', A0));
	const repeats: Scene = [
		{ kind: 'message-repeated', message: { leg: 'request', route: 'mark' } },
		twice,
	];
	const retries: Scene = [{ kind: 'call-retried', host: 'h' }, twice];
	const early = until('fails');
	expect(tested(blocks(true), ...early, repeats)).toEqual([]);
	expect(tested(blocks(true), ...early, retries)).toEqual([]);
	expect(broken(blocks(true), ...early, [{ kind: 'monitor-runs' }, twice])).toContain(
		'no command had just failed it',
	);
});
