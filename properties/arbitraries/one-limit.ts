import fc from 'fast-check';
import type { Policy, Setup } from '../../model/vocabulary/setup.ts';
import { drawnFrom } from './several.ts';

/** Restarts in vain that nothing but one limit ends, which is more than one where it counts several. */
const ALONE: readonly Partial<Policy>[] = [
	{ max_automatic_restarts: 3, daily_limit: 2, execution_cap: 9 },
	{ max_automatic_restarts: 1, daily_limit: 0, execution_cap: 9 },
	{ max_automatic_restarts: 3, daily_limit: 0, execution_cap: 2 },
];

const alone = fc.constantFrom(...Array(5).fill(null), ...ALONE);

/**
 * In three setups of eight only one of quota, budget and cap can speak against a restart, so that a story comes to it: what
 * is wrong with one limit does not show where another one refuses first. It follows from the setup in the same way.
 */
export const oneLimitOf = (setups: fc.Arbitrary<Setup>): fc.Arbitrary<Setup> =>
	setups.map((setup) => {
		const policy = drawnFrom<Partial<Policy> | null>(alone, 'one limit', setup);
		return policy === null ? setup : { ...setup, policy: { ...setup.policy, ...policy } };
	});
