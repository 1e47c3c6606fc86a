import { expect, test } from 'vitest';
import { Arrivals } from './arrivals.ts';
import { Draws } from './draws.ts';

const drawn = (peak: number | null, tasks_per_day: number): number[] => {
	const arrivals = new Arrivals({ tasks_per_day, peak });
	arrivals.draw(new Draws(1, 0));
	return [...arrivals.byHour];
};

test('all tasks of a day come, and so many times more in an hour from 9 to 17', () => {
	const hours = drawn(4, 48_000);
	const sum = (part: readonly number[]): number => part.reduce((all, one) => all + one, 0);
	expect(sum(hours)).toBe(48_000);
	// 8 hours of weight 4 and 16 of weight 1: 2 in 3 tasks come in the working day.
	expect(sum(hours.slice(9, 17)) / 48_000).toBeCloseTo(2 / 3, 2);
	for (const [hour, tasks] of hours.entries())
		expect(Math.abs(tasks - (hour >= 9 && hour < 17 ? 4000 : 1000))).toBeLessThan(320);
});

test('without a peak nothing is drawn: as many come in each hour', () => {
	expect(drawn(null, 240)).toEqual(new Array(24).fill(10));
});

test('each day is drawn afresh', () => {
	const arrivals = new Arrivals({ tasks_per_day: 100, peak: 1 });
	arrivals.draw(new Draws(1, 0));
	const first = [...arrivals.byHour];
	arrivals.draw(new Draws(1, 1));
	expect([...arrivals.byHour]).not.toEqual(first);
	expect([...arrivals.byHour].reduce((sum, one) => sum + one, 0)).toBe(100);
});
