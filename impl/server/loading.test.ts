import { expect, test } from 'vitest';
import { ignoredFlags } from './loading.ts';

test('flags on calls are reported: project blocks first, then used tasks in project order', () => {
	const flagged = { func: 'f', retry_on_failure: true };
	const project = {
		id: 'p1',
		post: [{ command: 'x', retry_on_failure: true }, flagged],
		timeout: [flagged],
		pre: [{ func: 'f', retry_on_failure: false }, { func: 'f' }, flagged],
		tasks: [
			{ name: 'b', commands: [flagged] },
			{ name: 'unused', commands: [flagged] },
			{ name: 'a', commands: [{ command: 'x' }, flagged] },
		],
	};
	expect(ignoredFlags(project, [{ task: 'a' }, { task: 'b' }])).toEqual([
		{ task: null, block: 'pre', step: 2, func: 'f' },
		{ task: null, block: 'timeout', step: 0, func: 'f' },
		{ task: null, block: 'post', step: 1, func: 'f' },
		{ task: 'b', block: 'main', step: 0, func: 'f' },
		{ task: 'a', block: 'main', step: 1, func: 'f' },
	]);
});

test('those of the groups in use stand between, in the order of the project and of the blocks', () => {
	const flagged = [{ func: 'f', retry_on_failure: true }];
	const blocks = {
		teardown_group: flagged,
		teardown_task: flagged,
		timeout: flagged,
		setup_task: flagged,
		setup_group: flagged,
	};
	const project = {
		id: 'p1',
		post: flagged,
		tasks: [{ name: 'a', commands: flagged }],
		task_groups: [
			{ name: 'h', tasks: ['a'], setup_task: flagged },
			{ name: 'unused', tasks: ['a'], ...blocks },
			{ name: 'g', tasks: ['a'], ...blocks },
		],
	};
	const used = [
		{ task: 'a', group: 'g' },
		{ task: 'a', group: 'h' },
	];
	const rest = { step: 0, func: 'f' };
	expect(ignoredFlags(project, used)).toEqual([
		{ task: null, block: 'post', ...rest },
		{ task: null, group: 'h', block: 'setup_task', ...rest },
		{ task: null, group: 'g', block: 'setup_group', ...rest },
		{ task: null, group: 'g', block: 'setup_task', ...rest },
		{ task: null, group: 'g', block: 'timeout', ...rest },
		{ task: null, group: 'g', block: 'teardown_task', ...rest },
		{ task: null, group: 'g', block: 'teardown_group', ...rest },
		{ task: 'a', block: 'main', ...rest },
	]);
});
