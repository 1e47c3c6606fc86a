import { expect, it } from 'vitest';
import type { Exit } from '../vocabulary/command.ts';
import type { Details } from '../vocabulary/message.ts';
import { statusPrecedence } from './status-precedence.ts';
import { A0, calling, FAILED, running, SUCCESS, until } from './testing/flaky.ts';
import {
	delivered,
	host,
	inFlight,
	judgeScenes,
	request,
	type Scene,
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
