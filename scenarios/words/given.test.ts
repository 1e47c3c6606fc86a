import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Model } from '../../model/system/model.ts';
import { tablesOf } from '../../model/system/tables-by-design.ts';
import type { TaskObservation } from '../../model/vocabulary/observation.ts';
import { loadScenario } from '../format/load.ts';
import { folderOf } from '../testing/folder.ts';

const FLAGGED = '{ command: git.get_project, retry_on_failure: true }';
const PLAIN = '{ command: shell.exec }';

const load = (given: string, commands = `${FLAGGED}, ${PLAIN}`, rest = '') =>
	loadScenario(
		join(
			folderOf({
				's.yml': `mulligan: 1\nname: a story\nshows: [S1]\nabout: It happens.\nproject: { tasks: [{ name: compile, commands: [${commands}] }, { name: lint, commands: [${PLAIN}] }] }\ntasks: [compile, lint]\n${rest}given: ${given}\nevents: []\nexpect: {}\n`,
			}),
			's.yml',
		),
	);

/** How the task stands when the events that are given have happened. */
function stands(...args: Parameters<typeof load>): TaskObservation | undefined {
	const loaded = load(...args);
	if (loaded.kind === 'refused') throw new Error(JSON.stringify(loaded.problems));
	const { setup, events } = loaded.scenario.story;
	const model = new Model(setup, tablesOf(setup));
	for (const event of events) model.apply(event);
	return model.seen.tasks[0];
}

const ended = (task: TaskObservation | undefined) =>
	task?.history.map(({ details, started_by }) => [details.status, started_by.by]);

describe('a task is given', () => {
	test('at an execution: the earlier ones succeeded, and a user restarted them', () => {
		const task = stands('{ compile: { execution: 2 } }');
		expect(task).toMatchObject({
			status: 'undispatched',
			execution: 2,
			started_by: { by: 'user' },
		});
		expect(ended(task)).toEqual([
			['success', 'schedule'],
			['success', 'user'],
		]);
	});

	test('with a history: what failed without a mark has failed in a command without a flag', () => {
		const task = stands('{ compile: { history: [failed, success] } }');
		expect(task).toMatchObject({ execution: 2, automatic_restarts: 0 });
		expect(ended(task)).toEqual([
			['failed', 'schedule'],
			['success', 'user'],
		]);
		expect(task?.history.map(({ mark }) => mark)).toEqual(['none', 'none']);
	});

	test('with a budget used: the first that failed were restarted by their marks', () => {
		const task = stands(
			'{ compile: { history: [success, failed, failed], automatic_restarts: 1 } }',
		);
		expect(task).toMatchObject({ execution: 3, automatic_restarts: 1 });
		expect(task?.history.map(({ mark }) => mark)).toEqual(['none', 'granted', 'refused_budget']);
		expect(stands('{ compile: { automatic_restarts: 1 } }')).toMatchObject({
			execution: 1,
			started_by: { by: 'mark' },
		});
	});

	test('as aborted, where every command has a flag', () => {
		const task = stands('{ compile: { history: [failed] } }', FLAGGED);
		expect(task?.history).toMatchObject([{ aborted: true, mark: 'none' }]);
	});
});

test.each([
	[
		'{ lint: { automatic_restarts: 1 } }',
		'lint/0 cannot fail and be restarted by its mark here | write the events that lead there, in place of given',
	],
	[
		'{ compile: { execution: 1, history: [] } }',
		'compile cannot be at execution 1 with 0 earlier ones | write execution: 0, or a history of 1',
	],
	[
		'{ compile: { history: [success], automatic_restarts: 1 } }',
		'compile cannot have used 1 automatic restart: fewer executions failed | write more of failed in its history',
	],
	['{ linked: {} }', 'there is no task "linked" | name one of: compile, lint'],
])('what cannot be given is told: %s', (given, said) => {
	const loaded = load(given);
	expect(
		loaded.kind === 'refused' &&
			loaded.problems.map((it) => `${it.line} ${it.message} | ${it.remedy}`),
	).toEqual([`7 ${said}`]);
});

test('expanded, the events that lead there come first', () => {
	const loaded = load('{ compile: { automatic_restarts: 1 } } # so', FLAGGED);
	expect(loaded.kind === 'loaded' && loaded.expanded()).toMatch(
		/\ntasks: \[compile, lint\]\nevents:\n {2}- host-asks\n {2}- exchange: next\n {2}- exchange: start\n {2}- command-ends: failed\n {2}- exchange: mark\n {2}- exchange: end\nexpect: \{\}\n$/,
	);
});
