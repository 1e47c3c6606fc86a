import { expect, onTestFinished, test, vi } from 'vitest';
import type { TaskGroup } from '../../model/vocabulary/project.ts';
import { LimitWatcher, limitsOf } from './time-limits.ts';

test('each limit of a project is one of its executions; 0 leaves one to the agent', () => {
	const project = {
		id: 'p1',
		tasks: [],
		exec_timeout_secs: 1,
		timeout_secs: 2,
		pre_timeout_secs: 3,
		callback_timeout_secs: 4,
		post_timeout_secs: 5,
	};
	expect(limitsOf({ project, task: 'compile' })).toEqual({
		exec_s: 1,
		idle_s: 2,
		pre_s: 3,
		timeout_s: 4,
		post_s: 5,
	});
	const none = { id: 'p1', tasks: [], exec_timeout_secs: 0 };
	expect(limitsOf({ project: none, task: 'compile' })).toEqual({});
});

test('a task has an exec limit of its own in place of the project’s', () => {
	const task = (name: string, exec_timeout_secs?: number) => ({
		name,
		commands: [],
		...(exec_timeout_secs === undefined ? {} : { exec_timeout_secs }),
	});
	const project = {
		id: 'p1',
		tasks: [task('compile', 5), task('lint'), task('zero', 0)],
		exec_timeout_secs: 1,
	};
	const limit = (task: string) => limitsOf({ project, task }).exec_s;
	expect([limit('compile'), limit('lint'), limit('zero')]).toEqual([5, 1, 1]);
});

test('a group has limits for its own blocks; that of the timeout block goes with the block', () => {
	const group = {
		name: 'g',
		tasks: ['compile'],
		setup_group_timeout_secs: 1,
		setup_task_timeout_secs: 2,
		teardown_task_timeout_secs: 3,
		teardown_group_timeout_secs: 4,
		callback_timeout_secs: 5,
	};
	const limits = (more: Partial<TaskGroup> = {}) =>
		limitsOf({
			project: {
				id: 'p1',
				tasks: [],
				callback_timeout_secs: 6,
				task_groups: [{ ...group, ...more }],
			},
			task: 'compile',
			group: 'g',
		});
	const own = { setup_group_s: 1, setup_task_s: 2, teardown_task_s: 3, teardown_group_s: 4 };
	expect(limits()).toEqual({ ...own, timeout_s: 6 });
	expect(limits({ timeout: [] })).toEqual({ ...own, timeout_s: 5 });
});

test.each([
	['nobody sets one', {}, 180],
	['a longer one is set', { teardown_group_s: 600 }, 180],
	['a shorter one is set', { teardown_group_s: 60 }, 60],
])('teardown_group has three minutes at the most: %s', (_what, limits, after_s) => {
	vi.useFakeTimers();
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const expired = vi.fn();
	new LimitWatcher(limits, 1).watch('teardown_group', 0, expired);
	vi.advanceTimersByTime(after_s * 1000 - 1);
	expect(expired).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	expect(expired.mock.calls).toEqual([['timed-out-block']]);
});

test.each(['setup_group', 'setup_task'] as const)(
	'%s has idle and exec limits, as pre',
	(block) => {
		vi.useFakeTimers();
		onTestFinished(() => {
			vi.useRealTimers();
		});
		const expired = vi.fn();
		new LimitWatcher({ idle_s: 1, exec_s: 2 }, 1).watch(block, 0, expired);
		vi.advanceTimersByTime(2000);
		expect(expired.mock.calls).toEqual([['timed-out-idle'], ['timed-out-exec']]);
	},
);
