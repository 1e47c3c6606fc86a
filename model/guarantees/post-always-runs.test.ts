import { expect, it } from 'vitest';
import { postAlwaysRuns } from './post-always-runs.ts';
import { A0, calling, FAILED, running, until } from './testing/flaky.ts';
import {
	delivered,
	groupOf,
	host,
	inFlight,
	judgeScenes,
	reply,
	request,
	type Scene,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge();
const twoInPost = setupToJudge({
	project: {
		id: 'p',
		tasks: [{ name: 'test', commands: [{ command: 'test' }] }],
		post: [{ command: 'logs', display_name: 'logs' }, { command: 'cleanup' }],
	},
});
const ends = (outcome: 'succeeded' | 'timed-out-block'): Scene => [
	{ kind: 'command-ends', host: 'h', outcome },
	host('h', { doing: calling('end') }),
	inFlight(request('end', A0, FAILED)),
];
const lost = [host('h', { execution: null, doing: { kind: 'idle' } }), inFlight()];

it('holds when post ran after a failure', () => {
	expect(judgeScenes(postAlwaysRuns, setup, until('idle'))).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it('is violated when the agent ends without post', () => {
	expect(judgeScenes(postAlwaysRuns, setup, [...until('runs'), ends('succeeded')]).broken).toBe(
		'The agent on host "h" was done with execution 0 of "a", but "cleanup" (post command 0) did not run.',
	);
	const afterMark: Scene = [
		delivered('reply', 'mark'),
		host('h', { doing: calling('end') }),
		inFlight(request('end', A0, FAILED)),
	];
	expect(judgeScenes(postAlwaysRuns, setup, [...until('granted'), afterMark]).broken).toContain(
		'did not run',
	);
});

it('lets a time limit stop post, and nothing else', () => {
	const inPost: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
		host('h', { doing: running('post') }),
	];
	expect(
		judgeScenes(postAlwaysRuns, twoInPost, [...until('runs'), inPost, ends('timed-out-block')])
			.broken,
	).toBeNull();
	expect(
		judgeScenes(postAlwaysRuns, twoInPost, [...until('runs'), inPost, ends('succeeded')]).broken,
	).toContain('(post command 1) did not run');
	const skips: Scene = [inPost[0], host('h', { doing: running('post', 1) })];
	expect(judgeScenes(postAlwaysRuns, twoInPost, [...until('runs'), skips]).broken).toContain(
		'skipped an earlier command of post',
	);
});

it('excuses an agent that died, was fenced, or never started', () => {
	const dies: Scene = [{ kind: 'agent-dies', host: 'h' }, host('h', { agent: 'dead' }), ...lost];
	const beats = (status: number, outcome: 'ok' | 'refused_not_running'): Scene[] => [
		[{ kind: 'heartbeat-sent', host: 'h' }, inFlight(reply('heartbeat', A0, status, outcome))],
		[delivered('reply', 'heartbeat'), ...lost],
	];
	const cutOff: Scene = [{ kind: 'host-unreachable', host: 'h' }, ...lost];
	const excused = [[dies], beats(409, 'refused_not_running'), [cutOff]];
	for (const scenes of excused)
		expect(judgeScenes(postAlwaysRuns, setup, [...until('runs'), ...scenes]).broken).toBeNull();
	const givesUp: Scene = [
		{ kind: 'call-abandoned', host: 'h' },
		host('h', { doing: calling('end') }),
		inFlight(request('end', A0, FAILED)),
	];
	expect(judgeScenes(postAlwaysRuns, setup, [...until('accepted'), givesUp]).broken).toBeNull();
	expect(
		judgeScenes(postAlwaysRuns, setup, [...until('runs'), ...beats(200, 'ok')]).broken,
	).toContain('did not run');
});

it('is violated when an agent drops a live execution while hours pass, unless it is over', () => {
	const hours: Scene = [
		{ kind: 'hours-pass', hours: 1 },
		...lost,
		(before) => ({ ...before, minute: before.minute + 60 }),
	];
	expect(judgeScenes(postAlwaysRuns, setup, [...until('runs'), hours]).broken).toContain(
		'did not run',
	);
	const over: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'failed' })];
	expect(judgeScenes(postAlwaysRuns, setup, [...until('runs'), over, hours]).broken).toBeNull();
});

it('asks for teardown_task in a task of a group, whatever was skipped before, and not for post', () => {
	const grouped = groupOf({ teardown_task: [{ command: 'tidy' }, { command: 'logs' }] });
	const inSetUp: Scene = [
		delivered('reply', 'start'),
		host('h', { doing: running('setup_group') }),
		inFlight(),
	];
	const goesOn = (step: number): Scene => [
		{ kind: 'command-ends', host: 'h', outcome: 'failed' },
		host('h', { doing: running('teardown_task', step) }),
	];
	const story = [...until('started'), inSetUp];
	const judged = (...scenes: Scene[]) =>
		judgeScenes(postAlwaysRuns, grouped, [...story, ...scenes]);
	expect(judged(ends('succeeded')).broken).toContain(
		'"tidy" (teardown_task command 0) did not run',
	);
	expect(judged(goesOn(1)).broken).toContain('skipped an earlier command of teardown_task');
	expect(judged(goesOn(0), goesOn(1), ends('succeeded'))).toMatchObject({
		broken: null,
		exercised: 1,
	});
	expect(judged(goesOn(0), ends('timed-out-block')).broken).toBeNull();
	const instead: Scene = [goesOn(0)[0], host('h', { doing: running('post') })];
	expect(judged(instead, ends('succeeded')).broken).toContain('did not run');
});
