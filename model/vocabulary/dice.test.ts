import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dice } from './dice.ts';

const throws = (seed: number, count = 50): number[] => {
	const roll = dice(seed);
	return Array.from({ length: count }, roll);
};

test('throws are from 0 to below 1, and the same for the same seed', () => {
	fc.assert(
		fc.property(fc.integer(), (seed) => {
			const rolled = throws(seed);
			expect(throws(seed)).toEqual(rolled);
			for (const value of rolled) {
				expect(value).toBeGreaterThanOrEqual(0);
				expect(value).toBeLessThan(1);
			}
		}),
	);
});

test('neighbouring seeds have nothing to do with each other', () => {
	const firsts = Array.from({ length: 1000 }, (_, seed) => dice(seed)());
	expect(new Set(firsts).size).toBe(1000);
	const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
	expect(mean).toBeGreaterThan(0.45);
	expect(mean).toBeLessThan(0.55);
});

test('throws spread evenly', () => {
	const buckets = Array<number>(10).fill(0);
	for (const value of throws(1, 10_000)) {
		const place = Math.floor(value * 10);
		buckets[place] = (buckets[place] ?? 0) + 1;
	}
	expect(Math.min(...buckets)).toBeGreaterThan(850);
	expect(Math.max(...buckets)).toBeLessThan(1150);
});
