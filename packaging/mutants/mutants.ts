import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/*
 * StrykerJS is fetched when it is asked for: it brings 166 packages and 64 MB, which every `npm ci` would pay for. 9.6.1 is
 * the last one for Node 20. Its vitest runner tells mutants as survivors that the tests kill, so each is tried by a command.
 */
const STRYKER = '@stryker-mutator/core@9.6.1';
const OUT = 'reports/out/mutants';
const REPORT = `${OUT}/mutants.json`;
const SANDBOX = `${OUT}/sandbox`;

const Report = z.object({
	files: z.record(
		z.string(),
		z.object({
			mutants: z.array(
				z.object({
					id: z.string(),
					status: z.string(),
					mutatorName: z.string(),
					replacement: z.string().optional(),
					location: z.object({ start: z.object({ line: z.number() }) }),
				}),
			),
		}),
	),
});

/** A change of one place of a file, as StrykerJS makes it. */
export interface Mutant {
	readonly id: string;
	readonly file: string;
	readonly line: number;
	readonly what: string;
}

/** What became of mutants so far. */
export type Fates = ReadonlyMap<Mutant, Fate>;

/**
 * What became of a mutant: killed by `tests` or by `stories`, survived both; `unreached`: nothing comes to where it is;
 * `hung`: nothing was said any more, and so nothing of what is wrong.
 */
export type Fate = 'tests' | 'stories' | 'survived' | 'unreached' | 'hung';

export const isKilled = (fate: Fate | undefined): boolean => fate === 'tests' || fate === 'stories';

/** Mutants, and the copy of the checkout in which each is there to be switched on. */
export interface Made {
	readonly mutants: readonly Mutant[];
	readonly copy: string;
}

/**
 * Makes the mutants of some sources in a copy of the checkout.
 *
 * @param sources files, each with its lines if not all are meant.
 */
export function mutate(sources: readonly string[]): Made {
	rmSync(SANDBOX, { recursive: true, force: true });
	mkdirSync(OUT, { recursive: true });
	const config = join(OUT, 'stryker.json');
	writeFileSync(
		config,
		JSON.stringify({
			testRunner: 'command',
			// What it says is not asked for: they are made, and listed.
			commandRunner: { command: 'true' },
			mutate: sources,
			// Sentences are judged by tests of their own.
			mutator: { excludedMutations: ['StringLiteral'] },
			concurrency: 1,
			reporters: ['json'],
			jsonReporter: { fileName: REPORT },
			tempDirName: SANDBOX,
			cleanTempDir: false,
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
	const { files } = Report.parse(JSON.parse(readFileSync(REPORT, 'utf8')));
	const mutants = Object.entries(files).flatMap(([file, { mutants: made }]) =>
		made
			.filter(({ status }) => !['Ignored', 'CompileError'].includes(status))
			.map(({ id, mutatorName, replacement = '', location }) => ({
				id,
				file,
				line: location.start.line,
				what: `${mutatorName}: ${replacement}`,
			})),
	);
	const [copy = ''] = readdirSync(SANDBOX);
	return { mutants, copy: resolve(SANDBOX, copy) };
}
