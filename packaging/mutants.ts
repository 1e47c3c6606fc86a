import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/*
 * Generic mutants of a file or of each file of a folder, by StrykerJS, told as killed by the tests beside it or not:
 * `npm run mutants -- model/guarantees/promised-restart.ts:15-29`.
 *
 * StrykerJS is fetched when it is asked for: it brings 166 packages and 64 MB, which every `npm ci` would pay for. 9.6.1 is
 * the last one for Node 20. Its vitest runner tells mutants as survivors that the tests kill, so each is tried by a command.
 */
const STRYKER = '@stryker-mutator/core@9.6.1';
const OUT = 'reports/out/mutants';
const REPORT = `${OUT}/mutants.json`;

const Report = z.object({
	files: z.record(
		z.string(),
		z.object({
			mutants: z.array(
				z.object({
					status: z.string(),
					mutatorName: z.string(),
					replacement: z.string().optional(),
					location: z.object({ start: z.object({ line: z.number() }) }),
				}),
			),
		}),
	),
});

/** The sources of a folder that have tests beside them; a file as it was given, with its lines. */
const sourcesOf = (given: string): string[] =>
	existsSync(given) && statSync(given).isDirectory()
		? readdirSync(given)
				.filter((name) => existsSync(join(given, name.replace(/\.ts$/, '.test.ts'))))
				.filter((name) => !name.endsWith('.test.ts'))
				.map((name) => join(given, name))
		: [given];

function tried(source: string): void {
	const test = source.replace(/:[\d-]+$/, '').replace(/\.ts$/, '.test.ts');
	mkdirSync(OUT, { recursive: true });
	const config = join(OUT, 'stryker.json');
	writeFileSync(
		config,
		JSON.stringify({
			testRunner: 'command',
			commandRunner: { command: `npx vitest run ${test} --bail 1` },
			mutate: [source],
			// Sentences are judged by tests of their own.
			mutator: { excludedMutations: ['StringLiteral'] },
			concurrency: 1,
			reporters: ['json'],
			jsonReporter: { fileName: REPORT },
			tempDirName: join(OUT, 'sandbox'),
			ignorePatterns: ['docs', 'bench', 'dist'],
			plugins: [],
			// It would be rewritten by a TypeScript of StrykerJS's own, which npx does not bring.
			tsconfigFile: 'none.json',
			timeoutMS: 20_000,
		}),
	);
	execFileSync('npx', ['--yes', `--package=${STRYKER}`, 'stryker', 'run', config], {
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	for (const [file, { mutants }] of Object.entries(
		Report.parse(JSON.parse(readFileSync(REPORT, 'utf8'))).files,
	)) {
		const counted = mutants.filter(({ status }) => !['Ignored', 'CompileError'].includes(status));
		const killed = counted.filter(({ status }) => status === 'Killed').length;
		// A time-out is no kill: nothing said what is wrong.
		const left = counted.filter(({ status }) => status !== 'Killed');
		console.log(
			`${file}: ${killed} of ${counted.length} killed (${((100 * killed) / counted.length).toFixed(0)} %)`,
		);
		for (const { status, mutatorName, replacement = '', location } of left)
			console.log(`  ${status} line ${location.start.line}, ${mutatorName}: ${replacement}`);
	}
}

for (const given of process.argv.slice(2)) for (const source of sourcesOf(given)) tried(source);
