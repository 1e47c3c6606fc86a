import { describe, expect, test } from 'vitest';
import { BLOCK_LENGTH, EXPANDED_LENGTH, NAME_LENGTH } from './project.ts';
import { MAX_HOSTS, MAX_TASKS, Policy, Setup } from './setup.ts';

const VALID = {
	project: { id: 'p', tasks: [{ name: 'a', commands: [{ command: 'x' }] }] },
	tasks: [{ id: 't1', task: 'a', variant: 'v' }],
	hosts: ['h1'],
};
const instance = (id: string, task = 'a') => ({ id, task, variant: 'v' });

const again = { ...instance('t2'), version: 'w' };
const other = (id: string) => ({ other_versions: [{ id: 'w', project: { id } }] });

/** What is wrong, as path: message. */
const problems = (setup: unknown): string[] =>
	(Setup.safeParse(setup).error?.issues ?? []).map(
		({ path, message }) => `${path.join('.')}: ${message}`,
	);

test('a setup that says little gets the usual policy, which parses to itself', () => {
	const setup = Setup.parse(VALID);
	expect(setup).toEqual({
		...VALID,
		requester: 'gitter_request',
		policy: {
			max_automatic_restarts: 1,
			daily_limit: 200,
			execution_cap: 9,
			call_attempts: 10,
		},
	});
	expect(Setup.parse(setup)).toEqual(setup);
	expect(Policy.parse({ daily_limit: 0 })).toEqual({ ...setup.policy, daily_limit: 0 });
});

describe('a setup is refused', () => {
	test('when a task is not of the project, with its place', () => {
		const tasks = [instance('t1'), instance('t2', 'b')];
		expect(problems({ ...VALID, tasks })).toEqual([
			'tasks.1.task: no task of the project is named "b"',
		]);
	});

	test('when two tasks have one id, with the place of the second', () => {
		const tasks = [instance('t1'), instance('t2'), instance('t1')];
		expect(problems({ ...VALID, tasks })).toEqual(['tasks.2.id: the id "t1" is used twice']);
	});

	test('when a host is named twice', () => {
		expect(problems({ ...VALID, hosts: ['h1', 'h2', 'h1'] })).toEqual([
			'hosts: a host is named twice',
		]);
	});

	test('for all of that at once', () => {
		const tasks = [instance('t1', 'b'), instance('t1')];
		expect(problems({ ...VALID, tasks, hosts: ['h1', 'h1'] })).toHaveLength(3);
	});

	test.each([
		['no task', { tasks: [] }],
		[
			'too many tasks',
			{ tasks: Array.from({ length: MAX_TASKS + 1 }, (_, n) => instance(`${n}`)) },
		],
		['no host', { hosts: [] }],
		['too many hosts', { hosts: Array.from({ length: MAX_HOSTS + 1 }, (_, n) => `h${n}`) }],
		['a host without a name', { hosts: [''] }],
		['a name that is too long', { hosts: ['h'.repeat(NAME_LENGTH + 1)] }],
		['a name with a control character', { hosts: ['h\u{1b}[31m'] }],
		['a name with half a character', { hosts: ['h\u{d800}'] }],
		['a project that is no segment of a path', { project: { ...VALID.project, id: '..' } }],
		['a task that is none', { tasks: [{ ...instance('..') }] }],
		['a display task that is none', { display_tasks: [{ id: '.', execution_tasks: ['0'] }] }],
		['a host that is none', { hosts: ['h1', '..'] }],
		['another version that is none', { ...other('..'), tasks: [...VALID.tasks, again] }],
		['another project that is none', { ...other('.'), tasks: [...VALID.tasks, again] }],
		['a name that is no key', { project: { ...VALID.project, pre: [{ func: '__proto__' }] } }],
		['a policy out of bounds', { policy: { max_automatic_restarts: 11 } }],
		['an agent that never calls', { policy: { call_attempts: 0 } }],
		['an unknown requester', { requester: 'somebody' }],
		['an unknown key', { retries: 3 }],
		['a step that is neither command nor call', { project: { ...VALID.project, pre: [{}] } }],
		['a step that is both', { project: { ...VALID.project, pre: [{ command: 'x', func: 'f' }] } }],
	])('for %s', (_, change) => {
		expect(problems({ ...VALID, ...change })).not.toEqual([]);
	});

	test('for a block that is vast when its functions are expanded, and not at the bound', () => {
		const commands = Array.from({ length: BLOCK_LENGTH }, () => ({ command: 'x' }));
		const calls = Array.from({ length: EXPANDED_LENGTH / BLOCK_LENGTH }, () => ({ func: 'f' }));
		const project = { ...VALID.project, functions: { f: commands }, post: calls };
		expect(problems({ ...VALID, project })).toEqual([]);
		const vast = { ...project, post: [...calls, { func: 'nowhere' }, { command: 'x' }] };
		expect(problems({ ...VALID, project: vast })).toEqual([
			`project.post: more than ${EXPANDED_LENGTH} commands when functions are expanded`,
		]);
		const tasks = [{ name: 'a', commands: vast.post }];
		expect(problems({ ...VALID, project: { ...project, tasks } })[0]).toContain('project.a: more');
	});

	test('but not at the bounds', () => {
		const tasks = Array.from({ length: MAX_TASKS }, (_, n) => instance(`${n}`));
		const hosts = Array.from({ length: MAX_HOSTS }, (_, n) => `h${n}`.padEnd(NAME_LENGTH, 'x'));
		expect(problems({ ...VALID, tasks, hosts })).toEqual([]);
	});
});
