import { expect, it } from 'vitest';
import type { Exit } from '../vocabulary/command.ts';
import type { Details } from '../vocabulary/message.ts';
import { statusPrecedence } from './status-precedence.ts';
import {
	A0,
	archivedA0,
	calling,
	FAILED,
	restartedA,
	running,
	SUCCESS,
	until,
} from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import {
	answer,
	delivered,
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
const posts = (status: string): Scene => [
	{ kind: 'status-posted', host: 'h', posted: { status, should_continue: true } },
];
const ends = (details: Details): Scene => [
	{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
	host('h', { doing: calling('end') }),
	inFlight(request('end', A0, details)),
];
const commits = (details: Details): Scene => [
	delivered('request', 'end'),
	task('a', { status: details.status, details, ended_minute: 0 }),
];
const INVALID: Details = { ...FAILED, type: 'system', description: 'task has invalid status' };
const judgeWith = (...scenes: Scene[]) => judgeScenes(statusPrecedence, setup, scenes);

it('holds when the blocks decide', () => {
	expect(judgeWith(...until('idle'))).toMatchObject({ broken: null, exercised: 2 });
	expect(judgeWith(...until('runs'), ends(SUCCESS), commits(SUCCESS)).broken).toBeNull();
});

it('holds when the posted status wins over that of the blocks', () => {
	expect(
		judgeWith(...until('runs'), posts('success'), ...until('cleansUp').slice(5), ends(SUCCESS)),
	).toMatchObject({
		broken: null,
		exercised: 1,
	});
	expect(judgeWith(...until('runs'), posts('failed'), ends(FAILED)).broken).toBeNull();
	expect(judgeWith(...until('runs'), posts('banana'), ends(INVALID)).broken).toBeNull();
});

it.each<[string, Scene[], Details]>([
	['the posted status', [posts('failed')], SUCCESS],
	['an invalid posted status', [posts('banana')], FAILED],
	['that the last posted status counts', [posts('failed'), posts('success')], FAILED],
	['that nothing failed', [], FAILED],
])('is violated when the agent forgets %s', (_, scenes, details) => {
	expect(judgeWith(...until('runs'), ...scenes, ends(details)).broken).toContain(
		'The agent on host "h" should end',
	);
});

it('is violated when the agent forgets that a command failed', () => {
	expect(judgeWith(...until('cleansUp'), ends(SUCCESS)).broken).toBe(
		'The agent on host "h" should end execution 0 of "a" as failed / test, but it sent success.',
	);
});

it('is violated when the agent, or the app server, tells another exit than that of the command that failed', () => {
	const sends = (exit: Exit | undefined, sent: Details) =>
		judgeWith(
			...until('runs'),
			[
				{
					kind: 'command-ends',
					host: 'h',
					outcome: 'failed',
					...(exit === undefined ? {} : { exit }),
				},
				host('h', { doing: calling('end') }),
				inFlight(request('end', A0, sent)),
			],
			commits(FAILED),
		).broken;
	expect(sends(undefined, FAILED)).toBeNull();
	expect(sends('SIGKILL', { ...FAILED, exit: 137 })).toBe(
		'The agent on host "h" should end execution 0 of "a" as failed / test / signal SIGKILL, but it sent failed / test / exit code 137.',
	);
	expect(sends(undefined, { ...FAILED, exit: 1 })).toContain(
		'but it sent failed / test / exit code 1',
	);
	expect(sends(3, { ...FAILED, exit: 3 })).toBe(
		'execution 0 of "a" should end as failed / test / exit code 3, but it ended as failed / test.',
	);
});

it('expects no status of an agent that never started', () => {
	const ends: Scene = [
		{ kind: 'call-abandoned', host: 'h' },
		host('h', { doing: calling('end') }),
		inFlight(request('end', A0, FAILED)),
	];
	expect(judgeWith(...until('accepted'), ends).broken).toBeNull();
});

it('is violated when the app server ends an execution with another status', () => {
	expect(judgeWith(...until('callsEnd'), commits(SUCCESS)).broken).toBe(
		'execution 0 of "a" should end as failed / test, but it ended as success.',
	);
});

it('lets abort and monitor decide instead', () => {
	const aborts: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];
	const aborted: Details = { ...FAILED, type: null, description: 'aborted' };
	expect(judgeWith(...until('callsEnd'), aborts, commits(aborted)).broken).toBeNull();
	expect(judgeWith(...until('callsEnd'), aborts, commits(FAILED)).broken).toContain(
		'should end as failed / aborted',
	);
	const stale = (details: Details): Scene => [
		{ kind: 'monitor-runs' },
		task('a', { status: 'failed', details }),
	];
	expect(
		judgeWith(...until('runs'), stale({ ...FAILED, type: 'system', description: 'heartbeat' }))
			.broken,
	).toBeNull();
	expect(judgeWith(...until('runs'), stale(FAILED)).broken).toContain('heartbeat');
});

it('forgets what was posted when the agent lays the execution down', () => {
	const next: Scene = [
		{ kind: 'agent-dies', host: 'h' },
		host('h', { agent: 'dead', execution: null, doing: { kind: 'idle' } }),
	];
	const b: Scene = [
		{ kind: 'host-asks', host: 'h' },
		host('h', { agent: 'alive', execution: { task: 'b', execution: 0 }, doing: running('main') }),
	];
	expect(judgeWith(...until('runs'), posts('failed'), next, b, ends(SUCCESS)).broken).toBeNull();
});

/** A command of each type: that of setup, of main and of post. */
const typed = setupToJudge({
	project: {
		id: 'p',
		tasks: [{ name: 'test', commands: [{ command: 'x', type: 'setup' }] }],
		post: [{ command: 'y', type: 'system' }],
		post_error_fails_task: true,
	},
});
const fails = (in_: 'post' | 'end', exit?: Exit): Scene => [
	{ kind: 'command-ends', host: 'h', outcome: 'failed', ...(exit === undefined ? {} : { exit }) },
	host('h', { doing: in_ === 'post' ? running('post') : calling('end') }),
];
const sends = (details: Details): Scene => [
	{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
	host('h', { doing: calling('end') }),
	inFlight(request('end', A0, details)),
];
const typedBy = (type: Details['type'], more: Partial<Details> = {}): Details => ({
	...FAILED,
	type,
	...more,
});
const judgeTyped = (...scenes: Scene[]) =>
	judgeScenes(statusPrecedence, typed, [...until('runs'), ...scenes]).broken;

it('takes the type and the exit of the first command that failed the task', () => {
	const both: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'failed', exit: 5 },
		host('h', { doing: calling('end') }),
		inFlight(request('end', A0, typedBy('setup', { exit: 3 }))),
	];
	expect(judgeTyped(fails('post', 3), both)).toBeNull();
	expect(
		judgeTyped(fails('post', 3), [
			...both,
			inFlight(request('end', A0, typedBy('system', { exit: 5 }))),
		]),
	).toContain('as failed / setup / exit code 3, but it sent failed / system / exit code 5');
	expect(
		judgeTyped(fails('post', 3), posts('failed'), sends(typedBy('system', { exit: 3 }))),
	).toBeNull();
	expect(judgeTyped(fails('post', 3), posts('failed'), sends(typedBy('system')))).toContain(
		'but it sent failed / system.',
	);
});

