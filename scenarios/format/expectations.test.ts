import { describe, expect, test } from 'vitest';
import type { Observation, TaskObservation } from '../../model/vocabulary/observation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { Expectation, mismatches } from './expectations.ts';

const task: TaskObservation = {
	id: 'compile',
	status: 'undispatched',
	execution: 1,
	started_by: { by: 'mark', task: 'compile', execution: 0 },
	secret: 1,
	host: null,
	aborted: false,
	mark: 'none',
	held: 'waiting',
	restart_pending: false,
	repair_pending: false,
	automatic_restarts: 1,
	dispatched_minute: null,
	ended_minute: null,
	details: null,
	history: [
		{
			execution: 0,
			started_by: { by: 'schedule' },
			host: 'h1',
			dispatched_minute: 0,
			ended_minute: 0,
			mark: 'granted',
			aborted: false,
			details: { status: 'failed', type: 'setup', description: '', timed_out: null },
		},
	],
};
const seen: Observation = {
	minute: 0,
	server: 'up',
	tasks: [task],
	display_tasks: [{ id: 'all', status: 'started', execution: 1 }],
	version: 'started',
	hosts: [
		{
			id: 'h1',
			agent: 'alive',
			execution: null,
			group: { group: 'g', variant: 'linux' },
			doing: { kind: 'calling', route: 'mark', sent: 2 },
			background: [{ block: 'main', step: 0, member: null }],
			posted: null,
			assigned: { task: 'compile', execution: 1 },
		},
	],
	messages: [],
	in_hand: [
		{
			route: 'mark',
			host: 'h1',
			task: 'compile',
			execution: 1,
			details: null,
			failed_only: false,
			awaited: true,
			commits: 0,
		},
	],
	policy: {
		max_automatic_restarts: 1,
		daily_limit: 200,
		execution_cap: 9,
		restart_system_failed: false,
	},
	quota_used: 1,
	answer: { outcome: 'granted', status: 200 },
	ignored_flags: [],
};

const setup = Setup.parse({
	project: { id: 'p', tasks: [{ name: 'compile', commands: [] }] },
	tasks: [{ id: 'compile', task: 'compile', variant: 'linux' }],
	hosts: ['h1'],
});

const said = (expectation: unknown): string[] =>
	mismatches(Expectation.parse(expectation), seen, setup);

