import { expect, test } from 'vitest';
import type { PostedStatus } from '../../model/vocabulary/command.ts';
import type { RenderedCommand } from '../ports/shell.ts';
import { type Cause, composeEnd, ExecutionOutcome, limitOf } from './execution-outcome.ts';
import { LocalStatus } from './status.ts';

const COMMAND: RenderedCommand = {
	position: { block: 'main', step: 0, member: null },
	command: 'make',
	type: 'setup',
	background: false,
	retry_on_failure: false,
};

const statusOf = (posted?: Partial<PostedStatus>): LocalStatus => {
	const status = new LocalStatus();
	if (posted !== undefined)
		status.post({ status: 'failed', should_continue: false, ...posted }, 'test');
	return status;
};

const causeOf = (
	change: Partial<RenderedCommand>,
	limit: Cause['limit'] = null,
	exit?: Cause['exit'],
): Cause => ({ command: { ...COMMAND, ...change }, limit, exit });

const end = (outcome: ExecutionOutcome, status: LocalStatus) =>
	composeEnd(outcome.composed(status));

test('without a failure and a posted status the end is a success without a type', () => {
	expect(end(new ExecutionOutcome(), statusOf())).toEqual({
		status: 'success',
		type: null,
		description: '',
		timed_out: null,
	});
});

test('the first failure gives the type, and the first time limit stays', () => {
	const outcome = new ExecutionOutcome();
	outcome.add(causeOf({}));
	outcome.add(causeOf({ type: 'system' }, 'post'));
	outcome.add(causeOf({}, 'exec'));
	expect(outcome.limit).toBe('post');
	expect(end(outcome, statusOf())).toMatchObject({
		status: 'failed',
		type: 'setup',
		timed_out: 'block',
	});
});

test('the first command that made a block fail is named beside what was posted, unless the end is a success', () => {
	const outcome = new ExecutionOutcome();
	const status = statusOf();
	expect(outcome.remarks(status, end(outcome, status))).toBeNull();
	outcome.add(causeOf({ display_name: 'build' }));
	outcome.add(causeOf({ position: { block: 'post', step: 3, member: null } }));
	status.addTags(['flaky']);
	expect(outcome.remarks(status, end(outcome, status))).toEqual({
		desc: '',
		failure_metadata_tags: ['flaky'],
		failing_command: 'make "build" (main, step 1)',
	});
	const success = statusOf({ status: 'success' });
	expect(outcome.remarks(success, end(outcome, success))).toBeNull();
});

test('the first command that made a block fail is the one whose exit is told, unless the end is a success', () => {
	const outcome = new ExecutionOutcome();
	outcome.add(causeOf({}, null, 'SIGKILL'));
	outcome.add(causeOf({}, null, 3));
	expect(end(outcome, statusOf())).toMatchObject({ exit: 'SIGKILL' });
	expect(end(outcome, statusOf({}))).toMatchObject({ exit: 'SIGKILL' });
	expect(end(outcome, statusOf({ status: 'banana' }))).toMatchObject({ exit: 'SIGKILL' });
	expect(end(outcome, statusOf({ status: 'success' }))).not.toHaveProperty('exit');
});

test('of a command that was not let end by itself no exit is told, though a later one exited', () => {
	const outcome = new ExecutionOutcome();
	outcome.add(causeOf({}, 'exec'));
	outcome.add(causeOf({}, null, 3));
	expect(end(outcome, statusOf())).not.toHaveProperty('exit');
});

test('a valid posted status overrides that of the blocks, and time-outs are told all the same', () => {
	const outcome = new ExecutionOutcome();
	outcome.add(causeOf({}, 'idle'));
	expect(end(outcome, statusOf({ status: 'success', type: 'system' }))).toEqual({
		status: 'success',
		type: null,
		description: '',
		timed_out: 'idle',
	});
	expect(end(outcome, statusOf({ type: 'system' }))).toMatchObject({ type: 'system' });
	expect(end(outcome, statusOf({}))).toMatchObject({ status: 'failed', type: 'test' });
});

test('an invalid posted status is a system failure', () => {
	expect(end(new ExecutionOutcome(), statusOf({ status: 'banana' }))).toEqual({
		status: 'failed',
		type: 'system',
		description: 'task has invalid status',
		timed_out: null,
	});
});

test('where nothing was said, the end names the command that failed and nothing more', () => {
	const outcome = new ExecutionOutcome();
	outcome.add(causeOf({}));
	const status = statusOf();
	expect(outcome.remarks(status, end(outcome, status))).toEqual({
		desc: '',
		failure_metadata_tags: [],
		failing_command: 'make (main, step 1)',
	});
});

test.each([
	['timed-out-exec', 'main', 'exec'],
	['timed-out-idle', 'pre', 'idle'],
	['timed-out-block', 'pre', 'pre'],
	['timed-out-block', 'setup_group', 'setup_group'],
	['timed-out-block', 'teardown_task', 'teardown_task'],
	['timed-out-block', 'timeout', null],
	['failed', 'main', null],
	['panicked', 'post', null],
	['killed', 'main', null],
] as const)('%s in %s speaks of the limit %s', (outcome, block, limit) => {
	expect(limitOf(outcome, { block, canFailTask: true, commands: [] })).toBe(limit);
});
