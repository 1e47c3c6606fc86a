import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Fate, triedByStories } from './by-stories.ts';
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

/** Of so many at least one is killed. */
const MANY = 10;

const SAID: Readonly<Record<Fate, string>> = {
	killed: '',
	survived: '',
	unreached: ' (no story comes there)',
	hung: ' (hangs)',
};

/** Prints how many mutants of a file were killed, and each that was not. */
function report(source: string, fates: ReadonlyMap<Mutant, Fate>): void {
	const left = [...fates].filter(([, fate]) => fate !== 'killed');
	const killed = fates.size - left.length;
	const share = fates.size === 0 ? '' : ` (${((100 * killed) / fates.size).toFixed(0)} %)`;
	console.log(`${source}: ${killed} of ${fates.size} killed${share}`);
	for (const [{ line, what }, fate] of left) console.log(`  line ${line}, ${what}${SAID[fate]}`);
}

for (const given of process.argv.slice(2)) {
	const sources = sourcesOf(given);
	if (given.startsWith('impl/')) {
		let survived = 0;
		let killed = 0;
		// A file at a time, so that what ends the run loses one of them.
		for (const source of sources) {
			let tried = 0;
			const fates = await triedByStories(source, STORIES, ({ file, line }) => {
				if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${++tried}: ${file}:${line}`);
			});
			report(source, fates);
			for (const fate of fates.values()) {
				if (fate === 'survived') survived++;
				if (fate === 'killed') killed++;
			}
		}
		if (survived >= MANY && killed === 0)
			throw new Error('not one of so many was killed: they were not switched on');
	} else
		for (const source of sources.filter((one) => given === one || hasTests(one)))
			report(source, triedByTests(source));
}