it('takes the type of a failure that is posted, else that of the command which runs then', () => {
	const posting = (type: 'test' | undefined): Scene => [
		{
			kind: 'status-posted',
			host: 'h',
			posted: { status: 'failed', should_continue: true, ...(type === undefined ? {} : { type }) },
		},
	];
	expect(judgeTyped(posting('test'), sends(typedBy('test')))).toBeNull();
	expect(judgeTyped(posting('test'), sends(typedBy('setup')))).toContain('as failed / test');
	expect(judgeTyped(posting(undefined), sends(typedBy('setup')))).toBeNull();
	expect(judgeTyped(fails('post'), posting(undefined), sends(typedBy('system')))).toBeNull();
	expect(judgeTyped(posting(undefined), sends(typedBy('test')))).toContain('as failed / setup');
});

it('takes what the script of a flagged command posted before it failed', () => {
	const script = (posted: { status: string; type?: 'system' }, sent: Details): Scene[] => [
		...until('runs'),
		[
			{ kind: 'command-ends', host: 'h', outcome: 'failed' },
			host('h', {
				doing: running('post'),
				posted: { ...posted, should_continue: false, retryable: true },
			}),
		],
		sends(sent),
	];
	expect(judgeWith(...script({ status: 'success' }, SUCCESS)).broken).toBeNull();
	expect(judgeWith(...script({ status: 'success' }, FAILED)).broken).toContain(
		'should end execution 0 of "a" as success, but it sent failed / test',
	);
	expect(judgeWith(...script({ status: 'failed' }, FAILED)).broken).toBeNull();
	expect(
		judgeWith(...script({ status: 'failed', type: 'system' }, typedBy('system'))).broken,
	).toBeNull();
	expect(judgeWith(...script({ status: 'failed', type: 'system' }, FAILED)).broken).toContain(
		'as failed / system, but it sent failed / test',
	);
	const unasked: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'failed' },
		host('h', { doing: running('post'), posted: { status: 'success', should_continue: false } }),
	];
	expect(judgeWith(...until('runs'), unasked, sends(FAILED)).broken).toBeNull();
});

