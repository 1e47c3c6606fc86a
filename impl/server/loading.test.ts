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
	expect(ignoredFlags(project, new Set(['a', 'b']))).toEqual([
		{ task: null, block: 'pre', step: 2, func: 'f' },
		{ task: null, block: 'timeout', step: 0, func: 'f' },
		{ task: null, block: 'post', step: 1, func: 'f' },
		{ task: 'b', block: 'main', step: 0, func: 'f' },
		{ task: 'a', block: 'main', step: 1, func: 'f' },
	]);
});

test('so are those in the blocks of groups that are used, in the order of the groups', () => {
	const flagged = [{ func: 'f', retry_on_failure: true }];
	const blocks = { teardown_group: flagged, timeout: flagged, setup_group: flagged };
	const project = {
		id: 'p1',
		post: flagged,
		task_groups: ['g', 'unused', 'h'].map((name) => ({ name, tasks: ['a'], ...blocks })),
		tasks: [{ name: 'a', commands: flagged }],
	};
	const reported = ignoredFlags(project, new Set(['a']), new Set(['h', 'g']));
	expect(reported.map(({ group = null, block }) => [group, block])).toEqual([
		[null, 'post'],
		['g', 'setup_group'],
		['g', 'timeout'],
		['g', 'teardown_group'],
		['h', 'setup_group'],
		['h', 'timeout'],
		['h', 'teardown_group'],
		[null, 'main'],
	]);
});
