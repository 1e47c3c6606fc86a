import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import type { Fate } from './by-stories.ts';
import { type Mutant, mutate } from './mutants.ts';
import { show } from './shown.ts';
import { told } from './told.ts';

/** Known bugs and what is right, told again before the judges. */
const STORIES = 'packaging/mutants/judges.stories.ts';

/** Most time for all mutants together, and for some that are there from the beginning. */
const MOST_MS = { all: 3_600_000, some: 1_800_000 };

/** So many of those are tried by one process. */
const SOME = 100;

/**
 * Tries the mutants of sources of a folder by all tests of that folder; what they leave, by the stories of known bugs and of
 * what is right. A time-out is no kill: nothing said what is wrong.
 */
export async function* triedByTests(
	sources: readonly string[],
	onTold: (mutant: Mutant) => void,
): AsyncGenerator<[file: string, Map<Mutant, Fate>]> {
	// What StrykerJS's own command says is not asked for: it makes them, and lists them.
	const { mutants, copy } = mutate(sources, 'true');
	const tests = `${dirname(sources[0] ?? '')}/`;
	const place = `${copy}/`;

	const run = (filter: string): void => {
		const { status } = spawnSync(
			'npx',
			['vitest', 'run', '--config', 'packaging/mutants/vitest.config.ts', '--bail', '1', filter],
			{
				cwd: copy,
				timeout: MOST_MS.all,
				stdio: ['ignore', 'ignore', 'inherit'],
				env: { ...process.env, NODE_NO_WARNINGS: '1' },
			},
		);
		if (status !== 0) throw new Error(`${filter}: the tests fail with no mutant, or do not end`);
	};

	await show(place);
	run(tests);
	const loaded = told('loaded', place);
	const byTests = told('killed', place);
	run(STORIES);
	const reached = told('reached', place);
	const byAny = told('killed', place);
	const hung = told('hung', place);
	// What was made while the module was loaded, and by no test, cannot be switched any more.
	const natively = triedNatively(
		copy,
		tests,
		mutants.filter(({ id }) => loaded.has(id) && !reached.has(id)),
	);

	const fateOf = ({ id }: Mutant): Fate => {
		if (byTests.has(id)) return 'killed';
		if (byAny.has(id)) return 'shown';
		if (hung.has(id)) return 'hung';
		return natively.get(id) ?? (reached.has(id) ? 'survived' : 'unreached');
	};
	for (const file of new Set(mutants.map((mutant) => mutant.file))) {
		const fates = new Map<Mutant, Fate>();
		for (const mutant of mutants.filter((one) => one.file === file)) {
			onTold(mutant);
			fates.set(mutant, fateOf(mutant));
		}
		yield [file, fates];
	}
}

/** Tries mutants that are there from the beginning. Where a process does not end, the one that it has in hand hangs. */
function triedNatively(
	copy: string,
	tests: string,
	mutants: readonly Mutant[],
): ReadonlyMap<string, Fate> {
	const fates = new Map<string, Fate>();
	for (let left = mutants; left.length > 0; left = left.filter(({ id }) => !fates.has(id))) {
		const some = left.slice(0, SOME);
		const named = some.flatMap(({ id, file }) => [id, file]);
		const { status, error } = spawnSync(
			'npx',
			['tsx', 'packaging/mutants/natively.ts', tests, STORIES, ...named],
			{ cwd: copy, timeout: MOST_MS.some, stdio: ['ignore', 'ignore', 'inherit'] },
		);
		if (status !== 0 && error === undefined) throw new Error('mutants cannot be tried natively');
		for (const { id } of some)
			for (const kind of ['killed', 'shown', 'survived'] as const)
				if (told(kind, `${copy}/`).has(id)) fates.set(id, kind);
		const next = some.find(({ id }) => !fates.has(id));
		if (next !== undefined) fates.set(next.id, 'hung');
	}
	return fates;
}