it('remembers of one host what another one forgets', () => {
	const other: Scene = [
		{ kind: 'command-ends', host: 'g', outcome: 'failed' },
		host('g', { execution: { task: 'b', execution: 0 }, doing: running('post') }),
	];
	const lays: Scene = [
		{ kind: 'agent-dies', host: 'g' },
		host('g', { agent: 'dead', execution: null, doing: { kind: 'idle' } }),
	];
	const onG: Scene = [
		{ kind: 'host-asks', host: 'g' },
		host('g', { execution: { task: 'b', execution: 0 }, doing: running('main') }),
	];
	const both = [...until('runs'), onG, posts('failed'), other, lays];
	expect(judgeWith(...both, ends(FAILED)).broken).toBeNull();
	expect(judgeWith(...both, ends(SUCCESS)).broken).toContain('as failed / test');
	const first = [...until('runs'), onG, other, posts('failed'), lays];
	expect(judgeWith(...first, ends(SUCCESS)).broken).toContain('as failed / test');
	const well: Scene = [
		{ kind: 'command-ends', host: 'g', outcome: 'succeeded' },
		host('g', { doing: calling('end') }),
		inFlight({ ...request('end', { task: 'b', execution: 0 }, SUCCESS), host: 'g' }),
	];
	expect(judgeWith(...until('runs'), onG, posts('failed'), well).broken).toBeNull();
	expect(judgeWith(...until('runs'), onG, other, well).broken).toContain(
		'The agent on host "g" should end execution 0 of "b" as failed / test, but it sent success.',
	);
});

it('looks at the end that is sent, among other messages', () => {
	const among = (sent: Details): Scene => [
		ends(sent)[0],
		host('h', { doing: calling('end') }),
		inFlight(
			request('end', { task: 'a', execution: 0 }, typedBy('system')),
			request('end', A0, sent),
			{ ...request('end', { task: 'b', execution: 0 }, typedBy('setup')), host: 'g' },
			request('heartbeat', A0),
			reply('end', A0, 200, 'ok'),
		),
	];
	expect(judgeWith(...until('runs'), among(SUCCESS)).broken).toBeNull();
	expect(judgeWith(...until('runs'), among(FAILED)).broken).toContain('but it sent failed / test');
});

