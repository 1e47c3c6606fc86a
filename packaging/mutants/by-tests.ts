import type { Fate } from './by-stories.ts';
import { type Mutant, mutate } from './mutants.ts';

/** Tries the mutants of a file by the tests beside it. A time-out is no kill: nothing said what is wrong. */
export function triedByTests(source: string): Map<Mutant, Fate> {
	const test = source.replace(/:[\d-]+$/, '').replace(/\.ts$/, '.test.ts');
	const { mutants } = mutate([source], `npx vitest run ${test} --bail 1`);
	return new Map(
		mutants.map((mutant) => [mutant, mutant.status === 'Killed' ? 'killed' : 'survived']),
	);
}
