#!/usr/bin/env node
// Starts the TypeScript sources in place: they need no build.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

/** A verdict that nobody can be told is unknown; 1 would say that something is violated. */
const UNKNOWN = 3;
/** A bug shows nothing about the systems on trial. */
const BUG = 70;

// Whoever reads may stop reading (`| head`): the work goes on, and the exit status says how it ended.
for (const stream of [process.stdout, process.stderr])
	stream.on('error', (error) => {
		if (error.code !== 'EPIPE') process.exit(UNKNOWN);
	});
process.on('uncaughtException', (error) => {
	console.error('mulligan: this is a bug in mulligan:', error);
	process.exit(BUG);
});

// How the sources are to be read does not depend on the folder in which mulligan is run.
process.env.TSX_TSCONFIG_PATH ??= fileURLToPath(new URL('../tsconfig.json', import.meta.url));
register();
const { main } = await import('./main.ts');
await main(process.argv.slice(2));
