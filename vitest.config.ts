import { defineConfig } from 'vitest/config';

const rooms = '{model,impl,properties,scenarios,reports,cli}/**/*';

export default defineConfig({
	test: {
		include: [`${rooms}.test.ts`],
		pool: 'threads',
		coverage: {
			provider: 'v8',
			include: [`${rooms}.ts`],
			exclude: ['**/*.test.ts'],
			reporter: ['text', 'json-summary'],
		},
	},
});
