import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alike, difference } from './difference.ts';

/** JSON with its keys in order: equal for equal values. */
const canonical = (value: unknown): string =>
	JSON.stringify(value, (_, held: unknown) =>
		typeof held === 'object' && held !== null && !Array.isArray(held)
			? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
			: held,
	);

const KEYS = ['a', 'b', 'toString', 'constructor'];
const value = fc.oneof(
	fc.jsonValue({ maxDepth: 3 }),
	fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
);
/** Two values, often the same or nearly so. */
const pair = fc.oneof(
	fc.tuple(value, value),
	value.map((same) => [same, structuredClone(same)] as const),
	fc.tuple(value, value, value).map(
		([a, b, c]) =>
			[
				{ a, b },
				{ b, a: c },
			] as const,
	),
	fc.constant([{}, []] as const),
	fc.tuple(fc.array(value, { maxLength: 3 }), value).map(([a, b]) => [a, [...a, b]] as const),
);

test('values are alike exactly when there is no difference between them', () => {
	fc.assert(
		fc.property(pair, ([left, right]) => {
			expect(alike(left, right)).toBe(difference(left, right) === null);
		}),
		{ numRuns: 2000 },
	);
});

test('values are alike exactly when their JSON is the same, whatever the order of keys', () => {
	fc.assert(
		fc.property(pair, ([left, right]) => {
			expect(alike(left, right)).toBe(canonical(left) === canonical(right));
		}),
		{ numRuns: 2000 },
	);
});

test('the order of the two does not matter', () => {
	fc.assert(
		fc.property(pair, ([left, right]) => {
			expect(alike(right, left)).toBe(alike(left, right));
			expect(difference(right, left) === null).toBe(difference(left, right) === null);
		}),
		{ numRuns: 1000 },
	);
});

test.each([
	[{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, 'a[0].b', 1, 2],
	[{ a: [1, 2] }, { a: [1] }, 'a.length', 2, 1],
	[{ a: [1] }, { a: [1, 2] }, 'a.length', 1, 2],
	[{}, { a: { b: 0 } }, 'a', undefined, { b: 0 }],
	[{ a: 0 }, {}, 'a', 0, undefined],
	[{ a: {} }, { a: { b: 0 } }, 'a.b', undefined, 0],
	[{ a: null }, { a: {} }, 'a', null, {}],
	[{ a: [] }, { a: {} }, 'a', [], {}],
	[1, '1', '', 1, '1'],
])('the difference of %j and %j is in "%s"', (left, right, path, from, to) => {
	expect(difference(left, right)).toEqual({ path, left: from, right: to });
});

test('a key that holds undefined is as good as none', () => {
	expect(alike({ a: undefined }, {})).toBe(true);
	expect(alike({}, { a: undefined })).toBe(true);
	expect(difference({ a: undefined }, {})).toBeNull();
	expect(difference({}, { a: undefined })).toBeNull();
});

test('what was alike before is alike still, and what changed is looked at', () => {
	const record = fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue({ maxDepth: 2 }));
	fc.assert(
		fc.property(record, fc.constantFrom(...KEYS), value, value, (was, key, one, other) => {
			const beside = structuredClone(was);
			const left = { ...was, [key]: one };
			const right = { ...beside, [key]: other };
			expect(alike(left, right, was, beside)).toBe(alike(left, right));
			expect(alike(left, beside, was, beside)).toBe(alike(left, beside));
			expect(alike(was, beside, null, null)).toBe(true);
		}),
		{ numRuns: 1000 },
	);
});