describe('an expectation', () => {
	test.each([
		['nothing', {}],
		['some keys of a task', { tasks: { compile: { status: 'undispatched', execution: 1 } } }],
		['who started it, short', { tasks: { compile: { started_by: 'mark' } } }],
		[
			'who started it, in part',
			{ tasks: { compile: { started_by: { by: 'mark', execution: 0 } } } },
		],
		['a history of statuses', { tasks: { compile: { history: ['failed'] } } }],
		[
			'a history in part',
			{
				tasks: {
					compile: {
						history: [{ status: 'failed', started_by: 'schedule', details: { type: 'setup' } }],
					},
				},
			},
		],
		['no details', { tasks: { compile: { details: null } } }],
		[
			'a host',
			{ hosts: { h1: { doing: 'calling mark', background: [{ step: 0 }], execution: null } } },
		],
		['what holds a task', { tasks: { compile: { held: 'waiting', repair_pending: false } } }],
		['a display task', { display_tasks: { all: { status: 'started', execution: 1 } } }],
		['a version', { version: 'started' }],
		['the group of a host, short', { hosts: { h1: { group: 'g' } } }],
		['the group of a host', { hosts: { h1: { group: { group: 'g', variant: 'linux' } } } }],
		['an answer, short', { answer: 'granted' }],
		['an answer, in full', { answer: { outcome: 'granted', status: 200 } }],
		['a task, by its status alone', { tasks: { compile: 'undispatched' } }],
		['a task, by what holds it alone', { tasks: { compile: 'waiting' } }],
		['a display task, by its status alone', { display_tasks: { all: 'started' } }],
		['a host, by what it does alone', { hosts: { h1: 'calling mark' } }],
		['a host, by its agent alone', { hosts: { h1: 'alive' } }],
		[
			'executions and positions, as traces print them',
			{ hosts: { h1: { assigned: 'compile/1', background: ['main 1'] } } },
		],
		[
			'what is not',
			{
				quota_used: { not: 2 },
				answer: { not: 'ok' },
				tasks: {
					compile: {
						status: { not: 'failed' },
						started_by: { not: 'user' },
						history: [{ not: 'success' }],
					},
				},
				hosts: {
					h1: { doing: { not: 'idle' }, group: { not: 'h' }, assigned: { not: 'compile/0' } },
				},
			},
		],
		[
			'one of several',
			{
				answer: { any_of: ['ok', 'granted'] },
				tasks: { compile: { held: { any_of: ['blocked', 'waiting'] } } },
				hosts: { h1: { doing: { any_of: ['idle', 'calling mark'] } } },
			},
		],
		[
			'at least and at most',
			{
				quota_used: { at_least: 1 },
				tasks: {
					compile: { execution: { at_least: 0, at_most: 1 }, automatic_restarts: { at_most: 1 } },
				},
			},
		],
		[
			'a claim inside a list',
			{ tasks: { compile: { history: [{ mark: { any_of: ['granted', 'withdrawn'] } }] } } },
		],
		[
			'lines of a trace',
			{
				seen: [
					'compile/1 waits for other tasks',
					'slots in use: 1',
					'the server answers 200 granted',
				],
			},
		],
		['what is held, by a word', { in_hand: ['mark'] }],
		['what is held, in part', { in_hand: [{ task: 'compile', commits: 0 }] }],
		['the rest', { quota_used: 1, hour: 0, server: 'up', messages: [], ignored_flags: [] }],
	])('of %s is met', (_what, expectation) => {
		expect(said(expectation)).toEqual([]);
	});

	test.each([
		[
			{ tasks: { compile: { status: 'failed' } } },
			'task compile: status is undispatched, expected failed',
		],
		[
			{ tasks: { compile: { mark: 'granted', aborted: false } } },
			'task compile: mark is none, expected granted',
		],
		[
			{ tasks: { compile: { started_by: 'user' } } },
			'task compile: started_by.by is mark, expected user',
		],
		[
			{ tasks: { compile: { started_by: { by: 'mark', execution: 1 } } } },
			'task compile: started_by.execution is 0, expected 1',
		],
		[
			{ tasks: { compile: { history: ['success'] } } },
			'task compile: history[0].details.status is failed, expected success',
		],
		[
			{ tasks: { compile: { history: [{ mark: 'none' }] } } },
			'task compile: history[0].mark is granted, expected none',
		],
		[
			{ tasks: { compile: { details: { type: 'test' } } } },
			'task compile: details is null, expected {"type":"test"}',
		],
		[
			{ tasks: { compile: { started_by: 'system' } } },
			'task compile: started_by.by is mark, expected system',
		],
		[{ tasks: { compile: { held: null } } }, 'task compile: held is waiting, expected null'],
		[
			{ display_tasks: { all: { status: 'failed' } } },
			'display task all: status is started, expected failed',
		],
		[{ display_tasks: { some: {} } }, 'display task some is not there, expected {}'],
		[{ hosts: { h1: { group: 'h' } } }, 'host h1: group.group is g, expected h'],
		[
			{ hosts: { h1: { group: null } } },
			'host h1: group is {"group":"g","variant":"linux"}, expected null',
		],
		[{ hosts: { h1: { doing: 'idle' } } }, 'host h1: doing.kind is calling, expected idle'],
		[{ hosts: { h1: { doing: 'calling end' } } }, 'host h1: doing.route is mark, expected end'],
		[
			{ hosts: { h1: { assigned: null } } },
			'host h1: assigned is {"task":"compile","execution":1}, expected null',
		],
		[{ quota_used: 0 }, 'quota_used is 1, expected 0'],
		[{ quota_used: { not: 1 } }, 'quota_used is 1, expected not 1'],
		[{ quota_used: { at_least: 2 } }, 'quota_used is 1, expected at least 2'],
		[
			{ quota_used: { at_least: 2, at_most: 3 } },
			'quota_used is 1, expected at least 2, at most 3',
		],
		[{ quota_used: { at_most: 0 } }, 'quota_used is 1, expected at most 0'],
		[
			{ tasks: { compile: { held: { any_of: ['blocked', 'inactive'] } } } },
			'task compile: held is waiting, expected blocked or inactive',
		],
		[
			{ tasks: { compile: { started_by: { not: 'mark' } } } },
			'task compile: started_by is {"by":"mark","task":"compile","execution":0}, expected not mark',
		],
		[
			{ tasks: { compile: { dispatched_at: { at_least: 0 } } } },
			'task compile: dispatched_at is null, expected at least 0',
		],
		[{ tasks: { compile: 'granted' } }, 'task compile: mark is none, expected granted'],
		[{ hosts: { h1: 'dead' } }, 'host h1: agent is alive, expected dead'],
		[{ seen: ['compile/1 is failed'] }, 'compile/1 is undispatched, expected compile/1 is failed'],
		[{ answer: null }, 'answer is {"outcome":"granted","status":200}, expected null'],
		[{ answer: 'ok' }, 'answer.outcome is granted, expected ok'],
		[{ messages: [{ route: 'end' }] }, 'messages has 0 entries, expected 1: it is []'],
		[{ in_hand: ['end'] }, 'in_hand[0].route is mark, expected end'],
		[{ in_hand: [{ commits: 1 }] }, 'in_hand[0].commits is 0, expected 1'],
		[
			{ tasks: { lint: { status: 'failed' } } },
			'task lint is not there, expected {"status":"failed"}',
		],
	])('%j is told to be wrong', (expectation, sentence) => {
		expect(said(expectation)).toEqual([sentence]);
	});

	test('of a list of another length says what is there', () => {
		const [sentence] = said({ tasks: { compile: { history: [] } } });
		expect(sentence).toMatch(
			/^task compile: history has 1 entry, expected 0: it is \[\{"execution":0/,
		);
	});

	test('of a running command compares its block', () => {
		const [one, two] = said({ hosts: { h1: { doing: 'running post' } } });
		expect(one).toBe('host h1: doing.kind is calling, expected running');
		expect(two).toBe('host h1: doing.position is not there, expected {"block":"post"}');
	});

	test('of a running command compares its position, as traces print it', () => {
		const runs = (member: number | null): Observation => ({
			...seen,
			hosts: seen.hosts.map((host) => ({
				...host,
				doing: { kind: 'running', position: { block: 'main', step: 1, member } },
			})),
		});
		const said = (doing: string, at: Observation) =>
			mismatches(Expectation.parse({ hosts: { h1: doing } }), at, setup);
		expect(said('running main', runs(null))).toEqual([]);
		expect(said('running main 2', runs(null))).toEqual([]);
		expect(said('running main 2.1', runs(0))).toEqual([]);
		expect(said('running main 1', runs(null))).toEqual([
			'host h1: doing.position.step is 1, expected 0',
		]);
		expect(said('running main 2.1', runs(null))).toEqual([
			'host h1: doing.position.member is null, expected 0',
		]);
	});

	test.each([
		[{ hosts: { h1: 'running main 0' } }],
		[{ hosts: { h1: 'running mains 1' } }],
		[{ hosts: { h1: { execution: 'compile' } } }],
		[{ quota_used: { at_least: 1, at_most: 2, not: 3 } }],
		[{ quota_used: {} }],
		[{ tasks: { compile: { status: { any_of: [] } } } }],
		[{ tasks: { compile: { status: { at_least: 1 } } } }],
	])('%j is no expectation', (written) => {
		expect(Expectation.safeParse(written).success).toBe(false);
	});

	test('of a list compares with a list only', () => {
		const broken = { ...seen, hosts: [] };
		expect(
			mismatches(Expectation.parse({ hosts: { h1: { background: [] } } }), broken, setup),
		).toEqual(['host h1 is not there, expected {"background":[]}']);
	});
});

test('further projects and versions are expected by their ids', () => {
	const several = Setup.parse({
		...setup,
		tasks: [undefined, 'next', 'other'].map((version, place) => ({
			...setup.tasks[0],
			id: `t${place}`,
			version,
		})),
		other_versions: [{ id: 'next' }, { id: 'other', project: { id: 'tools' } }],
	});
	const shown: Observation = {
		...seen,
		other_versions: ['failed', 'created'],
		other_projects: [{ policy: { ...seen.policy, daily_limit: 0 }, quota_used: 3 }],
	};
	const said = (expectation: unknown) => mismatches(Expectation.parse(expectation), shown, several);
	expect(
		said({
			versions: { next: 'failed', other: 'created' },
			projects: { tools: { quota_used: { at_least: 3 }, policy: { daily_limit: 0 } } },
		}),
	).toEqual([]);
	expect(
		said({ versions: { next: 'success', no: 'created' }, projects: { tools: { quota_used: 1 } } }),
	).toEqual([
		'version next is failed, expected success',
		'version no is not there, expected created',
		'project tools.quota_used is 3, expected 1',
	]);
});
