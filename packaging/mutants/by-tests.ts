import { spawnSync } from 'node:child_process';
import type { Fate, Made, Mutant } from './mutants.ts';
import { told } from './told.ts';

/** Most time for all mutants together, and for some that are there from the beginning. */
const MOST_MS = { all: 3_600_000, some: 1_800_000 };

/** So many of those are tried by one process. */
const SOME = 100;

/** Which tests try mutants. */
export interface Tests {
	/** All in files whose paths have this in them. */
	readonly tests: string;
	/** A file of tests that tell stories to what those leave. */
	readonly stories?: string;
}

/**
 * Tries mutants by tests, and what these leave by tests that tell stories. A time-out is no kill: nothing said what is wrong.
 */
export function triedByTests(
	{ mutants, copy }: Made,
	{ tests, stories }: Tests,
): Map<Mutant, Fate> {
	const place = `${copy}/`;
	runTests(copy, tests);
	const loaded = told('loaded', place);
	const byTests = told('killed', place);
	if (stories !== undefined) runTests(copy, stories);
	const reached = told('reached', place);
	const byAny = told('killed', place);
	const hung = told('hung', place);
	// What was made while the module was loaded, and by no test, cannot be switched any more.
	const natively = triedNatively(
		copy,
		stories === undefined ? [tests] : [tests, stories],
		mutants.filter(({ id }) => loaded.has(id) && !reached.has(id)),
	);

	const fateOf = ({ id }: Mutant): Fate => {
		if (byTests.has(id)) return 'tests';
		if (byAny.has(id)) return 'stories';
		if (hung.has(id)) return 'hung';
		return natively.get(id) ?? (reached.has(id) ? 'survived' : 'unreached');
	};
	return new Map(mutants.map((mutant) => [mutant, fateOf(mutant)]));
}

function runTests(copy: string, filter: string): void {
	const options = ['--config', 'packaging/mutants/vitest.config.ts', '--bail', '1'];
	const { status } = spawnSync('npx', ['vitest', 'run', ...options, '--passWithNoTests', filter], {
		cwd: copy,
		timeout: MOST_MS.all,
		stdio: ['ignore', 'ignore', 'inherit'],
		env: { ...process.env, NODE_NO_WARNINGS: '1' },
	});
	if (status !== 0)
		throw new Error(
			`${filter}: tests fail with no mutant, use what a mutant has changed before, or do not end`,
		);
}

/** What is told of a mutant that is there from the beginning, and what became of it. */
const NATIVELY = { killed: 'tests', shown: 'stories', survived: 'survived' } as const;

/** Tries mutants that are there from the beginning. Where a process does not end, the one that it has in hand hangs. */
function triedNatively(
	copy: string,
	filters: readonly string[],
	mutants: readonly Mutant[],
): ReadonlyMap<string, Fate> {
	const fates = new Map<string, Fate>();
	for (let left = mutants; left.length > 0; left = left.filter(({ id }) => !fates.has(id))) {
		const some = left.slice(0, SOME);
		const named = some.flatMap(({ id, file }) => [id, file]);
		const { status, error } = spawnSync(
			'npx',
			['tsx', 'packaging/mutants/natively.ts', filters.join(), ...named],
			{ cwd: copy, timeout: MOST_MS.some, stdio: ['ignore', 'ignore', 'inherit'] },
		);
		if (status !== 0 && error === undefined) throw new Error('mutants cannot be tried natively');
		for (const { id } of some)
			for (const kind of ['killed', 'shown', 'survived'] as const)
				if (told(kind, `${copy}/`).has(id)) fates.set(id, NATIVELY[kind]);
		const next = some.find(({ id }) => !fates.has(id));
		if (next !== undefined) fates.set(next.id, 'hung');
	}
	return fates;
}
