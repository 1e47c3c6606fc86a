import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { InvalidArgumentError, Option } from 'commander';
import { MAX_SEED, seed } from './flags.ts';

/** Where a seed comes from when it is no number: the commit, or the day, of a nightly run. */
export type SeedSource = 'commit' | 'date';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What decides every random choice, and where it comes from, in words. */
export interface Seed {
	readonly value: number;
	readonly from: string;
}

/** The seed of a commit that is not known. */
const FIXED = 1;

/** `--seed`: what decides every random choice. */
export const seedOption = (): Option =>
	new Option(
		'--seed <seed>',
		'decides every random choice: a number, "commit" or "date" (default: that of the commit in CI, else drawn)',
	).argParser(seedOrSource);

/** A number, or where it is to come from. */
export const seedOrSource = (text: string): number | SeedSource => {
	if (text === 'commit' || text === 'date') return text;
	try {
		return seed(text);
	} catch {
		throw new InvalidArgumentError(
			`expected a whole number from -${MAX_SEED} to ${MAX_SEED}, "commit" or "date"`,
		);
	}
};

/** Whether this runs where nobody watches, and where the same commit has to give the same result. */
export const isCi = (env: Environment): boolean =>
	!['', 'false', '0', 'no'].includes((env['CI'] ?? '').trim().toLowerCase()) ||
	['TF_BUILD', 'TEAMCITY_VERSION', 'JENKINS_URL'].some((name) => (env[name] ?? '') !== '');

/** Variables in which systems of CI say which commit they try. */
const COMMIT = [
	'GITHUB_SHA',
	'CI_COMMIT_SHA',
	'BUILDKITE_COMMIT',
	'CIRCLE_SHA1',
	'TRAVIS_COMMIT',
	'BITBUCKET_COMMIT',
	'BUILD_SOURCEVERSION',
	'GIT_COMMIT',
];

/** The commit that is tried, in hex digits: as the CI says, else as git does here; null: neither knows. */
export function commitOf(env: Environment, ask: () => string = askGit): string | null {
	const said = COMMIT.map((name) => commitIn(env[name] ?? '')).find((commit) => commit !== null);
	return said ?? commitIn(ask());
}

const commitIn = (said: string): string | null =>
	/^[0-9a-f]{7,64}$/.exec(said.trim().toLowerCase())?.[0] ?? null;

function askGit(): string {
	try {
		return execFileSync('git', ['rev-parse', 'HEAD'], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
			timeout: 5000,
		});
	} catch {
		return '';
	}
}

/**
 * The seed of a run. Unless told, a new one is drawn each time; in CI it is that of the commit, so that the same commit
 * gives the same run. Every story has its numbers from the seed and its own place, so runs of different seeds share none.
 */
export function seedOf(
	asked: number | SeedSource | undefined,
	commit: string | null,
	env: Environment = process.env,
	now: Date = new Date(),
): Seed {
	if (typeof asked === 'number') return { value: asked, from: 'as asked' };
	if (asked === 'date') {
		const day = now.toISOString().slice(0, 10);
		return { value: Number(day.replaceAll('-', '')), from: `of ${day}` };
	}
	if (asked === undefined && !isCi(env)) return { value: randomInt(MAX_SEED), from: 'drawn' };
	if (commit === null) return { value: FIXED, from: 'fixed, as no commit is known' };
	return {
		value: Number.parseInt(commit.slice(0, 7), 16),
		from: `of commit ${commit.slice(0, 12)}`,
	};
}
