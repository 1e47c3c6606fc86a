/** Everything is tried, for as long as it takes: `npm run test:nightly`. What lands is tried in minutes. */
export const isNightly = process.env['MULLIGAN_TESTS'] === 'nightly';
