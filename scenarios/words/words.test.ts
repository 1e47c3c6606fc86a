import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sayEvent } from '../../reports/wording/event.ts';
import { loadScenario } from '../format/load.ts';
import { folderOf } from '../testing/folder.ts';
import { WORDS } from './index.ts';

const COMPILE = `project:
  tasks:
    - name: compile
      commands: [{ command: git.get_project, retry_on_failure: true }, { command: shell.exec }]
`;
const TWO = `project:
  tasks: [{ name: compile, commands: [{ command: git.get_project, retry_on_failure: true }] }, { name: lint, commands: [{ command: shell.exec }] }]
tasks: [compile, lint]
hosts: [h1, h2]
`;

/** A scenario with these lines; its file begins with a head of four lines. */
const load = (lines: string, setup = COMPILE) =>
	loadScenario(
		join(
			folderOf({
				's.yml': `mulligan: 1\nname: a story\nshows: [S1]\nabout: It happens.\nevents:\n${lines}expect: {}\n${setup}`,
			}),
			's.yml',
		),
	);

function told(lines: string, setup?: string): string[] {
	const loaded = load(lines, setup);
	if (loaded.kind === 'refused') throw new Error(JSON.stringify(loaded.problems));
	return loaded.scenario.story.events.map(sayEvent);
}

function expanded(lines: string, setup?: string): string {
	const loaded = load(lines, setup);
	if (loaded.kind === 'refused') throw new Error(JSON.stringify(loaded.problems));
	return (
		loaded
			.expanded()
			.split('events:\n')[1]
			?.split(/^expect:/m)[0] ?? ''
	);
}

function refused(lines: string, setup?: string): string[] {
	const loaded = load(lines, setup);
	const problems = loaded.kind === 'loaded' ? [loaded.scenario.ends] : loaded.problems;
	return problems
		.flatMap((it) => it ?? [])
		.map((it) => `${it.line}:${it.column} ${it.message} | ${it.remedy}`);
}

const BEGINS = '  - host-asks\n  - exchange: next\n  - exchange: start\n';

describe('a word stands for', () => {
	test('the way of a task to its first command', () => {
		expect(expanded('  - begins: compile\n')).toBe(BEGINS);
	});

	test('what is left of that way', () => {
		const asked = '  - host-asks\n  - message-delivered: request next\n';
		expect(expanded(`${asked}  - begins\n`)).toBe(
			`${asked}  - message-delivered: reply next\n  - exchange: start\n`,
		);
	});

	test.each([
		['succeeds', '  - command-ends: succeeded\n'],
		['fails', '  - command-ends: failed\n  - exchange: mark\n  - exchange: end\n'],
		['panics', '  - command-ends: panicked\n  - exchange: mark\n  - exchange: end\n'],
		['times-out', '  - command-ends: timed-out-exec\n  - exchange: mark\n  - exchange: end\n'],
		[
			'times-out: { limit: idle }',
			'  - command-ends: timed-out-idle\n  - exchange: mark\n  - exchange: end\n',
		],
		['finishes', '  - command-ends: succeeded\n  - command-ends: succeeded\n  - exchange: end\n'],
		['lost', '  - agent-dies\n  - hours-pass: 1\n  - monitor-runs\n'],
	])('what is done at the end of a command: %s', (word, events) => {
		expect(expanded(`  - begins\n  - ${word}\n`)).toBe(BEGINS + events);
	});

	test('a time limit that the block has', () => {
		const post = `${COMPILE}  post: [{ command: shell.exec }]\n`;
		expect(expanded('  - begins\n  - fails\n  - times-out\n', post)).toContain('timed-out-block');
	});

	test('an abort that is heard', () => {
		expect(expanded('  - begins\n  - user-aborts\n  - hears-abort: h1\n')).toBe(
			`${BEGINS}  - user-aborts\n  - heartbeat-sent\n  - exchange: heartbeat\n  - exchange: end\n`,
		);
	});

	test('what the host that is named does, where there are several', () => {
		const lines = '  - begins: { task: compile, host: h2 }\n  - begins: { task: lint, host: h1 }\n';
		expect(told(`${lines}  - fails: compile\n`, TWO)).toEqual([
			'h2 asks for work',
			'delivered: next request from h2',
			'delivered: next reply to h2',
			'delivered: start request from h2',
			'delivered: start reply to h2',
			'h1 asks for work',
			'delivered: next request from h1',
			'delivered: next reply to h1',
			'delivered: start request from h1',
			'delivered: start reply to h1',
			'the command on h2 failed',
			'delivered: mark request from h2',
			'delivered: mark reply to h2',
			'delivered: end request from h2',
			'delivered: end reply to h2',
		]);
	});

	test('the request that is awaited, and not a stale one', () => {
		const stale = '  - begins\n  - command-ends: failed\n  - call-retried\n';
		expect(expanded(`${stale}  - exchange: mark\n`)).toContain(
			'message-delivered: { leg: request, route: mark, awaited: true }',
		);
		const aborted = '  - begins\n  - heartbeat-sent\n  - heartbeat-sent\n  - user-aborts\n';
		expect(told(`${aborted}  - hears-abort\n`).slice(-4)).toEqual([
			'delivered: heartbeat request',
			'delivered: heartbeat reply',
			'delivered: end request',
			'delivered: end reply',
		]);
	});

	test('the execution that is shown last, where a user restarts a task', () => {
		expect(
			expanded('  - begins\n  - fails\n  - begins\n  - finishes\n  - user-restarts\n'),
		).toContain('user-restarts: { execution: 1 }');
	});
});

