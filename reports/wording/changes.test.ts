import { describe, expect, test } from 'vitest';
import type {
	ArchivedExecution,
	HostObservation,
	Observation,
	TaskObservation,
} from '../../model/vocabulary/observation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { sayChanges } from './changes.ts';
import { sayStates } from './states.ts';

const SETUP = Setup.parse({
	project: { id: 'p', tasks: [{ name: 'a', commands: [{ command: 'make' }] }] },
	tasks: [{ id: 't1', task: 'a', variant: 'v' }],
	display_tasks: [],
	hosts: ['h1'],
});
const TASK: TaskObservation = {
	id: 't1',
	status: 'undispatched',
	execution: 0,
	started_by: { by: 'schedule' },
	secret: 0,
	host: null,
	aborted: false,
	mark: 'none',
	held: null,
	restart_pending: false,
	repair_pending: false,
	automatic_restarts: 0,
	dispatched_minute: null,
	ended_minute: null,
	details: null,
	history: [],
};
const HOST: HostObservation = {
	id: 'h1',
	agent: 'alive',
	execution: null,
	group: null,
	doing: { kind: 'idle' },
	background: [],
	posted: null,
	assigned: null,
};
const SEEN: Observation = {
	minute: 0,
	server: 'up',
	tasks: [TASK],
	display_tasks: [],
	version: 'created',
	hosts: [HOST],
	messages: [],
	in_hand: [],
	policy: {
		max_automatic_restarts: 1,
		daily_limit: 200,
		execution_cap: 9,
		restart_system_failed: false,
	},
	quota_used: 0,
	answer: null,
	ignored_flags: [],
};
const MESSAGE = {
	leg: 'reply',
	route: 'mark',
	host: 'h1',
	task: 't1',
	execution: 0,
	outcome: 'granted',
	status: 200,
	details: null,
	awaited: true,
} as const;
const ENDED = { status: 'failed', type: null, description: '', timed_out: null } as const;
const HELD = { task: 't1', execution: 0 };

const task = (
	change: Partial<TaskObservation>,
	from: Partial<TaskObservation> = {},
): [Observation, Observation] => [
	{ ...SEEN, tasks: [{ ...TASK, ...from }] },
	{ ...SEEN, tasks: [{ ...TASK, ...from, ...change }] },
];
const host = (
	change: Partial<HostObservation>,
	from: Partial<HostObservation> = {},
): [Observation, Observation] => [
	{ ...SEEN, hosts: [{ ...HOST, ...from }] },
	{ ...SEEN, hosts: [{ ...HOST, ...from, ...change }] },
];
const seen = (
	change: Partial<Observation>,
	from: Partial<Observation> = {},
): [Observation, Observation] => [
	{ ...SEEN, ...from },
	{ ...SEEN, ...from, ...change },
];

