import { expect, it } from 'vitest';
import type { CommandOutcome } from '../vocabulary/command.ts';
import type { Event } from '../vocabulary/events/event.ts';
import type { Observation } from '../vocabulary/observation.ts';
import type { Block } from '../vocabulary/project.ts';
import { exitAt, failureAt, type Unnoticed, unnoticedAfter } from './failures.ts';
import { A0, running } from './testing/flaky.ts';
import { groupOf, host, resting, setupToJudge } from './testing/seen.ts';

const setup = setupToJudge({
	project: {
		id: 'p',
		pre: [{ command: 'prepare' }],
		tasks: [
			{
				name: 'test',
				commands: [{ command: 'server', background: true }, { command: 'one' }, { command: 'two' }],
			},
		],
	},
});
const server = { block: 'main', step: 0, member: null } as const;
const inMain = (step: number): Observation =>
	host('h', { execution: A0, doing: running('main', step), background: [server] })(resting(setup));
const moment = (event: Event, before: Observation, after: Observation) => ({
	setup,
	event,
	before,
	after,
});
const ends = (outcome: CommandOutcome): Event => ({
	kind: 'command-ends',
	host: 'h',
	outcome,
});
const fails: Event = { kind: 'background-fails', host: 'h', position: server };

it('notices a background failure when the foreground command succeeds', () => {
	const unnoticed = unnoticedAfter(null, moment(fails, inMain(1), inMain(1)));
	expect(unnoticed).toEqual([{ position: server }, null]);
	const end = moment(ends('succeeded'), inMain(1), resting(setup));
	expect(failureAt(unnoticed, end)?.name).toBe('server');
	expect(failureAt(null, end)).toBeNull();
});

it('forgets it when the foreground command itself fails, or the agent does anything else', () => {
	const unnoticed: Unnoticed = [{ position: server }, null];
	const end = moment(ends('failed'), inMain(1), inMain(2));
	expect(failureAt(unnoticed, end)?.name).toBe('one');
	expect(unnoticedAfter(unnoticed, end)).toBeNull();
	const other = moment({ kind: 'agent-dies', host: 'h' }, inMain(1), resting(setup));
	expect(unnoticedAfter(unnoticed, other)).toBeNull();
});

it('keeps it, and the first one only, while the foreground command runs', () => {
	const unnoticed: Unnoticed = [{ position: server }, null];
	expect(unnoticedAfter(unnoticed, moment(fails, inMain(1), inMain(1)))).toBe(unnoticed);
	const beats = moment({ kind: 'heartbeat-sent', host: 'h' }, inMain(1), inMain(1));
	expect(unnoticedAfter(unnoticed, beats)).toBe(unnoticed);
	expect(unnoticedAfter(null, beats)).toBeNull();
});

it('does not remember a failure in a block that cannot fail the task', () => {
	const position = { ...server, block: 'pre' } as const;
	expect(unnoticedAfter(null, moment({ ...fails, position }, inMain(1), inMain(1)))).toBeNull();
});

it('keeps it while commands fail that cannot fail the task, and work goes on', () => {
	const grouped = groupOf({
		setup_group: [{ command: 'server', background: true }],
		setup_task: [{ command: 'one' }, { command: 'two' }],
		setup_group_can_fail_task: true,
	});
	const position = { ...server, block: 'setup_group' } as const;
	const at = (block: Block, step: number) =>
		host('h', { execution: A0, doing: running(block, step) })(resting(grouped));
	const of = (event: Event, before: Observation, after: Observation) => ({
		...moment(event, before, after),
		setup: grouped,
	});
	const one = at('setup_task', 0);
	const unnoticed = unnoticedAfter(null, of({ ...fails, position }, one, one));
	expect(unnoticed).toEqual([{ position }, null]);
	const goesOn = of(ends('failed'), one, at('setup_task', 1));
	expect(failureAt(unnoticed, goesOn)).toBeNull();
	expect(unnoticedAfter(unnoticed, goesOn)).toBe(unnoticed);
	const stops = of(ends('timed-out-block'), one, at('main', 0));
	expect(unnoticedAfter(unnoticed, stops)).toBe(unnoticed);
	const over = of(ends('timed-out-block'), one, at('teardown_task', 0));
	expect(unnoticedAfter(unnoticed, over)).toBeNull();
	const succeeds = of(ends('succeeded'), at('setup_task', 1), at('teardown_task', 0));
	expect(failureAt(unnoticed, succeeds)?.name).toBe('server');
	expect(unnoticedAfter(unnoticed, succeeds)).toBeNull();
	const inGroup = of({ ...fails, position: { ...position, block: 'setup_task' } }, one, one);
	expect(unnoticedAfter(null, inGroup)).toBeNull();
});

