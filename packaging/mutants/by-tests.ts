import { type Mutant, mutate } from './mutants.ts';

/** Tries the mutants of a file by the tests beside it; those that none of them fails for. A time-out is no kill: nothing said what is wrong. */
export function triedByTests(source: string): { mutants: readonly Mutant[]; left: Mutant[] } {
	const test = source.replace(/:[\d-]+$/, '').replace(/\.ts$/, '.test.ts');
	const { mutants } = mutate([source], `npx vitest run ${test} --bail 1`);
	return { mutants, left: mutants.filter(({ status }) => status !== 'Killed') };
}
