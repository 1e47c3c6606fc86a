import { expect, test } from 'vitest';
import { limitsOf } from './time-limits.ts';

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
	expect(limitsOf(project)).toEqual({ exec_s: 1, idle_s: 2, pre_s: 3, timeout_s: 4, post_s: 5 });
	expect(limitsOf({ id: 'p1', tasks: [], exec_timeout_secs: 0 })).toEqual({});
});