describe('what changed is said:', () => {
	test.each<[string, [Observation, Observation]]>([
		['t1/0 is dispatched to h1', task({ status: 'dispatched', host: 'h1' })],
		['t1/0 is started', task({ status: 'started', host: 'h1' })],
		['t1/0 is success', task({ status: 'success', details: { ...ENDED, status: 'success' } })],
		[
			't1/0 is failed (system, heartbeat)',
			task({ status: 'failed', details: { ...ENDED, type: 'system', description: 'heartbeat' } }),
		],
		[
			't1/0 is failed (test, exec time limit)',
			task({ status: 'failed', details: { ...ENDED, type: 'test', timed_out: 'exec' } }),
		],
		[
			't1/1 waits for a host, restarted by the mark of t1/0',
			task({ execution: 1, started_by: { by: 'mark', ...HELD }, status: 'undispatched' }),
		],
		[
			't1/1 waits for a host, restarted by a user',
			task({ execution: 1, started_by: { by: 'user' } }),
		],
		['t1/1 waits for a host, restarted by schedule', task({ execution: 1 })],
		[
			't1/1 waits for a host, restarted by the system',
			task({ execution: 1, started_by: { by: 'system' } }),
		],
		[
			't1/1 waits for other tasks, restarted by a user',
			task({ execution: 1, started_by: { by: 'user' }, held: 'waiting' }),
		],
		['t1/0 waits for other tasks', task({ held: 'waiting' })],
		['t1/0 is blocked by a failure', task({ held: 'blocked' }, { held: 'waiting' })],
		['t1/0 is not scheduled', task({ held: 'inactive' })],
		['t1/0 waits for a host', task({ held: null }, { held: 'blocked' })],
		['t1/0 will be restarted by the system', task({ repair_pending: true })],
		[
			'the display task d1 is started',
			seen(
				{ display_tasks: [{ id: 'd1', status: 'started', execution: 0 }] },
				{ display_tasks: [{ id: 'd1', status: 'undispatched', execution: 0 }] },
			),
		],
		[
			'the display task d1 has been restarted 2 times',
			seen(
				{ display_tasks: [{ id: 'd1', status: 'started', execution: 2 }] },
				{ display_tasks: [{ id: 'd1', status: 'started', execution: 1 }] },
			),
		],
		[
			'the version is started',
			seen({ version: 'started', tasks: [TASK, TASK] }, { tasks: [TASK, TASK] }),
		],
		['h1 is set up for the group g on v', host({ group: { group: 'g', variant: 'v' } })],
		[
			'h1 has left the group g on v',
			host({ group: null }, { group: { group: 'g', variant: 'v' } }),
		],
		['t1/0 is aborted', task({ aborted: true })],
		[
			't1/0 said "no disk", tagged "disk" and "slow"',
			task({ remarks: { desc: 'no disk', tags: ['disk', 'slow'] } }),
		],
		['t1/0 said nothing, tagged "disk"', task({ remarks: { tags: ['disk'] } })],
		['t1/0 said nothing', task({ remarks: undefined }, { remarks: { desc: 'no disk' } })],
		['t1/0 mark: granted', task({ mark: 'granted' })],
		['t1/0 will restart when it ends', task({ restart_pending: true })],
		['t1/0 will not restart', task({ restart_pending: false }, { restart_pending: true })],
		['t1 has used 1 automatic restart', task({ automatic_restarts: 1 })],
		['h1 has no agent', host({ agent: 'dead' })],
		[
			'h1 is idle',
			host({ doing: { kind: 'idle' } }, { doing: { kind: 'calling', route: 'next', sent: 1 } }),
		],
		['h1 calls next', host({ doing: { kind: 'calling', route: 'next', sent: 1 } })],
		[
			'h1 calls end of t1/0 for the 2nd time',
			host({ execution: HELD, doing: { kind: 'calling', route: 'end', sent: 2 } }),
		],
		[
			'h1 calls end of t1/0 for the 3rd time',
			host({ execution: HELD, doing: { kind: 'calling', route: 'end', sent: 3 } }),
		],
		[
			'h1 calls end of t1/0 for the 10th time',
			host({ execution: HELD, doing: { kind: 'calling', route: 'end', sent: 10 } }),
		],
		[
			'h1 runs main 1 make of t1/0',
			host({
				execution: HELD,
				doing: { kind: 'running', position: { block: 'main', step: 0, member: null } },
			}),
		],
		[
			'h1 runs main 1',
			host({ doing: { kind: 'running', position: { block: 'main', step: 0, member: null } } }),
		],
		['slots in use: 2', seen({ quota_used: 2 })],
		['the app server is down', seen({ server: 'down' })],
		[
			'the server answers 429 refused_quota',
			seen({ answer: { outcome: 'refused_quota', status: 429 } }),
		],
		['in flight: mark reply granted', seen({ messages: [MESSAGE] })],
		[
			'in flight: mark request, mark reply granted',
			seen({ messages: [{ ...MESSAGE, leg: 'request', outcome: null, status: null }, MESSAGE] }),
		],
		['nothing is in flight', seen({ messages: [] }, { messages: [MESSAGE] })],
	])('%s', (said, [before, after]) => {
		expect(sayChanges(SETUP, before, after)).toEqual([said]);
	});

	test('nothing, where nothing did', () => {
		expect(sayChanges(SETUP, SEEN, SEEN)).toEqual([]);
		expect(sayChanges(SETUP, SEEN, structuredClone(SEEN))).toEqual([]);
	});

	test('all of it, the answer first; messages only where there is nothing else', () => {
		const after: Observation = {
			...SEEN,
			answer: { outcome: 'granted', status: 200 },
			tasks: [{ ...TASK, mark: 'granted', restart_pending: true, automatic_restarts: 1 }],
			messages: [MESSAGE],
			quota_used: 1,
		};
		expect(sayChanges(SETUP, SEEN, after)).toEqual([
			'the server answers 200 granted',
			't1/0 mark: granted',
			't1/0 will restart when it ends',
			't1 has used 1 automatic restart',
			'slots in use: 1',
		]);
	});

	test('of a restart the new execution alone, not what it no longer is', () => {
		const [before, after] = task(
			{
				execution: 1,
				mark: 'none',
				held: null,
				restart_pending: false,
				repair_pending: false,
				aborted: false,
				status: 'undispatched',
			},
			{ mark: 'granted', restart_pending: true, aborted: true, status: 'failed' },
		);
		expect(sayChanges(SETUP, before, after)).toEqual([
			't1/1 waits for a host, restarted by schedule',
		]);
	});
});

