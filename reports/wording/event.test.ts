import { describe, expect, test } from 'vitest';
import { Event, KINDS } from '../../model/vocabulary/events/event.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { sayEvent, sayExecution, sayPosition } from './event.ts';

const position = { block: 'main', step: 1, member: null } as const;
const host = 'h1';

const SAID: [Event, string][] = [
	[{ kind: 'host-asks', host }, 'h1 asks for work'],
	[{ kind: 'command-ends', host, outcome: 'succeeded' }, 'the command on h1 succeeded'],
	[{ kind: 'command-ends', host, outcome: 'failed' }, 'the command on h1 failed'],
	[{ kind: 'command-ends', host, outcome: 'panicked' }, 'the command on h1 panicked'],
	[
		{ kind: 'command-ends', host, outcome: 'timed-out-idle' },
		'the command on h1 hits its idle time limit',
	],
	[{ kind: 'background-fails', host, position }, 'the background command main 2 on h1 fails'],
	[
		{ kind: 'background-fails', host, position: { ...position, member: 0 } },
		'the background command main 2.1 on h1 fails',
	],
	[
		{ kind: 'background-fails', host, position, exit: 'SIGSEGV' },
		'the background command main 2 on h1 fails with signal SIGSEGV',
	],
	[
		{ kind: 'command-ends', host, outcome: 'failed', exit: 3 },
		'the command on h1 failed with exit code 3',
	],
	[
		{ kind: 'status-posted', host, posted: { status: 'success', should_continue: false } },
		'a process on h1 posts the end status "success"',
	],
	[
		{ kind: 'status-posted', host, posted: { status: 'odd', should_continue: true } },
		'a process on h1 posts the end status "odd" and goes on',
	],
	[
		{
			kind: 'status-posted',
			host,
			posted: {
				status: 'failed',
				should_continue: true,
				remarks: { desc: 'no disk', tags: ['disk'] },
			},
		},
		'a process on h1 posts the end status "failed", saying "no disk", tagged "disk", and goes on',
	],
	[{ kind: 'heartbeat-sent', host }, 'h1 sends a heartbeat'],
	[{ kind: 'call-retried', host }, 'h1 has no answer and sends its call again'],
	[{ kind: 'call-abandoned', host }, 'h1 gives up its call'],
	[{ kind: 'agent-dies', host }, 'the agent on h1 dies'],
	[{ kind: 'agent-returns', host }, 'a new agent starts on h1'],
	[
		{ kind: 'message-delivered', message: { leg: 'request', route: 'next' } },
		'delivered: next request',
	],
	[
		{
			kind: 'message-delivered',
			message: { leg: 'reply', route: 'mark', host, task: 't1', execution: 2, outcome: 'granted' },
		},
		'delivered: mark reply (granted) of t1/2 to h1',
	],
	[
		{
			kind: 'message-lost',
			message: { leg: 'request', route: 'end', host, task: 't1', awaited: false },
		},
		'lost: late end request of t1 from h1',
	],
	[
		{
			kind: 'message-repeated',
			message: { leg: 'request', route: 'next', task: null, execution: null, outcome: null },
		},
		'repeated: next request',
	],
	[{ kind: 'server-crashes' }, 'the app server crashes'],
	[
		{ kind: 'server-crashes', message: { leg: 'request', route: 'end' } },
		'the app server crashes before its first commit for the end request',
	],
	[
		{ kind: 'server-crashes', message: { leg: 'request', route: 'end' }, commit: 'after' },
		'the app server crashes after its first commit for the end request',
	],
	[{ kind: 'server-returns' }, 'the app server comes back'],
	[
		{ kind: 'user-restarts-when-finished', task: 't1', execution: 1 },
		'a user restarts t1/1 when it is finished',
	],
	[
		{
			kind: 'user-restarts-when-finished',
			task: 'd1',
			execution: 0,
			failed_only: true,
			abort: true,
		},
		'a user restarts what failed in d1/0 when it is finished, and aborts what runs of it',
	],
	[{ kind: 'user-restarts-version' }, 'a user restarts the version when it is finished'],
	[
		{ kind: 'user-restarts-version', failed_only: true },
		'a user restarts what failed in the version when it is finished',
	],
	[{ kind: 'user-aborts-version' }, 'a user aborts the version'],
	[
		{
			kind: 'policy-changes',
			policy: {
				max_automatic_restarts: 2,
				daily_limit: 0,
				execution_cap: 9,
				restart_system_failed: true,
			},
		},
		'an admin changes the policy: max 2, limit 0, cap 9, what is lost is repaired',
	],
	[{ kind: 'host-comes', host }, 'the host h1 comes'],
	[{ kind: 'host-goes', host }, 'the host h1 is taken away'],
	[{ kind: 'monitor-runs' }, 'the monitor runs'],
	[{ kind: 'user-aborts', task: 't1' }, 'a user aborts t1'],
	[{ kind: 'user-restarts', task: 't1', execution: 0 }, 'a user restarts t1/0'],
	[
		{ kind: 'user-restarts', task: 'd1', execution: 1, failed_only: true },
		'a user restarts what failed in d1/1',
	],
	[{ kind: 'hours-pass', hours: 1 }, 'an hour passes'],
	[{ kind: 'hours-pass', hours: 24 }, '24 hours pass'],
	[{ kind: 'host-unreachable', host }, 'an hour passes in which h1 reaches nobody'],
	[{ kind: 'host-unreachable', host, minutes: 1 }, 'a minute passes in which h1 reaches nobody'],
	[{ kind: 'host-unreachable', host, minutes: 6 }, '6 minutes pass in which h1 reaches nobody'],
	[{ kind: 'minutes-pass', minutes: 1 }, 'a minute passes'],
	[{ kind: 'minutes-pass', minutes: 7 }, '7 minutes pass'],
	[
		{ kind: 'request-forged', route: 'mark', task: 't1', host, credentials: 'other-task' },
		'somebody forges a mark of t1 as h1 (other-task)',
	],
	[
		{
			kind: 'held',
			begun: { kind: 'message-delivered', message: { leg: 'request', route: 'mark' } },
		},
		'delivered: mark request, and is held before its first change',
	],
	[
		{ kind: 'held', begun: { kind: 'monitor-runs' } },
		'the monitor runs, and is held before its first change',
	],
	[
		{ kind: 'goes-on', handler: { route: 'end', task: 't1', execution: 0, host } },
		'the end handler of t1/0 from h1 goes on',
	],
	[{ kind: 'goes-on', handler: { route: 'monitor' } }, 'the monitor goes on'],
	[
		{ kind: 'held', begun: { kind: 'user-aborts-version', version: 'v2' } },
		'a user aborts the version v2, and is held before its first change',
	],
	[
		{ kind: 'goes-on', handler: { route: 'abort-version', version: 'v2' } },
		'the abort-version handler of v2 goes on',
	],
];

