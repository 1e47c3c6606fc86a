import { expect, test } from 'vitest';
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
