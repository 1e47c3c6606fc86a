import { defineConfig } from 'vitest/config';

const rooms = '{model,impl,properties,scenarios,reports,cli}/**/*';

export default defineConfig({
	test: {
		include: [`${rooms}.test.ts`],
		pool: 'threads',
		// Random stories and spawned processes take seconds on a busy machine; they bound themselves.
		testTimeout: 30_000,
		coverage: {
			provider: 'v8',
			include: [`${rooms}.ts`],
			exclude: ['**/*.test.ts'],
			reporter: ['text', 'json-summary'],
		},
	},
});
