import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { triedByStories } from './by-stories.ts';
import { triedByTests } from './by-tests.ts';
import type { Mutant } from './mutants.ts';

/*
 * Generic mutants of a file or of each file of a folder, by StrykerJS: `npm run mutants -- model/guarantees/promised-restart.ts:15-29`.
 * Those of a judge are killed by the tests beside it, those of the reference by random stories.
 */

/** Stories of each mutant of the reference; `verify` tells so many of them in its quick profile. */
const STORIES = 1000;

/** The sources of a folder; a file as it was given, with its lines. */
const sourcesOf = (given: string): string[] =>
	existsSync(given) && statSync(given).isDirectory()
		? readdirSync(given)
				.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
				.map((name) => join(given, name))
		: [given];

const hasTests = (source: string): boolean => existsSync(source.replace(/\.ts$/, '.test.ts'));

/** Prints how many mutants of each file were killed, and each that was not. */
function report(mutants: readonly Mutant[], left: readonly Mutant[]): void {
	for (const file of new Set(mutants.map((one) => one.file))) {
		const count = mutants.filter((one) => one.file === file).length;
		const survivors = left.filter((one) => one.file === file);
		const killed = count - survivors.length;
		console.log(`${file}: ${killed} of ${count} killed (${((100 * killed) / count).toFixed(0)} %)`);
		for (const { line, what } of survivors) console.log(`  line ${line}, ${what}`);
	}
}

for (const given of process.argv.slice(2)) {
	const sources = sourcesOf(given);
	if (given.startsWith('impl/')) {
		let tried = 0;
		const { mutants, left } = await triedByStories(sources, STORIES, ({ file, line }) => {
			if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${++tried}: ${file}:${line}`);
		});
		report(mutants, left);
	} else
		for (const source of sources.filter((one) => given === one || hasTests(one))) {
			const { mutants, left } = triedByTests(source);
			report(mutants, left);
		}
}
