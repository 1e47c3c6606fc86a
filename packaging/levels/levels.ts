const level = process.env['MULLIGAN_TESTS'] ?? '';

/** Everything is tried, for as long as it takes: `npm run test:nightly`. What lands is tried in minutes. */
export const isNightly = level === 'nightly';

/** Tests with real processes run too: `npm run test:all`. */
export const withProcesses = level === 'all' || isNightly;
