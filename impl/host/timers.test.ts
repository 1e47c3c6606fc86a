import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RealTimers, toMilliseconds } from './timers.ts';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** How many milliseconds a pause lasts. */
async function duration(timers: RealTimers, seconds: number): Promise<number> {
	const began = Date.now();
	const over = timers.sleep(seconds).over;
	await vi.runAllTimersAsync();
	await over;
	return Date.now() - began;
}

test('a pause lasts between half of what is asked for and all of it', async () => {
	expect(await duration(new RealTimers(1, () => 0), 10)).toBe(5_000);
	expect(await duration(new RealTimers(1, () => 0.5), 10)).toBe(7_500);
	expect(await duration(new RealTimers(0.001, () => 1), 10)).toBe(10);
});

test('a pause that is woken ends at once', async () => {
	const sleep = new RealTimers().sleep(3600);
	sleep.wake();
	await sleep.over;
	expect(vi.getTimerCount()).toBe(0);
});

test('a limit is exact, and does not fire once it is stopped', () => {
	const fired: string[] = [];
	const timers = new RealTimers(0.5, () => 0);
	timers.after(1, 'deadline', () => fired.push('stopped'))();
	timers.after(1, 'fence', () => fired.push('fence'));
	vi.advanceTimersByTime(499);
	expect(fired).toEqual([]);
	vi.advanceTimersByTime(1);
	expect(fired).toEqual(['fence']);
});

test('beats come again and again until they are stopped', () => {
	let beats = 0;
	const stop = new RealTimers().every(30, 'beat', async () => {
		beats++;
	});
	vi.advanceTimersByTime(100_000);
	stop();
	vi.advanceTimersByTime(100_000);
	expect(beats).toBe(3);
});

test('no wait is longer than Node can wait', () => {
	expect(toMilliseconds(1e9, 1)).toBe(2 ** 31 - 1);
});
