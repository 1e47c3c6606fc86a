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
				commands: [
					{ func: 'f', type: 'setup', variants: ['a'], retry_on_failure: true },
					{ command: 'shell.exec', variants: [], params_yaml: 'script: make\n' },
					{ command: 'shell.exec', background: true, params_yaml: 'background: true\n' },
				],
			},
		],
		functions: { f: [{ command: 'git.get_project', display_name: 'x', retry_on_failure: false }] },
		pre: [{ func: 'f' }],
		timeout: [],
		post: [{ command: 'attach.results', type: 'test' }],
		pre_error_fails_task: true,
		post_error_fails_task: false,
	};
	const written = toParserProject(project, 'v1', [{ name: 'compile', variant: 'linux' }]);
	expect(read(written)).toEqual({ project, limits: {} });
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
		})?.project,
	).toEqual({
		id: 'v1',
		functions: { f: [{ command: 'a' }] },
		post: [{ command: 'b' }],
		tasks: [{ name: 'compile', commands: [] }],
	});
});

test('time limits are read, and 0 leaves a limit to the agent', () => {
	expect(
		read({
			identifier: 'p1',
			tasks: [],
			exec_timeout_secs: 3600,
			timeout_secs: 60,
			pre_timeout_secs: 0,
			callback_timeout_secs: 5,
			post_timeout_secs: 10,
		})?.limits,
	).toEqual({ exec_s: 3600, idle_s: 60, timeout_s: 5, post_s: 10 });
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
