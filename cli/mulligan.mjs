#!/usr/bin/env node
// Starts mulligan, in a checkout and where the package is installed.
import { existsSync } from 'node:fs';

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
	if (process.argv.includes('--json'))
		console.log(JSON.stringify({ error: { kind: 'bug', lines: [`${error}`], exit: BUG } }));
	process.exit(BUG);
});

// Where the sources are they are run in place, so that a checkout needs no build and never runs an old one;
// the package has none, and runs what was built of them.
const source = new URL('./main.ts', import.meta.url);
const { main } = existsSync(source)
	? await (await import('../start.mjs')).start(source)
	: await import('../dist/main.mjs');
await main(process.argv.slice(2));