test.each(SAID)('%j is said', (event, said) => {
	expect(Event.parse(event)).toEqual(event);
	expect(sayEvent(event)).toBe(said);
});

test('every kind of event is among them', () => {
	expect([...new Set(SAID.map(([{ kind }]) => kind))].sort()).toEqual([...KINDS].sort());
});

test('an execution is said as people write it', () => {
	expect(sayExecution({ task: 'compile', execution: 3 })).toBe('compile/3');
});

describe('a position', () => {
	const setup = Setup.parse({
		project: {
			id: 'p',
			tasks: [
				{
					name: 'a',
					commands: [
						{ command: 'make' },
						{ command: 'sh', display_name: 'tidy' },
						{ func: 'f' },
						{ func: 'constructor' },
					],
				},
			],
			functions: { f: [{ command: 'x' }, { command: 'y', display_name: 'fetch' }] },
			pre: [{ command: 'clone' }],
		},
		tasks: [{ id: 't1', task: 'a', variant: 'v' }],
		hosts: ['h1'],
	});

	test.each<[Parameters<typeof sayPosition>[2], string]>([
		[{ block: 'main', step: 0, member: null }, 'main 1 make'],
		[{ block: 'main', step: 1, member: null }, 'main 2 tidy'],
		[{ block: 'main', step: 2, member: 0 }, 'main 3.1 f › x'],
		[{ block: 'main', step: 2, member: 1 }, 'main 3.2 f › fetch'],
		[{ block: 'main', step: 2, member: 9 }, 'main 3.10 f › '],
		[{ block: 'main', step: 3, member: 0 }, 'main 4.1 constructor › '],
		[{ block: 'pre', step: 0, member: null }, 'pre 1 clone'],
		[{ block: 'pre', step: 4, member: null }, 'pre 5'],
		[{ block: 'post', step: 0, member: 2 }, 'post 1.3'],
	])('%j is said with its command', (given, said) => {
		expect(sayPosition(setup, 't1', given)).toBe(said);
	});

	describe('in the blocks of a group', () => {
		const grouped = Setup.parse({
			project: {
				id: 'p',
				tasks: [
					{ name: 'a', commands: [] },
					{ name: 'b', commands: [] },
				],
				functions: { f: [{ command: 'x' }, { command: 'y' }] },
				timeout: [{ command: 'of the project' }],
				task_groups: [
					{
						name: 'g',
						tasks: ['a', 'b'],
						setup_group: [{ command: 'begin' }],
						setup_task: [{ func: 'f' }],
						timeout: [{ command: 'of the group' }],
						teardown_task: [{ command: 'sweep' }],
						teardown_group: [{ command: 'leave' }],
					},
					{ name: 'h', tasks: ['b'] },
				],
			},
			tasks: [
				{ id: 't1', task: 'a', variant: 'v', group: 'g' },
				{ id: 't2', task: 'b', variant: 'v', group: 'h' },
			],
			hosts: ['h1'],
		});
		test.each<[Parameters<typeof sayPosition>[1], Parameters<typeof sayPosition>[2], string]>([
			['t1', { block: 'setup_group', step: 0, member: null }, 'setup_group 1 begin'],
			['t1', { block: 'setup_task', step: 0, member: 1 }, 'setup_task 1.2 f › y'],
			['t1', { block: 'timeout', step: 0, member: null }, 'timeout 1 of the group'],
			['t2', { block: 'timeout', step: 0, member: null }, 'timeout 1 of the project'],
			['t1', { block: 'teardown_task', step: 0, member: null }, 'teardown_task 1 sweep'],
			[null, { block: 'teardown_group', step: 0, member: null }, 'teardown_group 1 leave'],
			['t2', { block: 'setup_group', step: 0, member: null }, 'setup_group 1'],
		])('of %s, %j is said with its command', (task, given, said) => {
			expect(sayPosition(grouped, task, given, 'g')).toBe(said);
		});
	});

	test('of a task that is not known is said without a command', () => {
		expect(sayPosition(setup, null, { block: 'main', step: 0, member: null })).toBe('main 1');
	});
});
