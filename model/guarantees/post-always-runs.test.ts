import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { postAlwaysRuns } from './post-always-runs.ts';
import { A0, calling, FAILED, running, SUCCESS, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import {
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

const broken = (judged: Setup, ...scenes: Scene[]) =>
	judgeScenes(postAlwaysRuns, judged, scenes).broken;
const tested = (...scenes: Scene[]) => halvesAt(postAlwaysRuns, setup, scenes);
const MONITOR: Event = { kind: 'monitor-runs' };
const over = [host('h', { doing: calling('end') }), inFlight(request('end', A0, FAILED))];
const endsAs = (event: Event): Scene => [event, ...over];
const toPost: Scene = [
	{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
	host('h', { doing: running('post') }),
];

it('excuses by the time limit of the clean-up on that very host', () => {
	const other = endsAs({ kind: 'command-ends', host: 'g', outcome: 'timed-out-block' });
	expect(broken(twoInPost, ...until('runs'), toPost, other)).toContain(
		'(post command 1) did not run',
	);
	const inMain = ends('timed-out-block');
	expect(broken(twoInPost, ...until('runs'), inMain)).toContain('(post command 0) did not run');
	const strict = setupToJudge({
		project: { ...twoInPost.project, post_error_fails_task: true },
	});
	const failsTask = endsAs({ kind: 'command-ends', host: 'h', outcome: 'failed' });
	expect(broken(strict, ...until('runs'), toPost, failsTask)).toBeNull();
	const beats = endsAs({ kind: 'heartbeat-sent', host: 'h' });
	expect(broken(strict, ...until('runs'), toPost, beats)).toContain('(post command 1) did not run');
});

it('counts what ran in the execution that the agent holds', () => {
	const A1 = { task: 'a', execution: 1 };
	const again: Scene = [
		MONITOR,
		task('a', { status: 'started', host: 'h' }),
		host('h', { assigned: A1, execution: A1, doing: running('main') }),
	];
	expect(broken(setup, ...until('idle'), again, ends('succeeded'))).toContain('did not run');
});

it('lets the agent do something else between post and its end', () => {
	const waits: Scene = [MONITOR, host('h', { doing: running('timeout') })];
	expect(broken(setup, ...until('cleansUp'), waits, ends('succeeded'))).toBeNull();
});

it.each<[boolean, string, ...Scene]>([
	[
		true,
		'a refusal',
		delivered('reply', 'heartbeat'),
		inFlight(reply('heartbeat', A0, 400, 'refused_not_running')),
	],
	[
		false,
		'the refusal of another one',
		delivered('reply', 'heartbeat'),
		inFlight({ ...reply('heartbeat', A0, 409, 'refused_not_running'), host: 'g' }),
	],
	[true, 'its network', { kind: 'host-unreachable', host: 'h' }],
	[false, 'the network of another one', { kind: 'host-unreachable', host: 'g' }],
	[false, 'a command', { kind: 'command-ends', host: 'h', outcome: 'succeeded' }],
	[false, 'a crash, before time has passed', { kind: 'server-crashes' }, seen({ server: 'down' })],
	[
		true,
		'time without an app server',
		{ kind: 'minutes-pass', minutes: 6 },
		seen({ server: 'down', minute: 6 }),
	],
	[false, 'time alone', { kind: 'minutes-pass', minutes: 6 }, seen({ minute: 6 })],
	[
		true,
		'another execution, as it hears while time passes',
		{ kind: 'minutes-pass', minutes: 6 },
		seen({ minute: 6 }),
		task('a', { execution: 1 }),
	],
	[false, 'another execution, of which it has not heard', MONITOR, task('a', { execution: 1 })],
])('an agent may lay its execution down: %s, by %s', (is, _, event, ...changes) => {
	const isReply = event.kind === 'message-delivered';
	const sent: Scene[] = isReply ? [[{ kind: 'heartbeat-sent', host: 'h' }, ...changes]] : [];
	const last: Scene = [event, ...lost, ...(isReply ? [] : changes)];
	const said = broken(setup, ...until('runs'), ...sent, last);
	if (is) expect(said).toBeNull();
	else expect(said).toContain('did not run');
});

it('is put to the test by the end that the agent calls for, as it is then', () => {
	const endsWith = (...messages: ReturnType<typeof request>[]): Scene => [
		{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
		host('h', { doing: calling('end') }),
		inFlight(...messages),
	];
	const after = (...messages: ReturnType<typeof request>[]) =>
		tested(...until('runs'), toPost, endsWith(...messages));
	const ofG = { ...request('end', { task: 'b', execution: 0 }, SUCCESS), host: 'g' };
	expect(after(request('end', A0, FAILED))).toEqual(['failed']);
	expect(after(request('end', A0, SUCCESS))).toEqual(['succeeded']);
	expect(after(request('end', A0, { ...FAILED, timed_out: 'exec' }))).toEqual(['timed-out']);
	expect(after(request('end', A0, FAILED), ofG)).toEqual(['failed']);
	expect(after(request('end', A0, FAILED), request('heartbeat', A0))).toEqual(['failed']);
	expect(after(request('end', A0, FAILED), reply('end', A0, 200, 'ok'))).toEqual(['failed']);
	expect(after()).toEqual(['succeeded']);
	expect(
		tested(
			...until('runs'),
			toPost,
			[MONITOR, task('a', { aborted: true })],
			endsWith(request('end', A0, FAILED)),
		),
	).toEqual(['aborted']);
	const givesUp: Scene = [
		{ kind: 'call-abandoned', host: 'h' },
		host('h', { doing: calling('end') }),
		inFlight(request('end', A0, FAILED)),
	];
	expect(tested(...until('accepted'), givesUp)).toEqual([]);
});

it('says what is wrong on one host, whatever is right on the next', () => {
	const B0 = { task: 'b', execution: 0 };
	const bRuns: Scene = [
		MONITOR,
		task('b', { status: 'started', host: 'g' }),
		host('g', { assigned: B0, execution: B0, doing: running('post') }),
	];
	const both: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
		host('h', { doing: calling('end') }),
		host('g', { doing: calling('end') }),
		inFlight(request('end', A0, FAILED)),
	];
	expect(broken(setup, ...until('runs'), bRuns, both)).toContain('on host "h" was done');
});
