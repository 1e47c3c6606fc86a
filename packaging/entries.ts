/**
 * What is started by itself, by the name under which the build puts it into `dist/`. A checkout starts each from
 * its source: `cli/main.ts` through `cli/mulligan.mjs`, the others through the `.mjs` file beside it.
 */
export const ENTRIES = {
	main: 'cli/main.ts',
	thread: 'model/checker/engine/workers/thread.ts',
	'check-thread': 'properties/checks/check-thread.ts',
	'fuzz-thread': 'properties/fuzz/fuzz-thread.ts',
	'server-process': 'impl/live/server-process.ts',
	'agent-process': 'impl/live/agent-process.ts',
	'get-project-process': 'impl/source/get-project-process.ts',
	index: 'index.ts',
} as const;
