import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProjectQuota } from './quota.ts';

test('a slot is in use for exactly 24 hours, and no more than the limit are', () => {
	const step = fc.constantFrom('take', 'take', 'hour');
	let refusals = 0;
	fc.assert(
		fc.property(
			fc.array(step, { maxLength: 150, size: 'max' }),
			fc.integer({ min: 0, max: 9 }),
			(steps, limit) => {
				const quota = new ProjectQuota(limit);
				const takenAt: number[] = [];
				let hour = 0;
				const inUse = (): number => takenAt.filter((at) => hour - at < 24).length;
				for (const one of steps) {
					if (one === 'hour') {
						hour++;
						quota.hourPasses();
					} else {
						const free = limit === 0 || inUse() < limit;
						expect(quota.take()).toBe(free);
						if (free) takenAt.push(hour);
						else refusals++;
					}
					expect(quota.slotsInUse).toBe(inUse());
				}
			},
		),
		{ seed: 1, numRuns: 40 },
	);
	expect(refusals).toBeGreaterThan(10);
});
