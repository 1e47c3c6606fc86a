import { serialize } from 'bson';
import { expect, test } from 'vitest';
import type { Project } from '../../model/vocabulary/project.ts';
import { toParserProject } from '../server/parser-project.ts';
import { readParserProject } from './parser-project.ts';

const read = (document: object) => readParserProject(serialize(document));

test('what the app server writes is read as the same project', () => {
	const project: Project = {
		id: 'p1',
		command_type: 'system',
		tasks: [
			{ name: 'empty', commands: [] },
			{
				name: 'compile',
				exec_timeout_secs: 90,
				commands: [
					{
						func: 'f',
						type: 'setup',
						variants: ['a'],
						timeout_secs: 60,
						vars: { a: '${b}' },
						retry_on_failure: true,
					},
					{ command: 'shell.exec', variants: [], params_yaml: 'script: make\n', timeout_secs: 5 },
					{ command: 'shell.exec', background: true, params_yaml: 'background: true\n' },
				],
			},
		],
		functions: { f: [{ command: 'git.get_project', display_name: 'x', retry_on_failure: false }] },
		pre: [{ func: 'f' }],
		timeout: [],
		post: [{ command: 'attach.results', type: 'test' }],
		task_groups: [
			{ name: 'plain', tasks: ['empty'] },
			{
				name: 'full',
				tasks: ['compile', 'empty'],
				max_hosts: -1,
				share_processes: true,
				setup_group: [{ func: 'f' }],
				setup_task: [{ command: 'a' }],
				teardown_task: [],
				teardown_group: [{ command: 'b', retry_on_failure: true }],
				timeout: [{ command: 'c' }],
				setup_group_can_fail_task: true,
				setup_task_can_fail_task: false,
				teardown_task_can_fail_task: true,
				setup_group_timeout_secs: 1,
				setup_task_timeout_secs: 2,
				teardown_task_timeout_secs: 3,
				teardown_group_timeout_secs: 4,
				callback_timeout_secs: 5,
			},
		],
		pre_error_fails_task: true,
		post_error_fails_task: false,
		exec_timeout_secs: 3600,
		timeout_secs: 60,
		pre_timeout_secs: 7,
		callback_timeout_secs: 8,
		post_timeout_secs: 9,
	};
	const written = toParserProject(project, 'v1', [
		{ name: 'compile', variant: 'linux', place: null },
	]);
	expect(read(written)).toEqual(project);
});

test('a block or function may be a single command, empty texts are none, other keys are passed over', () => {
	expect(
		read({
			_id: 'v1',
			identifier: '',
			owner: 'somebody',
			command_type: '',
			functions: { f: { single_command: { func: '', command: 'a', type: '', loggers: {} } } },
			post: { single_command: { command: 'b', failure_metadata_tags: ['x'] } },
			pre: null,
			tasks: [{ name: 'compile', depends_on: [] }],
		}),
	).toEqual({
		id: 'v1',
		functions: { f: [{ command: 'a' }] },
		post: [{ command: 'b' }],
		tasks: [{ name: 'compile', commands: [] }],
	});
});

test('time limits are read, as whole seconds that a timer can wait for; 0 is none', () => {
	expect(
		read({
			identifier: 'p1',
			tasks: [],
			exec_timeout_secs: 3600,
			timeout_secs: 60,
			pre_timeout_secs: 0,
			callback_timeout_secs: 1e12,
			post_timeout_secs: 0.5,
		}),
	).toEqual({
		id: 'p1',
		tasks: [],
		functions: {},
		exec_timeout_secs: 3600,
		timeout_secs: 60,
		callback_timeout_secs: 2_147_483,
		post_timeout_secs: 1,
	});
});

test.each([
	['a task without a name', { identifier: 'p1', tasks: [{ commands: [] }] }],
	[
		'a step that is neither a command nor a call',
		{ identifier: 'p1', tasks: [], pre: { multi_command: [{}] } },
	],
	['no id', { tasks: [] }],
])('%s is no project', (_what, document) => {
	expect(read(document)).toBeNull();
});

test('bytes that are no BSON are no project', () => {
	expect(readParserProject(Buffer.from('{"tasks": []}'))).toBeNull();
	expect(readParserProject(new Uint8Array())).toBeNull();
});
