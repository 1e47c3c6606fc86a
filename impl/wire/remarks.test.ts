import { expect, test } from 'vitest';
import { remarksOf } from './remarks.ts';

test('a description has 500 characters at the most, and is never cut within one', () => {
	const most = 'x'.repeat(500);
	expect(remarksOf(`${most}y`, [])?.desc).toBe(most);
	expect(remarksOf(`${'x'.repeat(499)}🚀`, [])?.desc).toBe('x'.repeat(499));
	expect(remarksOf(`${'x'.repeat(498)}🚀y`, [])?.desc).toBe(`${'x'.repeat(498)}🚀`);
});

test('what no store can keep is replaced', () => {
	expect(remarksOf('a\0b\uD800c\uDC00', ['\0'])).toEqual({
		desc: 'a\uFFFDb\uFFFDc\uFFFD',
		failure_metadata_tags: ['\uFFFD'],
	});
});

test('each tag is kept once, and not too many', () => {
	expect(remarksOf('', ['a', 'b', 'a', ''])?.failure_metadata_tags).toEqual(['a', 'b']);
	const many = Array.from({ length: 200 }, (_, index) => `${index} ${'x'.repeat(1000)}`);
	const kept = remarksOf('', many)?.failure_metadata_tags ?? [];
	expect(kept).toHaveLength(100);
	expect(kept[0]).toHaveLength(300);
});

test('to say nothing is no remark', () => {
	expect(remarksOf('', [])).toBeNull();
	expect(remarksOf('', [''])).toBeNull();
});
