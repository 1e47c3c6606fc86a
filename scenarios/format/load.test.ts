import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromToken, toToken } from '../../model/vocabulary/stories/story.ts';
import { folderOf } from '../testing/folder.ts';
import { describe as say } from '../yaml/problem.ts';
import { loadScenario, type Scenario } from './load.ts';

const HEAD = `mulligan: 1
name: a story
shows: [S1]
about: Something happens.
`;
const PROJECT = `project:
  tasks: [{ name: compile, commands: [{ command: shell.exec, background: true }] }]
`;
const END = 'expect: {}\n';

const load = (text: string, files: Record<string, string> = {}) =>
	loadScenario(join(folderOf({ 's.yml': text, ...files }), 's.yml'));

function scenario(text: string, files: Record<string, string> = {}): Scenario {
	const loaded = load(text, files);
	if (loaded.kind === 'refused') throw new Error(loaded.problems.map(say).join('\n'));
	return loaded.scenario;
}

/** `line:column message | remedy` of each problem. */
function problems(text: string, files: Record<string, string> = {}): string[] {
	const loaded = load(text, files);
	if (loaded.kind === 'loaded') return [];
	return loaded.problems.map((it) => `${it.line}:${it.column} ${it.message} | ${it.remedy}`);
}

const eventsOf = (lines: string) =>
	scenario(`${HEAD}${PROJECT}events:\n${lines}${END}`).story.events;

describe('a scenario', () => {
	test('needs little: one task on linux, one host, the default policy', () => {
		const { story, name, shows, about, checks } = scenario(`${HEAD}${PROJECT}events: []\n${END}`);
		expect({ name, shows, about }).toEqual({
			name: 'a story',
			shows: ['S1'],
			about: 'Something happens.',
		});
		expect(story.setup).toMatchObject({
			project: { id: 'project' },
			tasks: [{ id: 'compile', task: 'compile', variant: 'linux' }],
			hosts: ['h1'],
			requester: 'gitter_request',
			policy: { max_automatic_restarts: 1, daily_limit: 200, execution_cap: 9 },
		});
		expect(checks).toMatchObject([{ after: 0, expectation: {}, place: { line: 8, column: 1 } }]);
	});

	test('may say everything', () => {
		const { setup } = scenario(`${HEAD}${PROJECT}tasks:
  - compile
  - { task: compile, variant: windows, id: other }
hosts: [a, b]
requester: github_merge_request
policy: { daily_limit: 0 }
events: []
${END}`).story;
		expect(setup).toMatchObject({
			tasks: [
				{ id: 'compile', task: 'compile', variant: 'linux' },
				{ id: 'other', task: 'compile', variant: 'windows' },
			],
			hosts: ['a', 'b'],
			requester: 'github_merge_request',
			policy: { daily_limit: 0, max_automatic_restarts: 1 },
		});
	});

	test('may take its project from a file, of which it keeps what it needs', () => {
		const files = {
			'projects/p.yml': `functions: { f: { command: shell.exec }, g: { command: host.list } }
tasks: [{ name: one, commands: [{ func: f }] }, { name: two }]
pre: [{ command: shell.exec, retry_on_failure: true }]
buildvariants: [{ name: mac, tasks: [one] }, { name: linux, tasks: [one] }]
`,
		};
		const text = `${HEAD}project_file: projects/p.yml\ntasks: [one, two]\nevents: []\n${END}`;
		expect(scenario(text, files).story.setup).toMatchObject({
			project: { id: 'p', functions: { f: [{ command: 'shell.exec' }] } },
			tasks: [
				{ task: 'one', variant: 'mac' },
				{ task: 'two', variant: 'any-variant' },
			],
		});
		const loaded = load(text, files);
		expect(loaded.kind === 'loaded' && loaded.warnings).toMatchObject([
			{ line: 3, column: 6, remedy: expect.stringContaining('set pre_error_fails_task') },
		]);
		const silenced = files['projects/p.yml'].replace(
			'true }]\n',
			'true }] # mulligan-ignore flag-in-block: until June\n',
		);
		expect(load(text, { 'projects/p.yml': silenced })).toMatchObject({ warnings: [] });
	});

	test('survives being told as a token', () => {
		const { story } = scenario(`${HEAD}${PROJECT}events: [host-asks, exchange: next]\n${END}`);
		expect(fromToken(toToken(story))).toEqual(story);
	});

	test('checks where an expectation stands, and at the end', () => {
		const { checks } = scenario(`${HEAD}${PROJECT}events:
  - expect: { hour: 0 }
  - host-asks
  - exchange: next
  - expect: { quota_used: 0 }
expect: { tasks: { compile: { execution: 0 } } }
`);
		expect(checks.map(({ after, place }) => [after, place.line])).toEqual([
			[0, 8],
			[3, 11],
			[3, 12],
		]);
	});
});

