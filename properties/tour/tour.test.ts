import { expect, test } from 'vitest';
import { SEEDED } from '../deviations/seeded/index.ts';
import { overrideOf } from '../systems/fault.ts';
import { reference } from '../systems/reference.ts';
import { SAMPLE, sampled } from './sampled.ts';
import { spaceOf } from './space.ts';
import { type TourOptions, tour } from './tour.ts';

const small = spaceOf('dependents');

const touring = (options: Partial<TourOptions> = {}) =>
	tour({ ...small, extent: 'every step', ...options });

test('the reference takes every step of a configuration as the model does', async () => {
	const { taken, of, anew, ending, found } = await touring();
	expect({ taken, of, ending, found }).toEqual({
		taken: 27_381,
		of: 27_381,
		ending: 'complete',
		found: null,
	});
	expect(anew).toBe(27);
});

test('of steps that are alike but for budgets and messages a tour may take the first alone', async () => {
	const { taken, of, ending } = await touring({ extent: 'core steps' });
	expect(ending).toBe('complete');
	expect(taken).toBe(of);
	expect(of).toBe(12_093);
});

test('the parts of a tour take each step once', async () => {
	const [one, other] = [
		await touring({ shard: { index: 1, of: 2 } }),
		await touring({ shard: { index: 2, of: 2 } }),
	];
	expect([one.taken, other.taken]).toEqual([13_691, 13_690]);
	expect([one.of, other.of]).toEqual([13_691, 13_690]);
});

test('a system that cannot be put back is told a sample, from the beginning; its parts are the whole', async () => {
	const told: number[] = [];
	const system = (options = {}) => {
		const whole = reference(options);
		return {
			...whole,
			start: (setup: Parameters<typeof whole.start>[0]) => {
				told.push(told.length);
				return whole.start(setup);
			},
		};
	};
	const sample = (options = {}) =>
		sampled({ ...small, extent: 'every step', ...options }, system());
	expect(await sample()).toMatchObject({
		taken: SAMPLE,
		most: SAMPLE,
		of: 27_381,
		ending: 'limit',
		found: null,
	});
	expect(told).toHaveLength(SAMPLE);
	for (const index of [1, 2, 3]) {
		const { taken, most } = await sample({ shard: { index, of: 3 } });
		expect([taken, most]).toEqual(index === 1 ? [14, 14] : [13, 13]);
	}
	expect(told).toHaveLength(2 * SAMPLE);
});

test('a sample finds what is wrong in most of the steps', async () => {
	const forgetful = SEEDED.find(({ id }) => id === 'the monitor keeps none of a group');
	if (forgetful === undefined) throw new Error('there is no such fault');
	const { found, ending } = await sampled(
		{ ...spaceOf('group-crash'), extent: 'every step' },
		reference(overrideOf(forgetful)),
	);
	expect(ending).toBe('found');
	expect(found?.length).toBeGreaterThan(0);
});
