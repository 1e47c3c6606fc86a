import { expect, test } from 'vitest';
import { RealTimers, toMilliseconds } from './timers.ts';

const elapsed = async (wait: Promise<unknown>): Promise<number> => {
	const began = performance.now();
	await wait;
	return performance.now() - began;
};

test('a pause lasts between half of what is asked for and all of it', async () => {
	expect(await elapsed(new RealTimers(0.001, () => 0).sleep(100).over)).toBeLessThan(85);
	expect(await elapsed(new RealTimers(0.001, () => 1).sleep(100).over)).toBeGreaterThan(95);
});

test('a pause that is woken ends at once', async () => {
	const sleep = new RealTimers().sleep(3600);
	sleep.wake();
	expect(await elapsed(sleep.over)).toBeLessThan(50);
});

test('a limit is exact, and does not fire once it is stopped', async () => {
	const timers = new RealTimers(0.001, () => 0);
	let fired = 0;
	timers.after(20, 'deadline', () => {
		fired++;
	})();
	expect(
		await elapsed(new Promise<void>((resolve) => timers.after(40, 'fence', resolve))),
	).toBeGreaterThan(35);
	expect(fired).toBe(0);
});

test('beats come again and again until they are stopped', async () => {
	const timers = new RealTimers(0.001);
	let beats = 0;
	const stop = timers.every(5, 'beat', async () => {
		beats++;
	});
	await timers.sleep(100).over;
	stop();
	const before = beats;
	await timers.sleep(30).over;
	expect(before).toBeGreaterThan(3);
	expect(beats).toBe(before);
});

test('no wait is longer than Node can wait', () => {
	expect(toMilliseconds(1e9, 1)).toBe(2 ** 31 - 1);
});
