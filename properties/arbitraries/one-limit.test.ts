import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Setup } from '../../model/vocabulary/setup.ts';
import { oneLimitOf } from './one-limit.ts';
import { plainSetup } from './setup.ts';
import { unitSetup } from './unit-setup.ts';

const setups = fc.oneof(plainSetup, unitSetup);
const drawn = fc.sample(setups, { seed: 2, numRuns: 600 });
const limited = fc.sample(oneLimitOf(setups), { seed: 2, numRuns: 600 });

test('in some setups one limit alone can speak against a restart, each of the three; nothing else of them changes', () => {
	const changed = limited.filter(
		(setup, place) => JSON.stringify(setup) !== JSON.stringify(drawn[place]),
	);
	expect(changed.length / limited.length).toBeGreaterThan(0.25);
	expect(changed.length / limited.length).toBeLessThan(0.45);
	const sorts = changed.map(({ policy }) =>
		[policy.daily_limit === 2, policy.max_automatic_restarts === 1, policy.execution_cap === 2]
			.map(Number)
			.join(''),
	);
	expect(new Set(sorts)).toEqual(new Set(['100', '010', '001']));
	for (const [place, { policy, ...setup }] of limited.entries()) {
		const { policy: before, ...other } = drawn[place] ?? {};
		expect(setup).toEqual(other);
		expect(policy.call_attempts).toBe(before?.call_attempts);
	}
});

test('a setup with one limit is valid', () => {
	for (const setup of limited.slice(0, 100)) expect(Setup.safeParse(setup).error).toBeUndefined();
});
