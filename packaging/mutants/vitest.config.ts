import { statSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Small files first: what they kill is not tried by long stories. */
class SmallFirst extends BaseSequencer {
	override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const sizeOf = ({ moduleId }: TestSpecification): number => statSync(moduleId).size;
		return Promise.resolve(files.toSorted((one, other) => sizeOf(one) - sizeOf(other)));
	}
}

/** Tests as mutants are tried by them: all in one thread that stays, where they are switched. */
export default defineConfig({
	test: {
		include: ['**/*.test.ts', 'packaging/mutants/*.stories.ts'],
		runner: 'packaging/mutants/trying-runner.ts',
		pool: 'threads',
		maxWorkers: 1,
		isolate: false,
		sequence: { sequencer: SmallFirst },
		// A test takes as long as all its mutants.
		testTimeout: 600_000,
	},
});
