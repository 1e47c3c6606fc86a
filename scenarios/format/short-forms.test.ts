import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { loadScenario } from './load.ts';

const load = (lines: string, end = 'expect: {}\n') =>
	loadScenario(
		join(
			folderOf({
				's.yml': `mulligan: 1\nname: a story\nshows: [S1]\nabout: It happens.\nevents:\n${lines}${end}project: { tasks: [{ name: compile, commands: [{ command: shell.exec, background: true }] }] }\n`,
			}),
			's.yml',
		),
	);

const problems = (...args: Parameters<typeof load>): string[] => {
	const loaded = load(...args);
	return loaded.kind === 'loaded'
		? []
		: loaded.problems.map((it) => `${it.line}:${it.column} ${it.message} | ${it.remedy}`);
};

function last(lines: string) {
	const loaded = load(lines);
	if (loaded.kind === 'refused') throw new Error(JSON.stringify(loaded.problems));
	return loaded.scenario.story.events.at(-1);
}

describe('a scalar where a mapping is expected', () => {
	test.each([
		['user-restarts: compile', { kind: 'user-restarts', task: 'compile', execution: 0 }],
		['user-restarts', { kind: 'user-restarts', task: 'compile', execution: 0 }],
		[
			'user-restarts: { failed_only: true }',
			{ kind: 'user-restarts', task: 'compile', execution: 0, failed_only: true },
		],
		[
			'server-crashes: request end',
			{ kind: 'server-crashes', message: { leg: 'request', route: 'end' } },
		],
		[
			'background-fails: main 1',
			{
				kind: 'background-fails',
				host: 'h1',
				position: { block: 'main', step: 0, member: null },
			},
		],
		[
			'background-fails: main 2.3',
			{
				kind: 'background-fails',
				host: 'h1',
				position: { block: 'main', step: 1, member: 2 },
			},
		],
	])('is understood: %s', (line, event) => {
		expect(last(`  - ${line}\n`)).toEqual(event);
	});
});

describe('lines of a trace', () => {
	test('are pasted as a list, or one alone', () => {
		const loaded = load(
			'  - expect: compile/0 is undispatched\n  - expect:\n      - compile/0 mark: none\n      - h1 is idle\n      - slots in use: 0\n',
			'expect: [nothing is in flight]\n',
		);
		expect(
			loaded.kind === 'loaded' && loaded.scenario.checks.map((one) => one.expectation),
		).toEqual([
			{ seen: ['compile/0 is undispatched'] },
			{ seen: ['compile/0 mark: none', 'h1 is idle', 'slots in use: 0'] },
			{ seen: ['nothing is in flight'] },
		]);
	});

	test('that no trace says are told with their place', () => {
		expect(problems('  - expect: [h1 is idle, linked/0 is failed]\n')).toEqual([
			'6:26 no trace says "linked/0 is failed" of a state | copy a line that replay prints, or write a mapping, as tasks: { … }',
		]);
		expect(problems('  - host-asks\n', 'expect: compile is failed\n')[0]).toMatch(
			/^7:9 no trace says/,
		);
	});
});

describe('what is expected', () => {
	test('at the end may be left out where something is expected finally', () => {
		const loaded = load('  - host-asks\n', 'finally: { hosts: { h1: idle } }\n');
		expect(loaded.kind === 'loaded' && loaded.scenario.checks.map(({ after }) => after)).toEqual([
			1,
			'rest',
		]);
		expect(problems('  - host-asks\n', '')).toEqual([
			'1:1 "expect" is missing | write what is seen after the last event',
		]);
	});

	test('of a wrong word is told at the word', () => {
		expect(
			problems('  - host-asks\n', 'expect: { tasks: { compile: { status: { not: fialed } } } }\n'),
		).toEqual([expect.stringMatching(/^7:41 "not" cannot be "fialed" \| .*failed/)]);
		expect(
			problems('  - host-asks\n', 'expect: { tasks: { compile: { stat: failed } } }\n'),
		).toEqual([expect.stringMatching(/^7:31 unknown key "stat", expected one of: status, /)]);
		expect(problems('  - host-asks\n', 'expect: { tasks: { compile: fialed } }\n')).toEqual([
			expect.stringMatching(/^7:20 .* cannot be .* \| .*failed/),
		]);
		const of = (claim: string) => `expect: { tasks: { compile: { started_by: ${claim} } } }\n`;
		expect(problems('  - host-asks\n', of('{ bye: user }'))).toEqual([
			expect.stringMatching(/^7:45 unknown key "bye", expected one of: by, task, execution/),
		]);
		expect(problems('  - host-asks\n', of('{ nor: user }'))).toEqual([
			expect.stringMatching(/^7:45 unknown key "nor"/),
		]);
	});
});