describe('a word that is not possible', () => {
	test('is told with its place, why, and what is possible', () => {
		const [told, ...others] = refused('  - begins\n  - begins\n  - fails\n  - finishes\n');
		expect(told).toMatch(
			/^7:5 "begins" is not possible here, and the story ends: only while the task can be dispatched, and the host is idle or on its way to it \| possible here: succeeds: compile, fails: compile, .*lost: h1, .*command-ends/,
		);
		expect(others).toEqual([]);
	});

	test('says how the task stands that it names', () => {
		expect(refused('  - begins\n  - begins: compile\n')[0]).toContain('; now compile/0 is started');
	});

	test('because the host is given another task', () => {
		expect(refused('  - begins: { task: lint, host: h1 }\n', TWO)[0]).toMatch(
			/^6:5 "begins: { task: lint, host: h1 }" is not possible here, and the story ends: h1 was given compile, not lint/,
		);
	});

	test('behind an event that is not possible is not reached: that ends the story', () => {
		const lines = '  - begins\n  - message-lost: request mark\n  - fails\n';
		expect(refused(lines)).toEqual([]);
		expect(told(lines).at(-1)).toBe('lost: mark request');
	});

	test('because nobody answers', () => {
		expect(refused('  - begins\n  - server-crashes\n  - fails\n')[0]).toContain(
			'the app server is down, so nobody answers the mark of h1',
		);
		expect(refused('  - host-asks\n  - message-lost: request next\n  - begins\n')[0]).toContain(
			'the next of h1 is in flight no more, so nobody answers it',
		);
	});

	test('because it may be said of several', () => {
		expect(refused('  - begins\n', TWO)).toEqual([
			'6:5 "begins" may be said of several here | write begins: { task: compile, host: h1 } or begins: { task: lint, host: h1 } or begins: { task: compile, host: h2 } or begins: { task: lint, host: h2 }',
		]);
	});

	test('because it names nobody', () => {
		expect(refused('  - begins: linked\n  - fails\n')).toEqual([
			'6:5 there is no task "linked" | name one of: compile',
		]);
	});
});

describe('the expanded text', () => {
	test('keeps comments, order and all other lines', () => {
		const lines =
			'  # a\n  - begins # b\n\n  # c\n  - expect: { tasks: { compile: started } } # d\n  - succeeds: compile # e\n';
		expect(expanded(lines)).toBe(
			'  # a\n  - host-asks # b\n  - exchange: next\n  - exchange: start\n\n  # c\n  - expect: { tasks: { compile: started } } # d\n  - command-ends: succeeded # e\n',
		);
	});

	test('of a list in brackets is one line each', () => {
		const loaded = loadScenario(
			join(
				folderOf({
					's.yml': `mulligan: 1\nname: a story\nshows: [S1]\nabout: It happens.\n${COMPILE}events: [begins, { fails: compile }, monitor-runs]\nexpect: {}\n`,
				}),
				's.yml',
			),
		);
		expect(loaded.kind === 'loaded' && loaded.expanded().split('events:')[1]).toBe(
			`\n${BEGINS}  - command-ends: failed\n  - exchange: mark\n  - exchange: end\n  - monitor-runs\nexpect: {}\n`,
		);
	});

	test('of words is read as the same story', () => {
		const loaded = load('  - begins\n  - fails\n  - begins\n  - user-aborts\n  - hears-abort\n');
		if (loaded.kind === 'refused') throw new Error('refused');
		const again = loadScenario(join(folderOf({ 's.yml': loaded.expanded() }), 's.yml'));
		expect(again.kind === 'loaded' && again.scenario.story).toEqual(loaded.scenario.story);
	});
});

test('words have names of their own', () => {
	expect(new Set(WORDS.map(({ word }) => word)).size).toBe(WORDS.length);
});
