import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INDEX_LOAD, ROOT, SEEN, States } from './states.ts';

const word = fc.oneof(fc.nat(3), fc.integer());
const rows = fc
	.integer({ min: 1, max: 4 })
	.chain((width) =>
		fc.array(fc.array(word, { minLength: width, maxLength: width }), { minLength: 1 }),
	);

describe('states', () => {
	test('are stored once each, in the order in which they are met', () => {
		fc.assert(
			fc.property(rows, (list) => {
				const states = new States(list[0]?.length ?? 1, 1000);
				const map = new Map<string, number>();
				for (const row of list) {
					const key = row.join(' ');
					const expected = map.get(key);
					expect(states.find(Int32Array.from(row), 0)).toBe(expected ?? SEEN);
					expect(states.add(Int32Array.from(row), 0, map.size - 1)).toBe(
						expected === undefined ? map.size : SEEN,
					);
					if (expected === undefined) map.set(key, map.size);
				}
				expect(states.count).toBe(map.size);
				const stored = [...map.keys()].map((_, place) => states.parents[place]);
				expect(stored).toEqual([...map.values()].map((place) => place - 1));
			}),
			{ numRuns: 50 },
		);
	});

	test('are found again after the index grew, wherever they are read from', () => {
		const states = new States(2, 20_000);
		const at = (place: number) => Int32Array.from([9, 9, place % 251, Math.imul(place, 77777)]);
		for (let place = 0; place < 20_000; place++)
			expect(states.add(at(place), 2, place === 0 ? ROOT : 0)).toBe(place);
		for (let place = 0; place < 20_000; place += 97) expect(states.find(at(place), 2)).toBe(place);
		expect(states.find(Int32Array.from([251, 0]), 0)).toBe(SEEN);
		expect(states.bytes).toBe(20_000 * 12 + states.slots.length * 4);
		expect(states.slots.length * INDEX_LOAD).toBeGreaterThanOrEqual(20_000 * 2);
	});

	test('keep their places and parents when they are packed anew', () => {
		const states = new States(1, 9000);
		for (let place = 0; place < 5000; place++)
			states.add(Int32Array.from([place * 3]), 0, place - 1);
		states.repack(2, 9000, (words, at, into, to) => {
			into[to] = (words[at] ?? 0) & 0xff;
			into[to + 1] = (words[at] ?? 0) >> 8;
		});
		const packed = (place: number) => Int32Array.from([(place * 3) & 0xff, (place * 3) >> 8]);
		expect(states.width).toBe(2);
		for (let place = 0; place < 5000; place += 7) {
			expect(states.find(packed(place), 0)).toBe(place);
			expect(states.add(packed(place), 0, ROOT)).toBe(SEEN);
			expect(states.parents[place]).toBe(place - 1);
		}
		expect(states.add(packed(5000), 0, ROOT)).toBe(5000);
	});
});