/** Two tasks of a group, one that waits for them, and a display task of two. */
const UNITS = `project:
  tasks: [{ name: a, commands: [] }, { name: b, commands: [] }, { name: c, commands: [] }]
  task_groups: [{ name: g, tasks: [a, b], setup_group: [{ command: x }], setup_group_can_fail_task: true }]
tasks:
  - { task: a, group: g }
  - { task: b, group: g, variant: linux }
  - { task: c, depends_on: [b], activated: false }
display_tasks: [{ id: all, execution_tasks: [a, b] }]
`;

describe('a scenario with units', () => {
	test('has groups, dependencies, tasks that nobody scheduled, display tasks, and repairs', () => {
		const { setup } = scenario(
			`${HEAD}${UNITS}policy: { restart_system_failed: true }\nevents: []\n${END}`,
		).story;
		expect(setup).toMatchObject({
			project: { task_groups: [{ name: 'g', setup_group_can_fail_task: true }] },
			tasks: [
				{ id: 'a', task: 'a', variant: 'linux', group: 'g' },
				{ id: 'b', task: 'b', variant: 'linux', group: 'g' },
				{ id: 'c', task: 'c', variant: 'linux', depends_on: ['b'], activated: false },
			],
			display_tasks: [{ id: 'all', execution_tasks: ['a', 'b'] }],
			policy: { restart_system_failed: true },
		});
	});

	test('may name a display task where a user acts, and only there', () => {
		const events = (lines: string) => `${HEAD}${UNITS}events:\n${lines}${END}`;
		const told = `  - user-aborts: all
  - user-restarts: { task: all, execution: 0, failed_only: true }
  - expect: { display_tasks: { all: { status: started, execution: 0 } } }
`;
		expect(scenario(events(told)).story.events).toEqual([
			{ kind: 'user-aborts', task: 'all' },
			{ kind: 'user-restarts', task: 'all', execution: 0, failed_only: true },
		]);
		expect(
			problems(events('  - message-lost: { leg: request, route: mark, task: all }\n')),
		).toEqual(['14:5 there is no task "all" | name one of: a, b, c']);
		expect(problems(events('  - user-aborts\n'))).toEqual([
			'14:5 say which task is meant | write task: a or b or c or all',
		]);
		expect(problems(events('  - user-aborts: al\n'))).toEqual([
			'14:5 there is no task "al" | name one of: a, b, c, all',
		]);
		expect(problems(events('  - expect: { display_tasks: { a: { execution: 1 } } }\n'))).toEqual([
			'14:32 there is no display task "a" | name one of: all',
		]);
	});

	test('may call nothing that has a route of its own "." or ".."', () => {
		const said = 'no id is "." or "..", which are no segments of a path | give it another id';
		const head = `${HEAD}project: { tasks: [{ name: .., commands: [] }] }\n`;
		const line = head.split('\n').length;
		const written = (text: string) => problems(`${head}${text}\nevents: []\n${END}`);
		expect(written('tasks: [..]')).toEqual([`${line}:9 ${said}`]);
		expect(written('tasks: [{ task: .., id: . }]')).toEqual([`${line}:21 ${said}`]);
		expect(written('tasks: [{ task: .., id: a }]\nhosts: [h1, .]')).toEqual([
			`${line + 1}:13 ${said}`,
		]);
		const display = 'display_tasks: [{ id: .., execution_tasks: [a] }]';
		expect(written(`tasks: [{ task: .., id: a }]\n${display}`)).toEqual([`${line + 1}:19 ${said}`]);
		const version = '{ task: .., id: b, version: .. }';
		expect(written(`tasks: [{ task: .., id: a }, ${version}]\nother_versions: [..]`)).toEqual([
			`${line + 1}:18 ${said}`,
		]);
	});

	test('may name no version or project that there is not', () => {
		const events = (line: string) =>
			`${HEAD}${UNITS.replace('display_tasks', '  - { task: c, id: d, version: next }\ndisplay_tasks')}other_versions: [{ id: next, project: { id: tools } }]\nevents:\n  - ${line}\n${END}`;
		const refused = [
			['user-aborts-version: nope', 'version "nope" | name one of: next'],
			['user-restarts-version: { version: nope }', 'version "nope" | name one of: next'],
			['policy-changes: { project: nope, daily_limit: 1 }', 'project "nope" | name one of: tools'],
			['expect: { versions: { nope: success } }', 'version "nope" | name one of: next'],
			['expect: { projects: { nope: { quota_used: 0 } } }', 'project "nope" | name one of: tools'],
		] as const;
		for (const [line, said] of refused)
			expect(problems(events(line))).toEqual([
				expect.stringMatching(
					new RegExp(`^16:\\d+ there is no other ${said.replace('|', '\\|')}$`),
				),
			]);
	});

	test.each([
		[
			'a group that is not there',
			UNITS.replace('a, group: g', 'a, group: h'),
			'9:16 the project has no task group "h" | correct it, or take it out',
		],
		[
			'a dependency that is not there',
			UNITS.replace('depends_on: [b]', 'depends_on: [d]'),
			'11:29 there is no task "d" | correct it, or take it out',
		],
		[
			'a wait for a status that no task ends with',
			UNITS.replace('depends_on: [b]', 'depends_on: [{ name: b, status: red }]'),
			/^11:\d+ .* \| write one of success, failed, \*$/,
		],
		[
			'a wait for the failure of what is not there',
			UNITS.replace('depends_on: [b]', 'depends_on: [{ name: d, status: failed }]'),
			'11:29 there is no task "d" | correct it, or take it out',
		],
		[
			'a wait without end',
			UNITS.replace('a, group: g', 'a, group: g, depends_on: [c]'),
			'9:26 the task "a" depends on itself by way of others | correct it, or take it out',
		],
		[
			'members in another order than the group has',
			UNITS.replace('tasks: [a, b],', 'tasks: [b, a],'),
			'10:5 the tasks of group "g" must stand in the order of the group, each once a variant | correct it, or take it out',
		],
		[
			'a display task of what is not there',
			UNITS.replace('execution_tasks: [a, b]', 'execution_tasks: [a, d]'),
			'12:49 there is no task "d" | correct it, or take it out',
		],
		[
			'a key that tasks do not have',
			UNITS.replace('activated: false', 'active: false'),
			/^11:33 unknown key "active", expected one of: id, task, variant, group, depends_on, activated/,
		],
		[
			'activated: true, which is the default',
			UNITS.replace('activated: false', 'activated: true'),
			'11:33 "activated" cannot be "true" | write false',
		],
	])('is refused for %s', (_what, units, said) => {
		expect(problems(`${HEAD}${units}events: []\n${END}`)[0]).toEqual(
			typeof said === 'string' ? said : expect.stringMatching(said),
		);
	});

	test('takes groups from a project file, with the members that it needs', () => {
		const { setup } = scenario(
			`${HEAD}project_file: p.yml
tasks: [{ task: a, group: g, variant: v }, { task: c }]
events: []
${END}`,
			{
				'p.yml': `functions: { f: { command: x } }
tasks: [{ name: a }, { name: b }, { name: c }]
task_groups: [{ name: g, max_hosts: -1, tasks: [a, b], setup_task: { func: f } }, { name: h, tasks: [c] }]
`,
			},
		).story;
		expect(setup.project.task_groups).toEqual([
			{ name: 'g', tasks: ['a'], max_hosts: 2, setup_task: [{ func: 'f' }] },
		]);
		expect(setup.project.functions).toEqual({ f: [{ command: 'x' }] });
		expect(setup.tasks).toMatchObject([{ id: 'a', group: 'g' }, { id: 'c' }]);
	});
});

