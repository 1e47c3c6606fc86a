import { expect, it } from 'vitest';
import { same } from './same.ts';

it('finds equal what says the same', () => {
	expect(same({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBe(true);
	expect(same({ a: 1 }, { a: 1, b: undefined })).toBe(true);
});

it('tells apart what differs anywhere', () => {
	for (const [a, b] of [
		[{ a: 1 }, { a: 2 }],
		[{ a: 1 }, { a: 1, b: 2 }],
		[{ a: 1, b: 2 }, { a: 1 }],
		[[1], [1, 2]],
		[[], {}],
		[null, {}],
		[{}, null],
		['1', 1],
	])
		expect(same(a, b)).toBe(false);
});
