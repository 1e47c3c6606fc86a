import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import { blockMustBeAbleToFail } from './block-must-be-able-to-fail.ts';
import { A0, calling, running, until } from './testing/flaky.ts';
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