describe('what was said in an execution', () => {
	const SAID = { desc: 'no disk', tags: ['disk'] };
	const PAST: ArchivedExecution = {
		...{
			execution: 0,
			started_by: { by: 'schedule' },
			host: 'h1',
			mark: 'granted',
			aborted: false,
		},
		...{ dispatched_minute: 0, ended_minute: 1, details: ENDED, remarks: SAID },
	};
	const RENEWED = { execution: 1, status: 'undispatched', history: [PAST] } as const;
	const RESTARTED = 't1/1 waits for a host, restarted by schedule';

	test('is told once: when it ends, or when it is restarted at once', () => {
		const atOnce = sayChanges(SETUP, ...task(RENEWED, { status: 'started' }));
		expect(atOnce).toEqual([RESTARTED, 't1/0 said "no disk", tagged "disk"']);
		const later = sayChanges(
			SETUP,
			...task({ ...RENEWED, remarks: undefined }, { status: 'failed', remarks: SAID }),
		);
		expect(later).toEqual([RESTARTED]);
	});

	test('is told of the next one, too, where it is left over', () => {
		const [before, after] = task(RENEWED, { status: 'failed', remarks: SAID });
		expect(sayChanges(SETUP, before, after)).toEqual([
			RESTARTED,
			't1/1 said "no disk", tagged "disk"',
		]);
	});

	test('can be expected: of what runs, and of what is past', () => {
		const [, seen] = task(RENEWED);
		expect(sayStates(SETUP, seen)).toEqual(
			expect.arrayContaining(['t1/0 said "no disk", tagged "disk"', 't1/1 said nothing']),
		);
	});
});

test('of further projects and versions it is said which one it is', () => {
	const setup = Setup.parse({
		...SETUP,
		tasks: [...SETUP.tasks, { id: 't2', task: 'a', variant: 'v', version: 'second' }],
		display_tasks: undefined,
		other_versions: [{ id: 'second', project: { id: 'q' } }],
	});
	const before: Observation = {
		...SEEN,
		tasks: [TASK, { ...TASK, id: 't2' }],
		other_versions: ['created'],
		other_projects: [{ policy: SEEN.policy, quota_used: 0 }],
	};
	const after: Observation = {
		...before,
		other_versions: ['started'],
		other_projects: [{ policy: { ...SEEN.policy, daily_limit: 3 }, quota_used: 1 }],
		hosts: [{ ...HOST, group: { group: 'g', variant: 'v', version: 'second' } }],
	};
	expect(sayChanges(setup, before, after)).toEqual([
		'the version second is started',
		'h1 is set up for the group g on v of second',
		'in force for q: max 1, limit 3, cap 9',
		'slots in use for q: 1',
	]);
});
