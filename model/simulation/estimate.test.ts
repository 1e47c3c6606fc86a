import { expect, test } from 'vitest';
import { Draws } from './draws.ts';
import { ratioOf, shareOf, student } from './estimate.ts';

test("Student's quantiles are those of tables", () => {
	expect(student(4)).toBeCloseTo(2.776, 1);
	expect(student(9)).toBeCloseTo(2.262, 3);
	expect(student(99)).toBeCloseTo(1.984, 3);
	expect(student(100_000)).toBeCloseTo(1.96, 3);
});

test('a ratio is that of the sums; days that are all alike leave no doubt', () => {
	const found = ratioOf(Float64Array.of(1, 2, 3), Float64Array.of(4, 8, 12), 3);
	expect(found).toEqual({ estimate: { mean: 0.25, low: 0.25, high: 0.25 }, error: 0 });
});

test('with as much to divide by each day, the error is that of a mean', () => {
	const found = ratioOf(Float64Array.of(1, 2, 3, 6), Float64Array.of(1, 1, 1, 1), 4);
	// Standard deviation of 1, 2, 3, 6 is sqrt(14/3).
	expect(found?.error).toBeCloseTo(Math.sqrt(14 / 3 / 4), 12);
});

test('an interval of 95 % holds the truth in about 95 of 100 simulations', () => {
	const draws = new Draws(3, 0);
	const days = 20;
	let holds = 0;
	for (let trial = 0; trial < 2000; trial++) {
		const upper = new Float64Array(days);
		const lower = new Float64Array(days);
		for (let day = 0; day < days; day++)
			for (let task = 0; task < 40; task++) {
				lower[day] = (lower[day] ?? 0) + 1;
				if (draws.next() < 0.2) upper[day] = (upper[day] ?? 0) + 1;
			}
		const { low, high } = shareOf(upper, lower, days);
		if (low <= 0.2 && 0.2 <= high) holds++;
	}
	expect(holds / 2000).toBeGreaterThan(0.93);
	expect(holds / 2000).toBeLessThan(0.97);
});

test('of a share of nothing, nothing is known', () => {
	expect(shareOf(new Float64Array(3), new Float64Array(3), 3)).toEqual({
		mean: 0,
		low: 0,
		high: 1,
	});
});