it('says nothing of what an aborted run reports, archived or not', () => {
	const aborts: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];
	expect(judgeWith(...until('runs'), aborts, ends(FAILED)).broken).toBeNull();
	const archives = (aborted: boolean): Scene => [
		{ kind: 'monitor-runs' },
		task('a', {
			...restartedA,
			history: [
				{ ...archivedA0, aborted, details: typedBy('system', { description: 'heartbeat' }) },
			],
		}),
	];
	expect(judgeWith(...until('runs'), archives(false), ends(FAILED)).broken).toContain(
		'should end execution 0 of "a" as success',
	);
	expect(judgeWith(...until('runs'), aborts, archives(true)).broken).toContain(
		'should end as failed / aborted',
	);
	const overruled: Scene = [
		{ kind: 'monitor-runs' },
		task('a', {
			...restartedA,
			history: [
				{ ...archivedA0, aborted: true, details: typedBy(null, { description: 'aborted' }) },
			],
		}),
	];
	expect(judgeWith(...until('runs'), aborts, overruled, ends(FAILED)).broken).toBeNull();
});

it('keeps the time-out with which an agent ends, and none of what was lost or aborted', () => {
	const timedOut = typedBy('test', { timed_out: 'exec' });
	const timesOut: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'timed-out-exec' },
		host('h', { doing: calling('end') }),
		inFlight(request('end', A0, timedOut)),
	];
	const story = [...until('runs'), timesOut];
	expect(judgeWith(...story, commits(timedOut)).broken).toBeNull();
	expect(judgeWith(...story, commits(FAILED)).broken).toContain(
		'should end with the time-out exec, but it ended with null',
	);
	const aborts: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];
	const aborted = typedBy(null, { description: 'aborted' });
	expect(judgeWith(...story, aborts, commits(aborted)).broken).toBeNull();
	expect(judgeWith(...story, aborts, commits({ ...aborted, timed_out: 'exec' })).broken).toContain(
		'should end with the time-out null, but it ended with exec',
	);
	const lost: Details = typedBy('system', { description: 'heartbeat', timed_out: 'exec' });
	expect(
		judgeWith(...story, [{ kind: 'monitor-runs' }, task('a', { status: 'failed', details: lost })])
			.broken,
	).toContain('should end with the time-out null');
});

it('says nothing of an end for which nobody asked: that is no matter of the status', () => {
	const ended = task('a', { status: 'failed', details: FAILED, ended_minute: 0 });
	expect(judgeWith(...until('runs'), [{ kind: 'heartbeat-sent', host: 'h' }, ended])).toMatchObject(
		{
			broken: null,
			exercised: 0,
		},
	);
});

it('tells apart what an end puts to the test', () => {
	const at = (...scenes: Scene[]) => halvesAt(statusPrecedence, setup, scenes);
	const posted = (status: string): Scene => [
		posts(status)[0],
		host('h', { posted: { status, should_continue: true } }),
	];
	expect(at(...until('runs'), ends(SUCCESS))).toEqual(['succeeded']);
	expect(at(...until('callsEnd'))).toEqual(['failed']);
	expect(at(...until('runs'), posted('success'), ends(SUCCESS))).toEqual(['posted']);
	expect(at(...until('runs'), posted('failed'), ends(FAILED))).toEqual(['posted']);
	expect(at(...until('runs'), posted('banana'), ends(INVALID))).toEqual(['invalid']);
	expect(at(...until('callsEnd'), commits(FAILED))).toEqual(['reported']);
	const lost: Details = typedBy('system', { description: 'heartbeat' });
	const monitor: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'failed', details: lost })];
	expect(at(...until('runs'), monitor)).toEqual(['lost']);
	const aborts: Scene = [
		{ kind: 'user-aborts', task: 'a' },
		task('a', { aborted: true }),
		answer(200, 'ok'),
		seen({ version: 'started' }),
	];
	const aborted = typedBy(null, { description: 'aborted' });
	expect(at(...until('callsEnd'), aborts)).toEqual([]);
	expect(at(...until('callsEnd'), aborts, commits(aborted))).toEqual(['aborted']);
	expect(
		at(...until('runs'), aborts, [
			{ kind: 'monitor-runs' },
			task('a', { status: 'failed', details: aborted }),
		]),
	).toEqual(['aborted']);
});
