import { expect, test } from 'vitest';
import type { PostedStatus } from '../../model/vocabulary/command.ts';
import type { RenderedCommand } from '../ports/shell.ts';
import { LocalStatus } from './status.ts';
import { Verdict } from './verdict.ts';

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

test('without a failure and a posted status the end is a success without a type', () => {
	expect(new Verdict().compose(statusOf())).toEqual({
		status: 'success',
		type: null,
		description: '',
		timed_out: null,
	});
});

test('the first failure gives the type, and the first time limit stays', () => {
	const verdict = new Verdict();
	verdict.add(COMMAND, null);
	verdict.add({ ...COMMAND, type: 'system' }, 'post');
	verdict.add(COMMAND, 'exec');
	expect(verdict.limit).toBe('post');
	expect(verdict.compose(statusOf())).toMatchObject({
		status: 'failed',
		type: 'setup',
		timed_out: 'block',
	});
});

test('the first command that made a block fail is named beside what was posted, unless the end is a success', () => {
	const verdict = new Verdict();
	const status = statusOf();
	expect(verdict.remarks(status, verdict.compose(status))).toBeNull();
	verdict.add({ ...COMMAND, display_name: 'build' }, null);
	verdict.add({ ...COMMAND, position: { block: 'post', step: 3, member: null } }, null);
	status.addTags(['flaky']);
	expect(verdict.remarks(status, verdict.compose(status))).toEqual({
		desc: '',
		failure_metadata_tags: ['flaky'],
		failing_command: 'make "build" (main, step 1)',
	});
	const success = statusOf({ status: 'success' });
	expect(verdict.remarks(success, verdict.compose(success))).toBeNull();
});

test('a valid posted status overrides that of the blocks, and time-outs are told all the same', () => {
	const verdict = new Verdict();
	verdict.add(COMMAND, 'idle');
	expect(verdict.compose(statusOf({ status: 'success', type: 'system' }))).toEqual({
		status: 'success',
		type: null,
		description: '',
		timed_out: 'idle',
	});
	expect(verdict.compose(statusOf({ type: 'system' }))).toMatchObject({ type: 'system' });
	expect(verdict.compose(statusOf({}))).toMatchObject({ status: 'failed', type: 'test' });
});

test('an invalid posted status is a system failure', () => {
	expect(new Verdict().compose(statusOf({ status: 'banana' }))).toEqual({
		status: 'failed',
		type: 'system',
		description: 'task has invalid status',
		timed_out: null,
	});
});
