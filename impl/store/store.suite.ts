import { describe } from 'vitest';
import type { Store } from './store.ts';
import { testAtomicity } from './suite/atomicity.ts';
import { testConcurrency } from './suite/concurrency.ts';
import { testRecords } from './suite/kept-records.ts';
import { testUnits } from './suite/units.ts';

/** What every store must do, whatever it is made of. `fresh` gives an empty one. */
export const storeSuite = (name: string, fresh: () => Promise<Store>): void => {
	describe(name, () => {
		testRecords(fresh);
		testAtomicity(fresh);
		testConcurrency(fresh);
		testUnits(fresh);
	});
};
