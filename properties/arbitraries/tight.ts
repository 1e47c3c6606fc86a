import fc from 'fast-check';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { unitsOf } from '../../model/vocabulary/structure.ts';
import { drawnFrom } from './several.ts';

/** More than one slot, so that it matters how they are counted. */
const LIMIT = 2;

/**
 * Half of the setups that have more units than that, and a quota with room for all of them, get one that their marks can
 * use up: so that a wrong count of several slots shows. It follows from the setup in the same way.
 */
export const tightOf = (setups: fc.Arbitrary<Setup>): fc.Arbitrary<Setup> =>
	setups.map((setup) => {
		const { daily_limit } = setup.policy;
		const units = unitsOf(setup).length;
		const hasRoom = daily_limit === 0 || daily_limit >= units;
		if (units <= LIMIT || !hasRoom || !drawnFrom(fc.boolean(), 'tight', setup)) return setup;
		return { ...setup, policy: { ...setup.policy, daily_limit: LIMIT } };
	});