describe('a line of a story', () => {
	const message = { leg: 'request', route: 'mark' };
	test.each([
		['host-asks', { kind: 'host-asks', host: 'h1' }],
		['host-unreachable: h1', { kind: 'host-unreachable', host: 'h1' }],
		['command-ends: failed', { kind: 'command-ends', host: 'h1', outcome: 'failed' }],
		[
			'command-ends: { host: h1, outcome: panicked }',
			{ kind: 'command-ends', host: 'h1', outcome: 'panicked' },
		],
		[
			'background-fails: { block: main, step: 0 }',
			{ kind: 'background-fails', host: 'h1', position: { block: 'main', step: 0, member: null } },
		],
		[
			'background-fails: { host: h1, block: pre, step: 1, member: 2 }',
			{ kind: 'background-fails', host: 'h1', position: { block: 'pre', step: 1, member: 2 } },
		],
		[
			'status-posted: banana',
			{ kind: 'status-posted', host: 'h1', posted: { status: 'banana', should_continue: false } },
		],
		[
			'status-posted: { status: failed, type: setup, should_continue: true }',
			{
				kind: 'status-posted',
				host: 'h1',
				posted: { status: 'failed', type: 'setup', should_continue: true },
			},
		],
		['heartbeat-sent', { kind: 'heartbeat-sent', host: 'h1' }],
		['call-retried', { kind: 'call-retried', host: 'h1' }],
		['call-abandoned: h1', { kind: 'call-abandoned', host: 'h1' }],
		['agent-dies', { kind: 'agent-dies', host: 'h1' }],
		['agent-returns', { kind: 'agent-returns', host: 'h1' }],
		['message-delivered: request mark', { kind: 'message-delivered', message }],
		[
			'message-lost: { leg: request, route: mark, awaited: false }',
			{ kind: 'message-lost', message: { ...message, awaited: false } },
		],
		['message-repeated: request mark', { kind: 'message-repeated', message }],
		['server-crashes', { kind: 'server-crashes' }],
		[
			'server-crashes: { message: request mark, commit: after }',
			{ kind: 'server-crashes', message, commit: 'after' },
		],
		['server-returns', { kind: 'server-returns' }],
		['monitor-runs', { kind: 'monitor-runs' }],
		['user-aborts', { kind: 'user-aborts', task: 'compile' }],
		['user-aborts: compile', { kind: 'user-aborts', task: 'compile' }],
		['user-restarts: { execution: 0 }', { kind: 'user-restarts', task: 'compile', execution: 0 }],
		[
			'user-restarts: { execution: 0, failed_only: true }',
			{ kind: 'user-restarts', task: 'compile', execution: 0, failed_only: true },
		],
		[
			'background-fails: { block: setup_group, step: 0 }',
			{
				kind: 'background-fails',
				host: 'h1',
				position: { block: 'setup_group', step: 0, member: null },
			},
		],
		['hours-pass: 24', { kind: 'hours-pass', hours: 24 }],
		[
			'request-forged: { route: end, credentials: none }',
			{ kind: 'request-forged', route: 'end', task: 'compile', host: 'h1', credentials: 'none' },
		],
	])('%s is one event', (line, event) => {
		expect(eventsOf(`  - ${line}\n`)).toEqual([event]);
	});

	test('exchange delivers a request and its reply', () => {
		expect(eventsOf('  - exchange: next\n  - exchange: { route: mark, host: h1 }\n')).toEqual([
			{ kind: 'message-delivered', message: { leg: 'request', route: 'next' } },
			{ kind: 'message-delivered', message: { leg: 'reply', route: 'next' } },
			{ kind: 'message-delivered', message: { leg: 'request', route: 'mark', host: 'h1' } },
			{ kind: 'message-delivered', message: { leg: 'reply', route: 'mark', host: 'h1' } },
		]);
	});
});

