import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookUp, Memo, MISSING, mix } from './memo.ts';

const key = fc.tuple(fc.nat(5), fc.nat(5), fc.nat(3), fc.integer({ min: -2, max: 2 }));

test('a memo answers as a map does, however it grows', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(key, fc.nat(99)), { maxLength: 120 }), (pairs) => {
			const memo = new Memo(2);
			const map = new Map<string, number>();
			for (const [[a, b, c, d], value] of pairs) {
				expect(memo.get(a, b, c, d)).toBe(map.get(`${a} ${b} ${c} ${d}`) ?? MISSING);
				memo.set(a, b, c, d, value);
				map.set(`${a} ${b} ${c} ${d}`, value);
			}
			expect(memo.size).toBe(map.size);
			const entries = [...memo.entries()].map(([a, b, c, d, value]) => [
				`${a} ${b} ${c} ${d}`,
				value,
			]);
			expect(new Map(entries as [string, number][])).toEqual(map);
		}),
		{ numRuns: 50 },
	);
});

test.each([0, 1, 2, 3])('keys that collide are told apart by their part %i alone', (part) => {
	type Key = [number, number, number, number];
	const keyOf = (value: number): Key => {
		const key: Key = [0, 0, 0, 0];
		key[part] = value;
		return key;
	};
	const at = (value: number): number => mix(...keyOf(value)) & 1023;
	const colliding = [...Array(200_000).keys()].filter((value) => at(value) === at(0)).slice(0, 60);
	expect(colliding).toHaveLength(60);
	const memo = new Memo();
	for (const value of colliding) {
		expect(memo.get(...keyOf(value))).toBe(MISSING);
		memo.set(...keyOf(value), value + 7);
	}
	for (const value of colliding) expect(memo.get(...keyOf(value))).toBe(value + 7);
});

test('cells that a reader holds stay as they were when the memo grows', () => {
	const memo = new Memo(2);
	memo.set(1, 2, 3, 4, 5);
	const { cells } = memo;
	for (let a = 10; a < 100; a++) memo.set(a, 0, 0, 0, a);
	expect(memo.cells).not.toBe(cells);
	expect(lookUp(cells, 1, 2, 3, 4)).toBe(5);
	expect(lookUp(cells, 50, 0, 0, 0)).toBe(MISSING);
	expect(lookUp(memo.cells, 50, 0, 0, 0)).toBe(50);
});

test('a value that says "missing" is refused', () => {
	expect(() => new Memo().set(1, 2, 3, 4, MISSING)).toThrow(RangeError);
});