it('keeps it while the agent asks for a restart in between, as long as main is not over', () => {
	const unnoticed: Unnoticed = [{ position: server }, null];
	const asks = (block: Block | null) =>
		host('h', {
			execution: A0,
			doing: {
				kind: 'calling',
				route: 'mark',
				sent: 1,
				...(block === null ? {} : { for: { block, step: 1, member: null } }),
			},
		})(resting(setup));
	const beat: Event = { kind: 'heartbeat-sent', host: 'h' };
	const kept = (block: Block | null) =>
		unnoticedAfter(unnoticed, moment(beat, inMain(1), asks(block)));
	expect(kept('main')).toBe(unnoticed);
	expect(kept('post')).toBeNull();
	expect(kept(null)).toBeNull();
});

it('keeps it of the execution that the agent holds, whatever ends elsewhere', () => {
	const unnoticed: Unnoticed = [{ position: server }, null];
	const other: Event = { kind: 'command-ends', host: 'g', outcome: 'succeeded' };
	expect(unnoticedAfter(unnoticed, moment(other, inMain(1), inMain(1)))).toBe(unnoticed);
	const again = host('h', { execution: { ...A0, execution: 1 } })(inMain(1));
	const beat: Event = { kind: 'heartbeat-sent', host: 'h' };
	expect(unnoticedAfter(unnoticed, moment(beat, inMain(1), again))).toBeNull();
	const leaves = host('h', { execution: null })(inMain(1));
	expect(unnoticedAfter(unnoticed, moment(beat, leaves, leaves))).toBeNull();
	expect(unnoticedAfter(unnoticed, moment(ends('succeeded'), inMain(1), inMain(2)))).toBeNull();
});

it('remembers one on each host, and how its process ended', () => {
	const onG = host('g', {
		execution: { ...A0, task: 'b' },
		doing: running('main', 1),
		background: [server],
	})(inMain(1));
	const first: Unnoticed = [{ position: server }, null];
	const failsOnG: Event = { ...fails, host: 'g' };
	expect(unnoticedAfter(first, moment(failsOnG, onG, onG))).toEqual([
		{ position: server },
		{ position: server },
	]);
	const exited: Event = { ...fails, exit: 3 };
	const known = unnoticedAfter(null, moment(exited, inMain(1), inMain(1)));
	expect(known).toEqual([{ position: server, exit: 3 }, null]);
	expect(exitAt(known, moment(ends('succeeded'), inMain(1), inMain(2)))).toBe(3);
	expect(exitAt(null, moment(ends('succeeded'), inMain(1), inMain(2)))).toBeUndefined();
	expect(exitAt([null, null], moment(ends('succeeded'), inMain(1), inMain(2)))).toBeUndefined();
	const end: Event = { kind: 'command-ends', host: 'h', outcome: 'failed', exit: 'SIGKILL' };
	expect(exitAt(known, moment(end, inMain(1), inMain(2)))).toBe('SIGKILL');
	expect(exitAt(known, moment(fails, inMain(1), inMain(1)))).toBeUndefined();
});

it('finds no failure where nothing runs', () => {
	const calls = host('h', { execution: A0, doing: { kind: 'calling', route: 'mark', sent: 1 } })(
		inMain(1),
	);
	expect(failureAt([{ position: server }, null], moment(ends('failed'), calls, calls))).toBeNull();
	const none: Event = { kind: 'background-fails', host: 'g', position: server };
	expect(unnoticedAfter(null, moment(none, inMain(1), inMain(1)))).toBeNull();
});
