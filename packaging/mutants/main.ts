import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Fate, triedByStories } from './by-stories.ts';
import { triedByTests } from './by-tests.ts';
import type { Mutant } from './mutants.ts';

/*
 * Generic mutants of a file or of each file of a folder, by StrykerJS: `npm run mutants -- model/guarantees/promised-restart.ts:15-29`.
 * Those of a judge are killed by the tests of its folder or by the stories of known bugs, those of the reference by random stories.
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

/** Of so many at least one is killed. */
const MANY = 10;

const SAID: Readonly<Record<Fate, string>> = {
	killed: '',
	shown: '',
	survived: '',
	unreached: ' (nothing comes there)',
	hung: ' (hangs)',
};

type Fates = ReadonlyMap<Mutant, Fate>;

const countOf = (fates: Fates, ...those: Fate[]): number =>
	[...fates.values()].filter((fate) => those.includes(fate)).length;

/** Prints how many mutants were killed, and each that was not. */
function report(source: string, fates: Fates): void {
	const killed = countOf(fates, 'killed', 'shown');
	const shown = countOf(fates, 'shown');
	const share = fates.size === 0 ? '' : ` (${((100 * killed) / fates.size).toFixed(0)} %)`;
	const byStories = shown === 0 ? '' : `, ${shown} of them by stories only`;
	console.log(`${source}: ${killed} of ${fates.size} killed${share}${byStories}`);
	for (const [{ line, what }, fate] of fates)
		if (fate !== 'killed' && fate !== 'shown') console.log(`  line ${line}, ${what}${SAID[fate]}`);
}

let tried = 0;
const onTold = ({ file, line }: Mutant): void => {
	tried++;
	if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${tried}: ${file}:${line}`);
};

const all = process.argv.slice(2).flatMap(sourcesOf);
const isOfReference = (source: string): boolean => source.startsWith('impl/');
const folders = new Set(all.filter((source) => !isOfReference(source)).map(dirname));

let survived = 0;
let killed = 0;
const tell = (source: string, fates: Fates): void => {
	report(source, fates);
	survived += countOf(fates, 'survived');
	killed += countOf(fates, 'killed', 'shown');
};
// Stories a file at a time, so that what ends the run loses one of them.
for (const source of all.filter(isOfReference))
	tell(source, await triedByStories(source, STORIES, onTold));
for (const folder of folders)
	for await (const [file, fates] of triedByTests(
		all.filter((source) => dirname(source) === folder),
		onTold,
	))
		tell(file, fates);
if (survived >= MANY && killed === 0)
	throw new Error('not one of so many was killed: they were not switched on');
