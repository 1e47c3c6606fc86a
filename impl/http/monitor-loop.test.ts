import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startMonitorLoop } from './monitor-loop.ts';

const log = pino({ level: 'silent' });

test('the monitor runs at once, again after a failure, and never twice at a time', async () => {
	let runs = 0;
	let atOnce = 0;
	let most = 0;
	const monitor = async () => {
		runs++;
		most = Math.max(most, ++atOnce);
		await new Promise((resolve) => setTimeout(resolve, 5));
		atOnce--;
		if (runs === 2) throw new Error('the store is away');
	};
	const loop = startMonitorLoop(monitor, 0.001, log);
	expect(runs).toBe(1);
	await expect.poll(() => runs).toBeGreaterThan(4);
	await loop.stop();
	const before = runs;
	expect([most, atOnce]).toEqual([1, 0]);
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(runs).toBe(before);
});
