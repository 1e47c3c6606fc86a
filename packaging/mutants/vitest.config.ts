import { defineConfig } from 'vitest/config';

/** Tests as mutants are tried by them: all in one thread that stays, where they are switched. */
export default defineConfig({
	test: {
		include: ['**/*.test.ts', 'packaging/mutants/*.stories.ts'],
		runner: 'packaging/mutants/trying-runner.ts',
		pool: 'threads',
		maxWorkers: 1,
		isolate: false,
		// A test takes as long as all its mutants.
		testTimeout: 600_000,
	},
});
