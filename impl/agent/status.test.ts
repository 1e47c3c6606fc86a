import { expect, test } from 'vitest';
import { remarksOf } from '../wire/remarks.ts';
import { LocalStatus } from './status.ts';

const FAILED = { status: 'failed', should_continue: true };

test('the last status counts with what was said with it; added tags stay', () => {
	const status = new LocalStatus();
	status.addTags(['flaky']);
	status.post(FAILED, 'test', remarksOf('first', ['a', 'flaky']));
	status.addTags(['slow']);
	expect(status.remarks).toEqual({
		desc: 'first',
		failure_metadata_tags: ['a', 'flaky', 'slow'],
	});
	status.post(FAILED, 'test', remarksOf('second', []));
	expect(status.remarks).toEqual({ desc: 'second', failure_metadata_tags: ['flaky', 'slow'] });
});

test('where nothing was said there are no remarks', () => {
	const status = new LocalStatus();
	expect(status.remarks).toBeNull();
	status.post(FAILED, 'test');
	expect(status.remarks).toBeNull();
});

test('tags do not grow without end', () => {
	const status = new LocalStatus();
	for (let index = 0; index < 500; index++) status.addTags([String(index)]);
	expect(status.remarks?.failure_metadata_tags).toHaveLength(100);
});

test('a tag that says nothing is none', () => {
	const status = new LocalStatus();
	status.addTags(['']);
	expect(status.remarks).toBeNull();
	status.addTags(['slow']);
	expect(status.remarks?.failure_metadata_tags).toEqual(['slow']);
});

test('work is to stop after a status that does not say that it goes on, and before there is one it is not', () => {
	const status = new LocalStatus();
	expect(status.stopsWork).toBe(false);
	status.post({ ...FAILED, should_continue: false }, 'test');
	expect(status.stopsWork).toBe(true);
	status.post(FAILED, 'test');
	expect(status.stopsWork).toBe(false);
});
