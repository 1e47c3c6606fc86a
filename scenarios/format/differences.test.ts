import { expect, test } from 'vitest';
import { Model } from '../../model/system/model.ts';
import { createTables } from '../../model/system/tables.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { differences } from './differences.ts';
import type { Expectation } from './expectations.ts';

const setup = Setup.parse({
	project: { id: 'p', tasks: [{ name: 'compile', commands: [{ command: 'make' }] }] },
	tasks: [{ id: 'compile', task: 'compile', variant: 'linux' }],
	hosts: ['h1'],
});
const start = new Model(setup, createTables()).seen;
const details = { status: 'failed', type: 'test', description: '', timed_out: null } as const;
const [task] = start.tasks;
const [host] = start.hosts;
if (task === undefined || host === undefined) throw new RangeError('there is no task or no host');
const seen: Observation = {
	...start,
	tasks: [
		{
			...task,
			status: 'started',
			started_by: { by: 'mark', task: 'compile', execution: 0 },
			details,
			history: [
				{
					...{ execution: 0, started_by: { by: 'schedule' }, host: 'h1', dispatched_minute: 0 },
					...{ ended_minute: 0, mark: 'granted', aborted: false, details },
				},
			],
		},
	],
	hosts: [
		{
			...host,
			execution: { task: 'compile', execution: 1 },
			doing: { kind: 'calling', route: 'mark', sent: 1 },
		},
	],
	answer: { outcome: 'granted', status: 200 },
};

const ofTask = (compile: NonNullable<Expectation['tasks']>[string]): Expectation => ({
	tasks: { compile },
});

test.each<[string, Expectation, string, string]>([
	['a status', ofTask({ status: 'success' }), 'success', 'started'],
	['a starter', ofTask({ started_by: 'user' }), 'user', 'mark'],
	[
		'a starter in full',
		ofTask({ started_by: { by: 'mark', execution: 1 } }),
		'{ by: mark, execution: 1 }',
		'{ by: mark, execution: 0 }',
	],
	['a history', ofTask({ history: ['success', 'failed'] }), '[success, failed]', '[failed]'],
	[
		'a history with its marks',
		ofTask({ history: [{ status: 'success', mark: 'none' }] }),
		'[{ status: success, mark: none }]',
		'[{ status: failed, mark: granted }]',
	],
	['details', ofTask({ details: { type: 'setup' } }), '{ type: setup }', '{ type: test }'],
	['what a host does', { hosts: { h1: { doing: 'idle' } } }, 'idle', 'calling mark'],
	['a group', { hosts: { h1: { group: 'g' } } }, 'g', 'null'],
	['an answer', { answer: 'refused_cap' }, 'refused_cap', 'granted'],
	['an answer in full', { answer: { status: 401 } }, '{ status: 401 }', '{ status: 200 }'],
	['no answer', { answer: null }, 'null', 'granted'],
	['messages', { messages: [{ leg: 'reply' }] }, '[{ leg: reply }]', '[]'],
	['what is held', { in_hand: ['mark'] }, '[mark]', '[]'],
	['a number', { quota_used: 3 }, '3', '0'],
	['a number with a bound', { quota_used: { at_least: 3 } }, '{ at_least: 3 }', '0'],
	[
		'one of several',
		ofTask({ status: { any_of: ['failed', 'success'] } }),
		'{ any_of: [failed, success] }',
		'started',
	],
	['a task, by a word', { tasks: { compile: 'failed' } }, 'failed', 'started'],
	['a host, by a word', { hosts: { h1: 'idle' } }, 'idle', 'calling mark'],
	[
		'a line of a trace',
		{ seen: ['compile/0 is failed'] },
		'compile/0 is failed',
		'compile/0 is started (test)',
	],
])(
	'%s that is not as expected is told in the words of the author',
	(_, expectation, expected, was) => {
		expect(differences(expectation, seen, setup)).toMatchObject([{ expected, was }]);
	},
);

test('each thing that is not as expected has its keys, and what is as expected is not told', () => {
	const found = differences(
		{
			tasks: { compile: { status: 'failed', execution: task.execution, aborted: true } },
			hosts: { h1: { agent: 'alive', doing: 'idle' } },
			hour: 7,
		},
		seen,
		setup,
	);
	expect(found.map(({ path, label }) => [path.join('.'), label])).toEqual([
		['tasks.compile.status', 'task compile: status'],
		['tasks.compile.aborted', 'task compile: aborted'],
		['hosts.h1.doing', 'host h1: doing'],
		['hour', 'hour'],
	]);
	expect(differences(ofTask({ status: 'started' }), seen, setup)).toEqual([]);
});
