import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../vocabulary/event.ts';
import type { Block } from '../vocabulary/project.ts';
import { commandAt, failsTask, ignoredFlagsOf, planOf } from './commands.ts';
import { setupOf } from './testing/seen.ts';

const setup = setupOf({
	project: {
		id: 'p',
		command_type: 'setup',
		pre: [{ func: 'f', retry_on_failure: true }],
		tasks: [
			{ name: 'other', commands: [{ func: 'f', retry_on_failure: true }] },
			{
				name: 'test',
				commands: [
					{ func: 'f', type: 'system', variants: ['linux'], retry_on_failure: true },
					{ func: 'gone', retry_on_failure: true },
					{ func: 'f', variants: ['windows'] },
					{ command: 'plain' },
				],
			},
		],
		functions: {
			f: [
				{ command: 'one', type: 'test', retry_on_failure: true },
				{ command: 'two', display_name: 'second', variants: ['windows'] },
			],
		},
		post: [{ command: 'bg', background: true }, { command: 'last' }],
	},
});

describe('planOf', () => {
	const plan = planOf(setup, 'a');
	const at = (block: Block, step: number, member: number | null) =>
		plan === undefined ? null : commandAt(plan, { block, step, member });

	it('reads flag, type and variants of a member from itself, then from its call', () => {
		expect(at('main', 0, 0)).toMatchObject({
			flagged: true,
			calledWithFlag: true,
			type: 'test',
			listed: true,
		});
		expect(at('main', 0, 1)).toMatchObject({
			name: 'second',
			flagged: false,
			type: 'system',
			listed: false,
		});
		expect(at('main', 2, 0)).toMatchObject({ listed: false, type: 'test' });
		expect(at('main', 3, null)).toMatchObject({
			flagged: false,
			calledWithFlag: false,
			type: 'setup',
		});
	});

	it('has no command where none stands', () => {
		expect(at('main', 1, 0)).toBeNull();
		expect(at('main', 3, 0)).toBeNull();
		expect(at('main', 0, null)).toBeNull();
		expect(at('timeout', 0, null)).toBeNull();
	});

	it('expects of post what is listed and waited for', () => {
		expect(plan?.post.map(({ name }) => name)).toEqual(['last']);
		expect(plan?.skips).toBe(true);
	});

	it('is worked out once', () => {
		expect(planOf(setup, 'a')).toBe(plan);
		expect(planOf(setup, 'nobody')).toBeUndefined();
	});
});

describe('ignoredFlagsOf', () => {
	it('lists the flags on calls, project blocks first, then the tasks in use', () => {
		expect(ignoredFlagsOf(setup)).toEqual([
			{ task: null, block: 'pre', step: 0, func: 'f' },
			{ task: 'test', block: 'main', step: 0, func: 'f' },
			{ task: 'test', block: 'main', step: 1, func: 'gone' },
		]);
		expect(ignoredFlagsOf(setup)).toBe(ignoredFlagsOf(setup));
	});
});

describe('failsTask', () => {
	const project = (on: boolean) => ({
		id: 'p',
		tasks: [],
		pre_error_fails_task: on,
		post_error_fails_task: on,
	});
	const table: [Block, CommandOutcome, off: boolean, on: boolean][] = [
		['pre', 'succeeded', false, false],
		['pre', 'failed', false, true],
		['pre', 'panicked', false, true],
		['pre', 'timed-out-exec', true, true],
		['pre', 'timed-out-idle', true, true],
		['pre', 'timed-out-block', false, true],
		['main', 'succeeded', false, false],
		['main', 'failed', true, true],
		['main', 'timed-out-idle', true, true],
		['timeout', 'failed', false, false],
		['timeout', 'timed-out-block', false, false],
		['post', 'failed', false, true],
		['post', 'timed-out-block', false, true],
	];
	it.each(table)('reads S4: %s, %s', (block, outcome, off, on) => {
		expect(failsTask(project(false), block, outcome)).toBe(off);
		expect(failsTask(project(true), block, outcome)).toBe(on);
	});
});