describe('a scenario is refused, with place and remedy', () => {
	const told = (events: string, rest = ''): string[] =>
		problems(`${HEAD}${PROJECT}${rest}events:\n${events}${END}`);

	test.each([
		[
			'another version',
			`mulligan: 2\n${HEAD.slice(12)}${PROJECT}events: []\n${END}`,
			'1:1 "mulligan" cannot be "2" | write 1',
		],
		[
			'a key that is missing',
			`${HEAD}${PROJECT}${END}`,
			'1:1 "events" is missing | write a list there',
		],
		[
			'an unknown key',
			`${HEAD}${PROJECT}polcy:\n  daily_limit: 1\nevents: []\n${END}`,
			/^7:1 unknown key "polcy", expected one of: mulligan, name.* \| correct its spelling/,
		],
		[
			'an unknown guarantee',
			`${HEAD.replace('S1', 'S1, S99')}${PROJECT}events: []\n${END}`,
			/^3:13 "S99" is not known here \| write one of S1, S2/,
		],
		[
			'a wrong type',
			`${HEAD}${PROJECT}hosts: h1\nevents: []\n${END}`,
			/^7:1 .*expected array.* \| write a list$/,
		],
		[
			'too many hosts',
			`${HEAD}${PROJECT}hosts: [a, b, c, d, e]\nevents: []\n${END}`,
			/^7:1 .* \| at most 4 is allowed$/,
		],
		[
			'too little',
			`${HEAD}${PROJECT}tasks: []\nevents: []\n${END}`,
			/^7:1 .* \| at least 1 is needed$/,
		],
		[
			'a key twice',
			`${HEAD}${HEAD}${PROJECT}events: []\n${END}`,
			/^5:1 the key "mulligan" is used twice/,
		],
		[
			'no project',
			`${HEAD}events: []\n${END}`,
			'1:1 there is no project | write project or project_file',
		],
		[
			'two projects',
			`${HEAD}${PROJECT}project_file: p.yml\nevents: []\n${END}`,
			'7:1 there are two projects | keep project or project_file',
		],
		[
			'a project file that is missing',
			`${HEAD}project_file: p.yml\nevents: []\n${END}`,
			'5:1 "p.yml" does not exist | name a file from the folder of this scenario',
		],
		[
			'a project file outside',
			`${HEAD}project_file: ../p.yml\nevents: []\n${END}`,
			/^5:1 "..\/p.yml" is outside the folder that scenarios may read/,
		],
		[
			'an unknown task',
			`${HEAD}${PROJECT}tasks: [lint]\nevents: []\n${END}`,
			/^7:9 no task of the project is named "lint"/,
		],
		['broken YAML', 'a: [', /^1:5 /],
		['no mapping', '- a', /^1:1 .*expected object.* \| write a mapping$/],
	])('%s', (_what, text, said) => {
		expect(problems(text)[0]).toEqual(
			typeof said === 'string' ? said : expect.stringMatching(said),
		);
	});

	test.each([
		[
			'an unknown event',
			'  - hots-ask: h1\n',
			/^8:5 unknown key "hots-ask", expected one of: begins, succeeds, .*, exchange, host-asks, message-delivered, command-ends/,
		],
		[
			'an unknown word',
			'  - hosts-ask\n',
			/^8:5 "hosts-ask" is not known here \| write one of host-asks, heartbeat-sent/,
		],
		['a word that needs more', '  - command-ends\n', /^8:5 "command-ends" is not known here/],
		[
			'two events in one',
			'  - { host-asks: h1, agent-dies: h1 }\n',
			/^8:5 a line of a story has exactly one key/,
		],
		[
			'a wrong outcome',
			'  - command-ends: faild\n',
			/^8:5 "command-ends" cannot be "faild" \| write one of succeeded, failed/,
		],
		[
			'a wrong outcome, in full',
			'  - command-ends: { outcome: faild }\n',
			/^8:21 "outcome" cannot be "faild" \| write one of succeeded, failed/,
		],
		[
			'a missing outcome',
			'  - command-ends: { host: h1 }\n',
			'8:5 "outcome" is missing | write one of succeeded, failed, panicked, timed-out-exec, timed-out-idle, timed-out-block there',
		],
		[
			'a list for an outcome',
			'  - command-ends: [failed]\n',
			/^8:5 expected one of succeeded, .* or a mapping/,
		],
		[
			'a wrong message',
			'  - message-lost: reply marks\n',
			/^8:5 "message-lost" cannot be "reply marks"/,
		],
		['a wrong number', '  - hours-pass: 0\n', /^8:5 .* \| at least 1 is needed$/],
		[
			'a host that is not there',
			'  - host-asks: h2\n',
			'8:5 there is no host "h2" | name one of: h1',
		],
		[
			'a message of nobody',
			'  - message-lost: { leg: request, route: mark, task: x }\n',
			'8:5 there is no task "x" | name one of: compile',
		],
		['an empty event', '  - command-ends:\n', /^8:5 expected/],
		[
			'a task expected that is not there',
			'  - expect: { tasks: { lint: { execution: 1 } } }\n',
			'8:24 there is no task "lint" | name one of: compile',
		],
		[
			'a host expected that is not there',
			'  - expect: { hosts: { h2: { agent: dead } } }\n',
			'8:24 there is no host "h2" | name one of: h1',
		],
		[
			'a wrong expectation',
			'  - expect: { tasks: { compile: { staus: failed } } }\n',
			/^8:35 unknown key "staus", expected one of: status, /,
		],
		[
			'a wrong history',
			'  - expect: { tasks: { compile: { history: [{ mark: no }] } } }\n',
			/^8:47 "mark" cannot be "no"/,
		],
	])('%s', (_what, events, said) => {
		expect(told(events)[0]).toEqual(typeof said === 'string' ? said : expect.stringMatching(said));
	});

	test('an unknown event alone, and not that its line has no key too', () => {
		expect(told('  - ends: compile\n')).toEqual([
			expect.stringMatching(/^8:5 unknown key "ends", /),
		]);
	});

	test('a host that must be named, for there are two', () => {
		expect(told('  - host-asks\n  - command-ends: failed\n', 'hosts: [a, b]\n')).toEqual([
			'9:5 say which host is meant | write host: a or b',
			'10:5 say which host is meant | write host: a or b',
		]);
	});

	test('a task that must be named, for there are two', () => {
		const tasks = 'tasks: [compile, { task: compile, id: other }]\n';
		expect(told('  - user-aborts\n', tasks)).toEqual([
			'9:5 say which task is meant | write task: compile or other',
		]);
	});

	test('a story without end', () => {
		expect(told('  - host-asks\n'.repeat(501))[0]).toMatch(/^7:1 .* \| at most 500 is allowed$/);
		expect(told('  - exchange: next\n'.repeat(300))[0]).toMatch(
			/^7:1 .* \| at most 500 is allowed$/,
		);
	});

	test('several tasks, of which none is chosen', () => {
		const project = 'project: { tasks: [{ name: a, commands: [] }, { name: b, commands: [] }] }\n';
		expect(problems(`${HEAD}${project}events: []\n${END}`)).toEqual([
			'5:1 the project has 2 tasks; say which of them run | write tasks: [name]',
		]);
	});

	test('a project file that is refused, at its own place', () => {
		const loaded = load(`${HEAD}project_file: p.yml\nevents: []\n${END}`, { 'p.yml': '\n- a' });
		expect(loaded.kind === 'refused' && loaded.problems).toMatchObject([
			{ file: expect.stringMatching(/p\.yml$/), line: 2, column: 1 },
		]);
	});
});
