#!/usr/bin/env node
// Starts mulligan, in a checkout and where the package is installed.
import { existsSync } from 'node:fs';

/** A verdict that nobody can be told is unknown; 1 would say that something is violated. */
const UNKNOWN = 3;
/** A bug shows nothing about the systems on trial. */
const BUG = 70;
/** A signal came before there was anything to tell, as shells have it for Ctrl-C. */
const INTERRUPTED = 130;

const args = process.argv.slice(2);
const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
const asksForJson = options.includes('--json');

// Whoever reads may stop reading (`| head`): the work goes on, and the exit status says how it ended.
for (const stream of [process.stdout, process.stderr])
	stream.on('error', (error) => {
		if (error.code !== 'EPIPE') process.exit(UNKNOWN);
	});
/** Ends with a failure that no command can tell any more, or yet. */
function fail(kind, lines, exit) {
	if (asksForJson) console.log(JSON.stringify({ error: { kind, lines, exit } }));
	process.exit(exit);
}
process.on('uncaughtException', (error) => {
	console.error('mulligan: this is a bug in mulligan:', error);
	fail('bug', [`${error}`], BUG);
});

// A command is loaded before it can listen to signals: until then they are heard here, for whoever waits for JSON.
let isHeard = asksForJson;
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const end = () => {
	if (!isHeard) return;
	console.error('mulligan: interrupted: before anything was done');
	fail('interrupted', ['interrupted: before anything was done'], INTERRUPTED);
};
const leave = () => {
	isHeard = false;
	for (const signal of ENDING) process.off(signal, end);
};
if (isHeard) {
	for (const signal of ENDING) process.on(signal, end);
	process.on('newListener', (event) => {
		if (!isHeard || !ENDING.includes(event)) return;
		isHeard = false;
		// Only once the other one is there: a signal that is on its way would be lost.
		process.nextTick(leave);
	});
}

// Where the sources are they are run in place, so that a checkout needs no build and never runs an old one;
// the package has none, and runs what was built of them.
const source = new URL('./main.ts', import.meta.url);
const { main } = existsSync(source)
	? await (await import('../start.mjs')).start(source)
	: await import('../dist/main.mjs');
await main(args);
leave();
