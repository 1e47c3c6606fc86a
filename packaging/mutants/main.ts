import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { triedByStories } from './by-stories.ts';
import { triedByTests } from './by-tests.ts';
import { type Fate, type Fates, isKilled, type Made, type Mutant, mutate } from './mutants.ts';
import { show } from './shown.ts';

/*
 * Generic mutants of a file or of each file of a folder, by StrykerJS: `npm run mutants -- model/guarantees/promised-restart.ts:15-29`.
 * They are tried by the tests of its folder, and what these leave by stories: of a judge, those of known bugs; of the reference,
 * random ones too. `--stories impl/server/quota.ts`: by stories alone.
 */

/** Stories of each mutant of the reference; `verify` tells so many of them in its quick profile. */
const STORIES = 1000;

/** Known bugs and what is right, told again before the judges. */
const JUDGED = 'packaging/mutants/judges.stories.ts';

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
	tests: '',
	stories: '',
	survived: '',
	unreached: ' (nothing comes there)',
	hung: ' (hangs)',
};

const countOf = (fates: Fates, ...those: Fate[]): number =>
	[...fates.values()].filter((fate) => those.includes(fate)).length;

/** Prints how many mutants were killed, and each that was not. */
function report(source: string, fates: Fates): void {
	const killed = countOf(fates, 'tests', 'stories');
	const shown = countOf(fates, 'stories');
	const share = fates.size === 0 ? '' : ` (${((100 * killed) / fates.size).toFixed(0)} %)`;
	const byStories = shown === 0 || shown === killed ? '' : `, ${shown} of them by stories only`;
	console.log(`${source}: ${killed} of ${fates.size} killed${share}${byStories}`);
	for (const [{ line, what }, fate] of fates)
		if (!isKilled(fate)) console.log(`  line ${line}, ${what}${SAID[fate]}`);
}

let tried = 0;
const onTold = ({ file, line }: Mutant): void => {
	tried++;
	if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${tried}: ${file}:${line}`);
};

const { values, positionals } = parseArgs({
	options: { stories: { type: 'boolean' } },
	allowPositionals: true,
});
const all = positionals.flatMap(sourcesOf);

// All of a folder together: tests are started once for them, and stories told once to see to what they come.
for (const folder of new Set(all.map(dirname))) {
	const made = mutate(all.filter((source) => dirname(source) === folder));
	const fates = await (folder.startsWith('impl/') ? ofReference : ofJudges)(made, `${folder}/`);
	if (countOf(fates, 'survived') >= MANY && countOf(fates, 'tests', 'stories') === 0)
		throw new Error('not one of so many was killed: they were not switched on');
	for (const file of new Set(made.mutants.map((mutant) => mutant.file)))
		report(file, new Map([...fates].filter(([mutant]) => mutant.file === file)));
}

async function ofReference(made: Made, tests: string): Promise<Fates> {
	const byTests = values.stories === true ? undefined : triedByTests(made, { tests });
	return triedByStories(made, STORIES, onTold, byTests);
}

async function ofJudges(made: Made, tests: string): Promise<Fates> {
	await show(`${made.copy}/`);
	return triedByTests(made, { tests, stories: JUDGED });
}
